// Every state of paying and of the pincode in a real browser: WCAG 2.2 AA by axe, light and dark, every language at
// 320 px, by keyboard alone; and what must never happen: two calls for two clicks, a foreign address, a trace left.
// STUDYGATE_SHOTS=folder keeps a picture of each state.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Payment } from '../../src/lib/answers.ts';
import { Browsing, department, everyLanguage, fair, heading, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const PAY = 'POST /api/patient/checkout';
const ASK = 'GET /api/patient/payment';
const OPEN = 'POST /api/patient/pincode';
const unpaid: Payment = {
  studyDate: '2026-11-20', hospital: 'Ziekenhuis Noord', mobile: '••• 47',
  department: { name: 'Radiologie', phone: '+32 3 123 45 67', email: 'radiologie@noord.example' },
  amount: { value: 1500, currency: 'EUR' }, methods: ['bancontact', 'card', 'ideal', 'sepa_debit', 'pay_by_bank'],
  freeRoute: {
    nl: 'U kunt uw beelden en verslag ook gratis opvragen bij het ziekenhuis. Dat kan aan de balie van de radiologie of met een brief.',
    en: 'You can also ask the hospital for your images and report free of charge, at the radiology desk or by letter.',
  },
  status: 'unpaid', last: null, accessUntil: null, payment: null,
};
const quote = { number: 'B7F3A90C-2', amount: { value: 1500, currency: 'EUR' } };
const problem = (status: number, code: string): Said => ({ status, body: { type: 'about:blank', title: 'no', status, code } });

const browsing = new Browsing();
const { stub } = browsing;
const open = (options = {}) => browsing.open(options);
let base: string;

before(async () => { base = await browsing.begin(); });
after(() => browsing.end());

/** A server that says the same until it is told otherwise. */
function server(payment: Partial<Payment> | Said, more: Record<string, Said> = {}): void {
  stub.calls.length = 0;
  stub.say = (path) => more[path] ?? (
    path === 'GET /api/departments/noord' ? { status: 200, body: department }
    : path === 'GET /api/departments' ? { status: 200, body: { departments: [department] } }
    : path === ASK ? (typeof payment.status === 'number' ? payment as Said : { status: 200, body: { ...unpaid, ...payment } })
    : { status: 404 });
}

/** Jumps over the pauses between questions until a heading is there. */
async function hurry(page: Page, key: string): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (await page.textContent('main h1').catch(() => '') === words['nl']![key]) return;
    await page.clock.fastForward(20_000);
  }
  assert.fail(`${key} did not come`);
}

const yes = async (page: Page) => {
  await page.check('#number-yes');
  await page.click('main button[type=submit]');
  await heading(page, 'pay.choose');
};
const pay = async (page: Page) => {
  await yes(page);
  await page.check('#method-card');
  await page.click('#pay');
};
const summary = (page: Page, key: string) => page.locator('#summary', { hasText: words['nl']![key]! }).waitFor();
const typePincode = async (page: Page, text: string) => {
  await page.fill('#pincode', text);
  await page.click('main button[type=submit]');
};

