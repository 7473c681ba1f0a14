// A physician's way through ./run in a real browser: signed in with an authenticator app, a study that a mapping brought
// is found, read, compared and measured; a colleague of the group sees it, a stranger does not; signed out, Back shows nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, appCode, signIn } from './account.mjs';
import { desktop, fair, phone, Stack } from './stack.mjs';

const stack = new Stack();
const card = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

before(() => stack.start(card));
after(() => stack.stop());

const row = (page, text) => page.locator('tr[data-id]', { hasText: text }).first();

async function signedIn(name, options = desktop) {
  const opened = await stack.open(options);
  await signIn(stack, opened.page, await account(stack, name));
  return opened;
}

test('a physician finds what came by a mapping, reads, compares, measures, and leaves nothing behind', async () => {
  const { context, page, faults } = await stack.open(desktop);
  await signIn(stack, page, await account(stack, 'Jan Maes'), (step) => fair(page, step));
  await row(page, 'An Peeters').waitFor();
  await fair(page, 'list');
  await page.fill('#search-q', 'peeters');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('tr[data-id]').length === 2);
  assert.doesNotMatch(page.url(), /peeters/i, 'whom one looks for stands in no address');
  await row(page, 'A20261120-17').locator('a').first().click();
  await page.waitForURL(/\/professional\/studies\/[0-9a-z]{26}$/);
  await page.locator('.vw-port canvas').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.vw-stage')?.dataset.image === '151');
  await fair(page, 'viewer');
  await page.click('#report');
  await page.getByText('normale longen').waitFor();
  await page.click('.vw-history .vw-tool'); // beside the one of a year ago
  await page.waitForFunction(() => document.querySelectorAll('.vw-port canvas').length === 2);
  await page.click('#measures');
  await page.focus('.vw-cell');
  await page.keyboard.press('l');
  await stack.until('a length', async () => { // once both pictures have found their places
    const box = await page.locator('.vw-port').first().boundingBox();
    await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 6 });
    await page.mouse.up();
    return /\d mm/.test(await page.locator('.vw-side').textContent());
  }, 30);
  await page.click('.vw-back');
  await row(page, 'An Peeters').waitFor();
  await page.click('#leave');
  await page.waitForURL(/\/professional(\?.*)?$/);
  await page.goBack();
  await page.waitForFunction(() => !/Peeters/.test(document.body.textContent) && document.querySelector('#username, #restart, .pro-state') !== null);
  assert.equal((await fetch(`${stack.base}/api/studies`)).status, 401);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a colleague of the group sees it and why, on a phone too', async () => {
  const { context, page, faults } = await signedIn('Els Wouters', phone);
  await row(page, 'An Peeters').waitFor();
  await fair(page, 'list on a phone');
  const { studies } = await page.evaluate(async () => (await fetch('/api/studies')).json());
  const seen = studies.find((study) => study.accession === 'A20261120-17');
  assert.deepEqual(seen.reasons.map(({ kind, by }) => [kind, by]), [['group', 'Jan Maes']]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a stranger sees nothing, and an id of somebody else is one that never was', async () => {
  const colleague = await signedIn('Karim Haddad');
  const { studies } = await colleague.page.evaluate(async () => (await fetch('/api/studies')).json());
  const [{ id }] = studies.filter(({ accession }) => accession === 'A20261120-17');
  await colleague.context.close();
  const { context, page } = await signedIn('Tom Janssens');
  await page.waitForFunction(() => document.querySelector('.st [role=status], .st-state, .pro-state') !== null);
  await fair(page, 'empty list');
  const asked = await page.evaluate(async (known) => {
    const look = async (path) => {
      const answer = await fetch(path);
      return [answer.status, (await answer.json()).code];
    };
    return { list: (await (await fetch('/api/studies')).json()).studies, known: await look(`/api/studies/${known}`), never: await look('/api/studies/00000000000000000000000000') };
  }, id);
  assert.deepEqual(asked.list, []);
  assert.deepEqual(asked.known, [404, 'not-found']);
  assert.deepEqual(asked.known, asked.never);
  await context.close();
});

