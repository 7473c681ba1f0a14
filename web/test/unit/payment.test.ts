import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { Words } from '../../src/lib/words.ts';
import type { Payment } from '../../src/lib/answers.ts';
import { checkoutAddress, inLanguage, methodName, nextLook, outcome } from '../../src/lib/payment.ts';

const money = (amount: { value: number; currency: string }, language: string) => new Words(language, {}).money(amount);
const live = { protocol: 'https:', hostname: 'studygate.example.org' };
const local = { protocol: 'http:', hostname: '127.0.0.1' };

test("only the payment provider's own page is left for", () => {
  const page = 'https://checkout.stripe.com/c/pay/cs_live_a1#fid';
  assert.equal(checkoutAddress(page, live), page);
  assert.equal(checkoutAddress(page, local), page);
  assert.equal(checkoutAddress('https://CHECKOUT.stripe.com:443/c', live), 'https://checkout.stripe.com/c');
});

test('every other address is refused', () => {
  for (const text of ['http://checkout.stripe.com/c', 'https://checkout.stripe.com.evil.example/c', 'https://evil.example/checkout.stripe.com',
    'https://checkout.stripe.com@evil.example/', 'https://user@checkout.stripe.com/', 'https://user:word@checkout.stripe.com/',
    'https://checkout.stripe.com:8443/', 'https://stripe.com/', 'https://a.checkout.stripe.com/', 'https://checkout.stripe.com./',
    'https://checkout.strіpe.com/', '//checkout.stripe.com/', '/pay', 'javascript:alert(1)', 'data:text/html,x', 'blob:https://checkout.stripe.com/1',
    'https:\\\\evil.example\\checkout.stripe.com', 'https://evil.example\\@checkout.stripe.com', '', ' ', 'null']) {
    for (const here of [live, local]) assert.equal(checkoutAddress(text, here), null, text);
  }
  for (const value of [undefined, null, 7, {}, ['https://checkout.stripe.com/']]) assert.equal(checkoutAddress(value, live), null);
});

test('a provider on this machine is for pages of this machine', () => {
  for (const url of ['http://127.0.0.1:18500/pay', 'http://localhost:1/x', 'http://[::1]:1/x']) {
    assert.equal(checkoutAddress(url, local), url);
    assert.equal(checkoutAddress(url, live), null, url);
    assert.equal(checkoutAddress(url, { protocol: 'https:', hostname: '127.0.0.1' }), null, url);
    assert.equal(checkoutAddress(url, { protocol: 'http:', hostname: '127.0.0.1.evil.example' }), null, url);
  }
  for (const url of ['https://127.0.0.1/', 'http://127.0.0.2/', 'http://10.0.0.1/', 'http://localhost.evil.example/', 'http://me@localhost/', 'ftp://localhost/']) {
    assert.equal(checkoutAddress(url, local), null, url);
  }
});

test('an amount as each language writes it', () => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
  const euros = { value: 1500, currency: 'EUR' };
  const written = { nl: '€ 15,00', fr: '15,00 €', de: '15,00 €', en: '€15.00', es: '15,00 €', nb: '15,00 €', sl: '15,00 €' };
  for (const [code, amount] of Object.entries(written)) assert.equal(plain(money(euros, code)), amount, code);
});

test('the currency says how many digits are a fraction', () => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
  assert.equal(money({ value: 1500, currency: 'JPY' }, 'en'), 'JP¥1,500');
  assert.equal(plain(money({ value: 1500, currency: 'KRW' }, 'de')), '1.500 ₩');
  assert.equal(plain(money({ value: 1500, currency: 'KWD' }, 'en')), 'KWD 1.500');
  assert.equal(plain(money({ value: 14_950, currency: 'NOK' }, 'nb')), '149,50 kr');
  assert.equal(plain(money({ value: 5, currency: 'CHF' }, 'en')), 'CHF 0.05');
  assert.equal(money({ value: 0, currency: 'EUR' }, 'en'), '€0.00');
});