type State = {
  readonly name: string; readonly path: string; readonly heading: string; readonly says: Partial<Payment> | Said;
  readonly more?: Record<string, Said>; readonly reach?: (page: Page) => Promise<unknown>;
};
const over: Said = { status: 401, body: {} };
const away: Said = { status: 503, body: {} };
const states: readonly State[] = [
  { name: 'pay: whose number', path: '/pay', says: {}, heading: 'pay.title' },
  { name: 'pay: with a known end', path: '/pay', says: { accessUntil: '2027-02-28' }, heading: 'pay.title',
    reach: (page) => page.getByText('28\u00a0februari\u00a02027').waitFor() },
  { name: 'pay: again after a refund', path: '/pay', says: { last: 'refunded' }, heading: 'pay.title',
    reach: (page) => page.locator('#taken-back').waitFor() },
  { name: 'pay: again after a lost dispute', path: '/pay', says: { last: 'lost' }, heading: 'pay.title',
    reach: (page) => page.locator('#taken-back').waitFor() },
  { name: 'pay: no answer chosen', path: '/pay', says: {}, heading: 'pay.title',
    reach: async (page) => { await page.click('main button[type=submit]'); await summary(page, 'pay.number.empty'); } },
  { name: 'pay: another number', path: '/pay', says: {}, heading: 'pay.wrong.title',
    reach: async (page) => { await page.check('#number-no'); await page.click('main button[type=submit]'); } },
  { name: 'pay: methods', path: '/pay', says: {}, heading: 'pay.choose', reach: yes },
  { name: 'pay: methods, no date, one method, no free way', path: '/pay', heading: 'pay.choose', reach: yes,
    says: { studyDate: null, freeRoute: {}, methods: ['card'], amount: { value: 149_500, currency: 'NOK' } } },
  { name: 'pay: no method chosen', path: '/pay', says: {}, heading: 'pay.choose',
    reach: async (page) => { await yes(page); await page.click('#pay'); await summary(page, 'pay.method.empty'); } },
  { name: 'pay: provider ill', path: '/pay', says: {}, heading: 'pay.choose', more: { [PAY]: problem(503, 'payment-unavailable') },
    reach: async (page) => { await pay(page); await summary(page, 'pay.unavailable'); } },
  { name: 'pay: too often', path: '/pay', says: {}, heading: 'pay.choose', more: { [PAY]: { status: 429, headers: { 'Retry-After': '90' } } },
    reach: async (page) => { await pay(page); await page.locator('#summary').waitFor(); } },
  { name: 'pay: foreign address', path: '/pay', says: {}, heading: 'pay.choose', more: { [PAY]: { status: 201, body: { url: 'https://checkout.stripe.com.evil.example/' } } },
    reach: async (page) => { await pay(page); await summary(page, 'pay.foreign'); } },
  { name: 'pay: no SMS to this number', path: '/pay', says: {}, heading: 'pay.silent.title', more: { [PAY]: problem(409, 'mobile-unreachable') }, reach: pay },
  { name: 'pay: step over', path: '/pay', says: over, heading: 'pay.title' },
  { name: 'pay: step over on the way', path: '/pay', says: {}, heading: 'pay.title', more: { [PAY]: over }, reach: pay },
  { name: 'pay: unreachable', path: '/pay', says: away, heading: 'pay.title' },
  { name: 'payment: waiting', path: '/payment?back=done', says: { last: 'open' }, heading: 'payment.waiting.title' },
  { name: 'payment: no news', path: '/payment?back=done', says: { last: 'open' }, heading: 'payment.late.title',
    reach: (page) => hurry(page, 'payment.late.title') },
  { name: 'payment: bank debit', path: '/payment?back=done', says: { status: 'pending', last: 'open', payment: quote }, heading: 'payment.pending.title',
    reach: (page) => page.getByText('B7F3A90C-2').waitFor() },
  { name: 'payment: failed', path: '/payment?back=done', says: { status: 'failed', last: 'failed' }, heading: 'payment.failed.title' },
  { name: 'payment: stopped', path: '/payment?back=stopped', says: { last: 'open' }, heading: 'payment.stopped.title' },
  { name: 'payment: expired', path: '/payment', says: { last: 'expired' }, heading: 'payment.expired.title' },
  { name: 'payment: refunded', path: '/payment', says: { last: 'refunded' }, heading: 'payment.refunded.title' },
  { name: 'payment: lost', path: '/payment', says: { last: 'lost' }, heading: 'payment.lost.title' },
  { name: 'payment: step over', path: '/payment?back=done', says: over, heading: 'pay.title' },
  { name: 'payment: unreachable', path: '/payment?back=done', says: away, heading: 'payment.unreachable.title',
    reach: (page) => hurry(page, 'payment.unreachable.title') },
  { name: 'pincode: just paid', path: '/pincode?paid=now', says: { status: 'paid', payment: quote }, heading: 'pincode.title',
    reach: (page) => page.locator('#received', { hasText: 'B7F3A90C-2' }).waitFor() },
  { name: 'pincode: asked', path: '/pincode', says: { status: 'paid' }, heading: 'pincode.title' },
  { name: 'pincode: help open', path: '/pincode', says: { status: 'paid' }, heading: 'pincode.title',
    reach: async (page) => { await page.getByText(words['nl']!['pincode.none']!).click(); await page.locator('details[open] .sg-contact').waitFor(); } },
  { name: 'pincode: too short', path: '/pincode', says: { status: 'paid' }, heading: 'pincode.title',
    reach: async (page) => { await typePincode(page, '1234'); await summary(page, 'pincode.empty'); } },
  { name: 'pincode: refused', path: '/pincode', says: { status: 'paid' }, heading: 'pincode.title', more: { [OPEN]: over },
    reach: async (page) => { await typePincode(page, '1234 5678'); await summary(page, 'pincode.refused'); } },
  { name: 'pincode: step over', path: '/pincode', says: over, heading: 'pincode.title' },
  { name: 'pincode: unreachable', path: '/pincode', says: away, heading: 'pincode.title' },
  { name: 'help', path: '/help', says: {}, heading: 'help.title' },
];