test('a code of the app works once, and a disabled account is refused like a wrong password', async () => {
  const who = await account(stack, 'Sofie Lambert');
  const call = (session, path, body) => fetch(stack.base + path, {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'X-Studygate': '1', ...(session ? { Cookie: session } : {}) },
  });
  const cookie = (answer, former) => answer.headers.getSetCookie().find((one) => one.startsWith('session='))?.split(';')[0] ?? former;
  const upToCode = async ({ username, password }) => {
    const named = await call(null, '/api/account/login', { username });
    const answer = await call(cookie(named), '/api/account/password', { password });
    return { answer, session: cookie(answer, cookie(named)) };
  };
  const code = await appCode(stack, who);
  const first = await upToCode(who);
  assert.deepEqual((await first.answer.json()).next, 'totp');
  assert.equal((await call(first.session, '/api/account/challenge', { code })).status, 200);
  const second = await upToCode(who);
  const again = await call(second.session, '/api/account/challenge', { code });
  assert.deepEqual([again.status, (await again.json()).code], [401, 'code-incorrect']);
  const gone = (await upToCode(await account(stack, 'Piet Former'))).answer;
  const wrong = (await upToCode({ username: 'nobody@nowhere.example', password: 'whatever it may be' })).answer;
  const told = async (answer) => ({ status: answer.status, ...(await answer.json()), requestId: '' });
  assert.deepEqual(await told(gone), await told(wrong));
});

test('who is of a hospital that signs its own people in comes back from it, gives a code and sees the list', async () => {
  const who = { username: 'dirk.vandamme@az-oost.example', mobile: '+32470100014' };
  const { context, page, faults } = await stack.open(desktop);
  await page.goto(`${stack.base}/professional`);
  await page.fill('#username', who.username);
  await page.keyboard.press('Enter');
  const sent = await stack.sent(who.mobile);
  await page.click('text=I am Dirk Van Damme');
  await page.waitForSelector('#code');
  assert.equal(new URL(page.url()).search, '', 'no code of the provider stays in the address');
  await page.fill('#code', await stack.lastCode(who.mobile, sent));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/professional\/studies/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a browser that is remembered asks for no second factor, until somebody forgets it', async () => {
  const who = await account(stack, 'Tom Janssens');
  const { context, page, faults } = await stack.open(desktop);
  const password = async () => {
    await page.goto(`${stack.base}/professional`);
    await page.fill('#username', who.username);
    await page.keyboard.press('Enter');
    await page.fill('#password', who.password);
    await page.keyboard.press('Enter');
  };
  const leave = async () => {
    await page.click('#leave');
    await page.waitForURL(/\/professional(\?.*)?$/);
  };
  await password();
  await page.waitForSelector('#code');
  await page.check('#remember');
  await page.fill('#code', await appCode(stack, who));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/professional\/studies/);
  await leave();
  await password();
  await page.waitForURL(/\/professional\/studies/);
  const forgotten = await page.evaluate(async () => {
    const [browser] = await (await fetch('/api/account/browsers')).json();
    return (await fetch(`/api/account/browsers/${browser.id}`, { method: 'DELETE', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1' } })).status;
  });
  assert.equal(forgotten, 204);
  await leave();
  await password();
  await page.waitForSelector('#code');
  assert.deepEqual(faults, []);
  await context.close();
});

test('staff see what their department was told, and nobody else does', async () => {
  const { context, page, faults } = await signedIn('Ria Claes');
  await page.goto(`${stack.base}/professional/desk`);
  await page.waitForSelector('#todo');
  await fair(page, 'desk');
  assert.deepEqual(faults, []);
  await context.close();
  const physician = await signedIn('Jan Maes');
  const status = await physician.page.evaluate(async () => (await fetch('/api/desk/receipts')).status);
  assert.equal(status, 404);
  await physician.context.close();
});
