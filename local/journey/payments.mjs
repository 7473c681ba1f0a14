// Pay once, come back any time: through the functions, the stand-in for Stripe with its webhooks, the SMS, at phone width.
// Runs within the journey, on the system that it has started.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { desktop, fair, languages, overflow, phone, type } from './stack.mjs';

const BORN = ['2', '11', '1949'];
const TO = '+32472987654';

export function payments(stack) {
  let stripe;
  const patient = async () => (await stack.patients()).find(({ what }) => what.includes('paid for'));
  const control = (path, body) => fetch(`${stripe}${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  }).then((answer) => answer.json());
  const act = (session, word) => control('/control/act', { session, act: word });
  const sessions = async () => (await (await fetch(`${stripe}/control/sessions`)).json()).sessions;
  const pincodes = async () => (await stack.json('/local/inbox.json'))
    .filter(({ to, text }) => to === TO && /#\d{8}$/.test(text)).map(({ text }) => /#(\d{8})$/.exec(text)[1]);

  async function signIn(page) {
    const { number } = await patient();
    await page.goto(`${stack.base}/?d=noord`);
    await page.waitForSelector('#reference');
    await type(page, number, BORN);
  }

  async function toStripe(page, method) {
    await page.check('#number-yes');
    await page.click('button[type=submit]');
    await page.check(`#method-${method}`);
    await page.click('#pay');
    await page.waitForURL(/\/c\/pay\//);
  }

  const press = (page, word) => page.click(`button[name=act][value=${word}]`);

  test('paying: every way it can end, then a pincode that opens the study now and later', async () => {
    stripe = new URL((await stack.json('/local/config.json')).stripe.dashboard).origin;
    await stack.post('/local/clock', { advance: 'PT25H' });
    const already = (await sessions()).length;
    const { context, page, faults } = await stack.open({ ...phone, colorScheme: 'light' });
    await signIn(page);

    // "Is this your number?": no leads to a person and to nothing else
    await page.waitForSelector('#number-no');
    await fair(page, 'is this your number');
    assert.match(await page.textContent('main'), /••• 54/);
    assert.doesNotMatch(await page.content(), /472987/);
    await page.check('#number-no');
    await page.click('button[type=submit]');
    await page.waitForSelector('.sg-phone');
    await fair(page, 'not my number');
    assert.equal((await sessions()).length, already, 'nothing else has happened');
    await page.goBack();
    await page.check('#number-yes');
    await page.click('button[type=submit]');
    await page.waitForSelector('#pay');
    assert.match(await page.textContent('main'), /15,00/);
    assert.match(await page.textContent('main'), /gratis/, 'the way that costs nothing is named');
    await fair(page, 'how to pay');
    await page.goBack();

    // stopped: nothing was paid
    await toStripe(page, 'card');
    const ours = faults.length;
    await fair(page, 'the page of the stand-in');
    faults.length = ours; // axe itself runs against that page's policy
    await press(page, 'cancel');
    await page.waitForURL(/back=stopped/);
    await page.waitForFunction(() => /niet betaald|gestopt/i.test(document.querySelector('main h1')?.textContent ?? ''));
    await fair(page, 'stopped');

    // refused by the bank, then expired
    await page.goto(`${stack.base}/pay?d=noord`);
    await toStripe(page, 'card');
    await press(page, 'fail');
    await page.waitForSelector('[role=alert]');
    await press(page, 'expire');
    await page.goto(`${stack.base}/payment?d=noord&back=done`);
    await page.waitForFunction(() => /verlopen|tijd/i.test(document.querySelector('main h1')?.textContent ?? ''));
    await fair(page, 'expired');

    // by a debit that brings no money
    await page.goto(`${stack.base}/pay?d=noord`);
    await toStripe(page, 'sepa_debit');
    await press(page, 'pay-later');
    await page.waitForURL(/back=done/);
    await page.waitForFunction(() => /onderweg|bezig|dagen/i.test(document.querySelector('main')?.textContent ?? '') && !document.querySelector('#progress'));
    await fair(page, 'pending');
    await page.goto(`${stack.base}/pay?d=noord`);
    await page.waitForURL(/\/payment/, { timeout: 10_000 }); // nothing more is to be paid now
    const pending = (await sessions()).find(({ payment_status: paid, status }) => status === 'complete' && paid === 'unpaid');
    assert.ok(pending, JSON.stringify(await sessions()));
    await act(pending.id, 'fail-later');
    await page.waitForFunction(() => /mislukt|niet gelukt/i.test(document.querySelector('main h1')?.textContent ?? ''));
    await fair(page, 'failed');
    assert.deepEqual(await pincodes(), [], 'no pincode without money');

    // paid, with each webhook twice and in the wrong order
    await control('/control', { webhooks: { duplicate: 2, reorder: true } });
    await page.goto(`${stack.base}/pay?d=noord`);
    await toStripe(page, 'bancontact');
    await press(page, 'pay');
    await page.waitForURL(/\/pincode/);
    await page.waitForSelector('#pincode');
    await fair(page, 'pincode');
    const [pincode] = await stack.until('the SMS', async () => { const all = await pincodes(); return all.length > 0 && all; }, 30);
    await page.fill('#pincode', pincode === '00000000' ? '11111111' : '00000000');
    await page.click('#open');
    await page.waitForSelector('#summary');
    await fair(page, 'pincode wrong');
    await page.fill('#pincode', `${pincode.slice(0, 4)} ${pincode.slice(4)}`);
    await page.click('#open');
    await page.waitForURL(/\/study/);
    await page.waitForSelector('canvas.lb-picture[data-grade]');
    assert.deepEqual(await page.evaluate(() => Object.entries({ ...localStorage, ...sessionStorage }).filter(([key]) => !/language|notice|conditions/.test(key))), []);
    await control('/control', { webhooks: {} });

    // another day: number, date of birth and pincode, and no second payment
    await stack.post('/local/clock', { advance: 'P3D' });
    const later = await stack.open({ ...desktop, colorScheme: 'dark' });
    await signIn(later.page);
    await later.page.waitForURL(/\/pincode/);
    await later.page.waitForSelector('#pincode');
    await fair(later.page, 'pincode, dark, wide');
    await later.page.fill('#pincode', pincode);
    await later.page.click('#open');
    await later.page.waitForURL(/\/study/);
    assert.deepEqual(new Set(await pincodes()), new Set([pincode]));
    assert.equal((await pincodes()).length, 1, 'one pincode, one SMS');
    const receipts = (await stack.json('/local/inbox.json')).filter(({ kind, to }) => kind === 'mail' && to === 'rik.janssens@example.org');
    assert.equal(receipts.length, 1);

    // the money goes back: the visit that is open ends at once
    const paid = (await sessions()).find(({ payment_status: state }) => state === 'paid');
    await act(paid.id, 'refund');
    await stack.until('the end of access', () => later.page.evaluate(async () => (await fetch('/api/studies')).status === 401)
      .catch(() => false), 30); // the page leaves by itself, maybe in the midst of this
    await signIn(page);
    await page.waitForURL(/\/pay\b/);
    await page.waitForSelector('#number-yes');
    assert.deepEqual([...faults, ...later.faults], []);
    await context.close();
    await later.context.close();
  });

  test('the whole way in every language, at 320 px', async () => {
    const { number } = await patient();
    const next = () => stack.json('/api/patient/login', {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1' },
      body: JSON.stringify({ reference: number, dateOfBirth: '1949-11-02' }),
    });
    for (const language of languages) {
      const { context, page, faults } = await stack.open({ viewport: { width: 320, height: 700 }, locale: language });
      const said = [];
      const step = async (name) => {
        await fair(page, `${name} in ${language}`);
        said.push(await page.textContent('main'));
      };
      const sms = (await pincodes()).length;
      await signIn(page);
      await page.waitForSelector('#number-yes');
      await step('is this your number');
      await page.check('#number-yes');
      await page.click('button[type=submit]');
      await page.waitForSelector('#pay');
      await step('how to pay');
      await page.check('#method-bancontact');
      await page.click('#pay');
      await page.waitForURL(/\/c\/pay\//);
      await press(page, 'pay');
      await page.waitForURL(/\/pincode/);
      await page.waitForSelector('#pincode');
      await step('pincode');
      const all = await stack.until('the SMS', async () => { const sent = await pincodes(); return sent.length > sms && sent; }, 30);
      await page.fill('#pincode', all.at(-1));
      await page.click('#open');
      await page.waitForURL(/\/study/);
      await page.waitForSelector('canvas.lb-picture[data-grade]');
      await step('study');
      assert.equal(new Set(said).size, said.length);
      assert.ok(said.every((text) => text && !/[{}]|\b(pay|payment|pincode|study)\.[a-z]/.test(text)), said.join('\n'));
      assert.deepEqual(faults, []);
      await context.close();

      const paid = (await sessions()).filter(({ payment_status: state, status }) => state === 'paid' && status === 'complete');
      await act(paid.reduce((one, other) => (other.created > one.created ? other : one)).id, 'refund');
      await stack.until('the end of access', async () => (await next()).next === 'pay', 30);
    }
    assert.equal(new Set(await pincodes()).size, 1, 'the pincode stays the same through refunds and new payments');
  });
}