test('every state is fair to everybody, light and dark, in every language at 320 px', async (t) => {
  const { context, page, faults, foreign } = await open();
  await context.clock.install();
  for (const state of states) {
    await t.test(state.name, async () => {
      server(state.says, state.more);
      await page.goto(`${base}${state.path}${state.path.includes('?') ? '&' : '?'}d=noord`);
      await page.waitForSelector('main h1');
      await state.reach?.(page);
      await heading(page, state.heading);
      await everyLanguage(page, state.name, state.heading);
      await fair(page, state.name);
      await shots(page, state.name);
    });
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(foreign, [], 'nothing is asked elsewhere, and a foreign address is never gone to');
  await context.close();
});

test('by keyboard alone from the number to the exam, and nothing of it is left', async () => {
  const { context, page, faults, foreign, addresses } = await open();
  let status: Payment['status'] = 'unpaid';
  let last: Payment['last'] = null;
  server({}, {});
  const usual = stub.say;
  stub.say = (path, body, query) => {
    switch (path) {
      case 'POST /api/patient/login': return { status: 200, body: { ...unpaid, next: 'pay' } };
      case ASK: return { status: 200, body: { ...unpaid, status, last } };
      case PAY: last = 'open'; return { status: 201, body: { url: `${base}/provider` } };
      case OPEN: return { status: 200, body: { next: 'open' } };
      case 'GET /api/studies': return { status: 200, body: { studies: [], next: null, opened: null } };
      case 'GET /api/session': return { status: 200, body: { kind: 'patient', department, now: new Date().toISOString(),
        idleUntil: new Date(Date.now() + 900_000).toISOString(), expiresAt: new Date(Date.now() + 3_600_000).toISOString() } };
      default: return usual(path, body, query);
    }
  };
  const press = async (selector: string, key: string) => {
    for (let tabs = 0; tabs < 40; tabs++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return page.keyboard.press(key);
      await page.keyboard.press('Tab');
    }
    assert.fail(`${selector} is out of reach of the keyboard`);
  };
  const type = async (selector: string, text: string) => {
    await press(selector, 'End');
    await page.keyboard.type(text);
  };
  await page.goto(`${base}/?d=noord`);
  await page.waitForSelector('#reference');
  await type('#reference', 'RIS-2026-0099-4711');
  await type('#birth-day', '7');
  await type('#birth-month', '3');
  await type('#birth-year', '1958');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/pay\?/);
  await heading(page, 'pay.title');
  await press('#number-yes', 'ArrowDown'); // No
  await press('main button[type=submit]', 'Enter');
  await heading(page, 'pay.wrong.title');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'a new state is told');
  await press('main button.sg-link', 'Enter');
  await heading(page, 'pay.title');
  await press('#number-no', 'ArrowUp'); // Yes
  await press('main button[type=submit]', 'Enter');
  await heading(page, 'pay.choose');
  await press('#method-bancontact', 'ArrowDown');
  assert.ok(await page.isChecked('#method-card'));
  await press('#pay', 'Enter');
  await page.waitForURL(/\/provider/);
  await press('a', 'Enter');
  await page.waitForURL(/\/payment\?/);
  await heading(page, 'payment.waiting.title');
  status = 'paid';
  await page.waitForURL(/\/pincode\?/);
  await page.waitForSelector('#pincode');
  await page.getByText('••• 47').first().waitFor();
  await type('#pincode', '1234 5678');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/study/);
  await heading(page, 'study.title');
  assert.deepEqual(stub.calls.filter(({ path }) => path.startsWith('POST')).map(({ path, body }) => [path, JSON.parse(body)]), [
    ['POST /api/patient/login', { reference: 'R1S202600994711', dateOfBirth: '1958-03-07' }],
    [PAY, { method: 'card', language: 'nl' }],
    [OPEN, { pincode: '12345678' }],
  ]);
  for (const address of addresses) assert.doesNotMatch(address.slice(base.length), /4711|1958|1234|5678|47|1500/);
  const kept = await page.evaluate(() => ({ ...localStorage, ...sessionStorage }));
  assert.deepEqual(Object.keys(kept).filter((key) => !['studygate.language', 'studygate.notice'].includes(key)), []);
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('the free way and the price stand before the question, and what was paid before the pincode', async () => {
  const { context, page } = await open();
  const order = (...selectors: string[]) => page.evaluate((wanted) => wanted.map((selector) => {
    const element = document.querySelector(selector);
    return element ? Math.round(element.getBoundingClientRect().top + scrollY) : -1;
  }), selectors);
  server({});
  await page.goto(`${base}/pay?d=noord`);
  await heading(page, 'pay.title');
  await page.waitForSelector('#number-yes');
  const asked = await order('main h1', '#free', '.pm-amount', '#number-yes');
  assert.ok(asked.every((top, i) => top > (asked[i - 1] ?? 0)), asked.join());
  server({ status: 'paid', payment: quote });
  await page.goto(`${base}/payment?d=noord&back=done`);
  await page.waitForURL(/\/pincode\?/);
  await page.waitForSelector('#received');
  await page.waitForSelector('#pincode');
  const paid = await order('#received', '#pincode');
  assert.ok(paid[0]! > 0 && paid[0]! < paid[1]!, paid.join());
  assert.match((await page.textContent('#received'))!, /Betaling ontvangen.*15,00.*•••\s47.*B7F3A90C-2/su);
  await context.close();
});