test("the free way is told in the page's language, else in the department's first", () => {
  const texts = { nl: 'Gratis', en: 'Free' };
  assert.deepEqual(inLanguage(texts, 'en', ['nl']), { text: 'Free', language: 'en' });
  assert.deepEqual(inLanguage(texts, 'sl', ['nl', 'en']), { text: 'Gratis', language: 'nl' });
  assert.deepEqual(inLanguage(texts, 'sl', ['fr', 'en']), { text: 'Free', language: 'en' });
  assert.deepEqual(inLanguage(texts, 'sl'), { text: 'Gratis', language: 'nl' });
  assert.deepEqual(inLanguage({ en: ' ', nl: 'Gratis' }, 'en', ['nl']), { text: 'Gratis', language: 'nl' });
  assert.equal(inLanguage(null, 'en', ['nl']), null);
  assert.equal(inLanguage({}, 'en', ['nl']), null);
});

test('methods are called as people know them, unknown ones readably', () => {
  assert.equal(methodName('bancontact'), 'Bancontact');
  assert.equal(methodName('ideal'), 'iDEAL');
  assert.equal(methodName('pay_by_bank'), 'Pay by bank');
  assert.equal(methodName('vipps'), 'Vipps');
  assert.equal(methodName('constructor'), 'Constructor');
});

test('the server alone says what became of a payment', () => {
  const of = (status: Payment['status'], last: Payment['last'], back: 'done' | 'stopped' | null) => outcome({ status, last }, back);
  for (const back of ['done', 'stopped', null] as const) {
    assert.equal(of('paid', null, back), 'paid');
    assert.equal(of('paid', 'refunded', back), 'paid', 'a policy may leave access open');
    assert.equal(of('pending', 'open', back), 'pending');
    assert.equal(of('failed', 'failed', back), 'failed');
    assert.equal(of('failed', null, back), 'failed');
    assert.equal(of('unpaid', 'failed', back), 'failed');
    assert.equal(of('unpaid', 'expired', back), 'expired');
    assert.equal(of('unpaid', 'refunded', back), 'refunded');
    assert.equal(of('unpaid', 'lost', back), 'lost');
    assert.equal(of('unpaid', null, back), 'stopped', 'no try, nothing to wait for');
  }
  assert.equal(of('unpaid', 'open', 'done'), 'waiting');
  assert.equal(of('unpaid', 'open', 'stopped'), 'stopped');
  assert.equal(of('unpaid', 'open', null), 'stopped');
});

test('it is asked every 2 to 3 seconds, for some minutes, and slower when nobody answers', () => {
  const plan = (misses: (elapsed: number) => number, slowSeconds: number | null = null) => {
    const pauses: number[] = [];
    for (let elapsedMs = 0; ;) {
      const pause = nextLook({ elapsedMs, misses: misses(elapsedMs), slowSeconds });
      if (pause === null) return pauses;
      pauses.push(pause);
      elapsedMs += pause;
    }
  };
  const answered = plan(() => 0);
  assert.ok(answered.every((pause) => pause >= 2000 && pause <= 3000));
  const asked = answered.reduce((sum, pause) => sum + pause, 0);
  assert.ok(asked > 3 * 60_000 && asked <= 4 * 60_000, `${asked} ms`);
  assert.ok(answered.length < 100, `${answered.length} questions`);

  const silent = plan((elapsed) => 1 + elapsed / 2000);
  assert.ok(Math.max(...silent) <= 15_000);
  assert.ok(silent.length < answered.length / 3, `${silent.length} questions to a server that is away`);

  assert.equal(nextLook({ elapsedMs: 0, misses: 0, slowSeconds: 20 }), 20_000, 'as long as the server says');
  assert.equal(nextLook({ elapsedMs: 0, misses: 0, slowSeconds: 3600 }), null, 'a wait of an hour is no wait');
});
