// Every page of the patients in every state that it can have, reached as a patient reaches it.
import { type } from './stack.mjs';

const shown = (page) => page.waitForSelector('canvas.lb-picture[data-grade]');

/** On a phone the report is a page of its own, in a wide window it stands beside the pictures. */
export async function leaveReport(page) {
  if (new URL(page.url()).pathname === '/report') await page.goBack();
  else await page.click('#report-close');
  await page.waitForSelector('#report');
  await shown(page);
}

/** Yields `{ name, page, scripted }` at each state; whoever takes it looks, measures or photographs, and leaves it as it was. */
export async function* walk(stack, options) {
  const { base } = stack;
  const [ct, two, , , waiting, later] = await stack.patients();
  await stack.post('/local/clock', { advance: 'PT25H' }); // codes are counted by the day
  const { context, page, faults } = await stack.open(options);
  const at = (name) => ({ name, page, scripted: true });
  try {
    await page.goto(base);
    await page.waitForSelector('.sg-choices');
    yield at('hospitals');

    await page.goto(`${base}/?d=noord`);
    await page.waitForSelector('#notice');
    yield at('entrance with notice');
    await page.click('#notice button');
    yield at('entrance');
    await page.click('#language summary');
    yield at('languages');
    await page.keyboard.press('Escape');
    await page.click('button[type=submit]');
    await page.waitForSelector('#summary');
    yield at('entrance with faults');
    await type(page, 'NOBODY-HAS-THIS-11', ['7', '3', '1958']);
    await page.waitForSelector('#summary .sg-phone');
    yield at('refused');
    await page.route('**/api/patient/login', (route) => route.abort());
    await page.click('button[type=submit]');
    await page.waitForSelector('#summary p');
    await page.waitForFunction(() => !document.querySelector('#summary .sg-phone'));
    yield at('entrance without a server');
    await page.unroute('**/api/patient/login');
    await page.goto(`${base}/code?d=noord`);
    await page.waitForSelector('h1');
    yield at('code without a challenge');

    const to = '+32470123456';
    let seen = await stack.sent(to);
    await page.clock.install();
    await page.goto(`${base}/?d=noord`);
    await page.waitForSelector('#reference');
    await type(page, ct.number, ['7', '3', '1958']);
    await page.waitForSelector('#code');
    yield at('code');
    const first = await stack.lastCode(to, seen);
    await page.fill('#code', first === '000000' ? '111111' : '000000');
    await page.click('button[type=submit]');
    await page.waitForSelector('#summary');
    yield at('code wrong');
    seen = await stack.sent(to);
    await page.fill('#code', '12'); // whoever types keeps the focus when the minute is over
    await stack.post('/local/clock', { advance: 'PT61S' });
    await page.clock.runFor(61_000);
    await page.waitForSelector('#again-ask');
    await page.waitForSelector('#code:focus');
    yield at('code may be asked again');
    await page.click('#again-ask');
    await page.waitForSelector('.sg-banner-ok');
    yield at('code sent again');
    await page.fill('#code', await stack.lastCode(to, seen));
    await page.click('button[type=submit]');
    await page.waitForSelector('.lb-stage');
    await shown(page);
    yield at('study');
    await page.click('#lb-light-button');
    await page.locator('.lb-light input').first().fill('40');
    await page.waitForSelector('canvas.lb-picture[data-grade=exact]');
    await page.click('#lb-in');
    await page.waitForSelector('.lb-pan:not([hidden])');
    yield at('study with tools');
    await page.click('#report');
    await page.waitForSelector('.rp-text p');
    yield at('report');
    await leaveReport(page);
    await page.click('#accesses');
    await page.waitForSelector('#sheet li');
    yield at('who opened it');
    await page.keyboard.press('Escape');
    await stack.passes(page, 'PT13M30S');
    await page.waitForSelector('#ending');
    yield at('about to end');
    await page.locator('#ending button').last().click();
    await page.waitForURL(/\/ended/);
    await page.waitForSelector('main h1');
    yield at('ended');
    await page.goto(`${base}/ended?d=noord&why=time`);
    await page.waitForSelector('main h1');
    yield at('ended by time');

    await page.goto(`${base}/?d=noord`);
    await page.waitForSelector('#reference');
    await type(page, two.number, ['30', '11', '1974']);
    await page.waitForSelector('.lb-stage');
    await shown(page);
    yield at('study of two exams');
    await page.route('**/web/**', (route) => route.abort());
    await page.locator('.st-other').nth(1).click();
    await page.waitForSelector('.lb-line:not(:empty)');
    yield at('no connection');
    await page.unroute('**/web/**');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForSelector('.lb-line:empty', { state: 'attached' });
    await shown(page);
    await page.route('**/web/**', (route) => route.fulfill({ status: 404, body: '' }));
    await page.reload();
    await page.waitForSelector('.lb-missing:not([hidden])');
    yield at('picture missing');
    await page.unroute('**/web/**');
    await page.route('**/api/studies', (route) => route.fulfill({ status: 503, body: '' }));
    await page.reload();
    await page.waitForSelector('[role=alert]');
    yield at('study without a server');
    await page.unroute('**/api/studies');
    await page.route('**/api/studies', (route) => route.fulfill({ json: { studies: [] } }));
    await page.reload();
    await page.waitForSelector('main .sg-contact');
    yield at('study that is empty');
    await page.unroute('**/api/studies');

    for (const [name, { number }, birth] of [['wait', waiting, ['22', '1', '1985']], ['wait for a day', later, ['9', '9', '1969']]]) {
      await page.goto(`${base}/?d=noord`);
      await page.waitForSelector('#reference');
      if (name === 'wait') {
        await type(page, number, birth);
        await page.waitForURL(/\/wait/);
      } else {
        await page.goto(`${base}/wait?d=noord&from=2026-12-02`); // its two days are over once the clock has moved
      }
      await page.waitForSelector('.sg-drawing');
      yield at(name);
    }
    for (const [name, path] of [['help', '/help?d=noord'], ['conditions', '/conditions?d=noord'], ['no such page', '/nothing-here']]) {
      await page.goto(base + path);
      await page.waitForSelector('main h1');
      yield at(name);
    }
    const real = faults.filter((fault) => !fault.startsWith('Failed to load resource')); // those were made above
    if (real.length > 0) throw new Error(`the browser complains: ${real.join('; ')}`);
  } finally {
    await context.close();
  }

  const old = await stack.open(options);
  await old.page.route('**/assets/*.js', (route) => route.abort());
  await old.page.addInitScript(() => { delete AbortSignal.timeout; }); // what browsers of before 2022 lack
  await old.page.goto(base);
  await old.page.waitForSelector('#old p');
  yield { name: 'old browser', page: old.page, scripted: true };
  await old.context.close();
  const plain = await stack.open({ ...options, javaScriptEnabled: false });
  await plain.page.goto(base);
  yield { name: 'no script', page: plain.page, scripted: false };
  await plain.context.close();
}