test('a wrong pincode keeps its field and what is wrong in sight, above a phone’s keyboard too', async () => {
  for (const height of [664, 364]) {
    const { context, page } = await open({ viewport: { width: 390, height } });
    server({ status: 'paid' }, { [OPEN]: over });
    await page.goto(`${base}/pincode?d=noord`);
    await page.waitForSelector('#pincode');
    await typePincode(page, '1234 5678');
    await summary(page, 'pincode.refused');
    const seen = await page.evaluate(() => ['#pincode', '#pincode-error'].map((selector) => {
      const { top, bottom } = document.querySelector(selector)!.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }));
    assert.deepEqual(seen, [true, true], `${height} px`);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'pincode', 'whoever types goes on typing');
    await page.keyboard.type('8');
    assert.equal(await page.inputValue('#pincode'), '8', 'the wrong one is typed over');
    await context.close();
  }
});

test('two clicks ask once, and the page is left for the provider alone', async () => {
  const { context, page, foreign } = await open();
  server({});
  await context.route('https://checkout.stripe.com/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' }));
  const usual = stub.say;
  let answer = (): void => undefined;
  stub.say = async (path, body, query) => {
    if (path !== PAY) return usual(path, body, query);
    await new Promise<void>((resolve) => { answer = resolve; });
    return { status: 201, body: { url: 'https://checkout.stripe.com/c/pay/cs_test_1' } };
  };
  await page.goto(`${base}/pay?d=noord`);
  await page.waitForSelector('#number-yes');
  await yes(page);
  await page.check('#method-bancontact');
  await page.dblclick('#pay');
  await page.click('#pay', { force: true });
  await page.keyboard.press('Enter');
  answer();
  await page.waitForURL('https://checkout.stripe.com/c/pay/cs_test_1');
  assert.equal(stub.count(PAY), 1);
  assert.deepEqual(foreign, ['https://checkout.stripe.com/c/pay/cs_test_1']);
  await context.close();
});

test('no other address is gone to, whatever the answer says', async () => {
  const { context, page, faults, foreign } = await open();
  const urls = ['https://evil.example/', 'http://checkout.stripe.com/', 'https://checkout.stripe.com@evil.example/', 'javascript:document.title=1',
    '//evil.example', '/study', '', null, 7];
  let url: unknown;
  server({});
  const usual = stub.say;
  stub.say = (path, body, query) => (path === PAY ? { status: 201, body: { url } } : usual(path, body, query));
  await page.goto(`${base}/pay?d=noord`);
  await page.waitForSelector('#number-yes');
  await yes(page);
  await page.check('#method-card');
  for (url of urls) {
    const before = stub.count(PAY);
    await page.click('#pay');
    await summary(page, 'pay.foreign');
    assert.equal(stub.count(PAY), before + 1);
    assert.equal(new URL(page.url()).pathname, '/pay', String(url));
  }
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('each page leads to the one that the server means', async () => {
  const { context, page } = await open();
  const from = async (path: string, says: Partial<Payment>, to: RegExp, more = {}) => {
    server(says, more);
    await page.goto(`${base}${path}?d=noord`);
    await page.waitForURL(to);
    await page.waitForSelector('main h1');
  };
  await from('/pay', { status: 'paid' }, /\/pincode/);
  await from('/pay', { status: 'pending' }, /\/payment\?/);
  await from('/payment', { status: 'paid' }, /\/pincode/);
  await from('/pincode', { status: 'pending' }, /\/payment\?/);
  await from('/pincode', { status: 'failed', last: 'failed' }, /\/pay\?/);
  await from('/pincode', { status: 'unpaid', last: 'refunded' }, /\/pay\?/);
  for (const [code, to] of [['already-paid', /\/pincode/], ['payment-pending', /\/payment\?/]] as const) {
    server({}, { [PAY]: problem(409, code) });
    await page.goto(`${base}/pay?d=noord`);
    await page.waitForSelector('#number-yes');
    const usual = stub.say;
    const status = code === 'already-paid' ? 'paid' : 'pending';
    await yes(page);
    stub.say = (path, body, query) => (path === ASK ? { status: 200, body: { ...unpaid, status } } : usual(path, body, query));
    await page.check('#method-card');
    await page.click('#pay');
    await page.waitForURL(to);
  }
  server({}, { 'POST /api/patient/login': { status: 200, body: { next: 'pincode', mobile: '••• 47' } } });
  await page.goto(`${base}/?d=noord`);
  await page.fill('#reference', 'RIS-2026-0099-4711');
  for (const [part, value] of [['day', '7'], ['month', '3'], ['year', '1958']]) await page.fill(`#birth-${part}`, value!);
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/(pincode|pay)\?/);
  await context.close();
});

test('a hidden page asks nothing; coming back, from the provider too, asks the server again', async () => {
  const { context, page } = await open();
  await context.clock.install();
  server({ last: 'open' });
  await page.goto(`${base}/payment?back=done&d=noord`);
  await heading(page, 'payment.waiting.title');
  await page.waitForFunction((word) => document.getElementById('progress')?.textContent === word, words['nl']!['payment.waiting.now']);
  await page.clock.fastForward(30_000);
  await page.waitForFunction((word) => document.getElementById('progress')?.textContent === word, words['nl']!['payment.waiting.still']);
  const turn = (state: string) => page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  await turn('hidden');
  const before = stub.count(ASK);
  await page.clock.fastForward(60_000);
  await page.clock.runFor(10_000);
  assert.equal(stub.count(ASK), before, 'hidden');
  const asked = page.waitForResponse(/patient\/payment/);
  await turn('visible');
  await asked;
  server({ status: 'failed', last: 'failed' });
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await heading(page, 'payment.failed.title');
  const settled = stub.count(ASK);
  await page.clock.fastForward(60_000);
  assert.equal(stub.count(ASK), settled, 'what is settled is not asked about');

  server({});
  await page.goto(`${base}/pay?d=noord`);
  await page.waitForSelector('#number-yes');
  await yes(page);
  server({ status: 'pending', last: 'open' });
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await page.waitForURL(/\/payment\?/);
  await heading(page, 'payment.pending.title');
  await context.close();
});
