// Signing in in a real browser, on a server that says what comes next: each step, each refusal, registering, a forgotten password,
// the way to a provider and back, environments, the notices; by keyboard, light and dark, every language at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsing, everyLanguage, fair, focused, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;

before(async () => {
  base = await browsing.begin();
  stub.behind = new Set(['/provider']);
});
after(() => browsing.end());

const NAME = 'jan.maes@praktijk.example';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const URI = `otpauth://totp/Studygate:jan.maes%40praktijk.example?secret=${SECRET}&issuer=Studygate&algorithm=SHA1&digits=6&period=30`;
const departments = { departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'zuid', name: 'Radiologie', hospital: 'Ziekenhuis Zuid' }],
  serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' } };
const alone = { here: null, others: [], visitor: null };
const groups = [
  { id: 'g1', name: 'Groepspraktijk De Linde', members: [{ name: 'Jan Maes', admin: true, primary: false }, { name: 'Eva Claes', admin: false, primary: true }, { name: 'Tom Peeters', admin: false, primary: false }] },
  { id: 'g2', name: 'Huisartsen Noord', members: [{ name: 'Jan Maes', admin: false, primary: false }, { name: 'Lies Wouters', admin: true, primary: true }] },
];
const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const otp = (more: object = {}) => ({ next: 'otp', channel: 'sms', sentTo: '•••• •• 47', resendAt: soon(60), expiresAt: soon(600), ...more });
const visit = () => ({ kind: 'professional', now: new Date().toISOString(), department: null, professional: { name: 'Jan Maes', role: 'professional', state: 'active' },
  idleUntil: soon(30 * 60), expiresAt: soon(12 * 60 * 60) });
const ok = (body: object): Said => ({ status: 200, body });
const problem = (status: number, code: string): Said => ({ status, body: { code, title: '', status, requestId: 'r' } });
const t = (key: string) => words['nl']![key]!;

/** A server that follows a script: what each call is answered, the last answer again and again; open once a step says so. */
function server(script: Record<string, Said | Said[]> = {}): { open: boolean } {
  stub.calls.length = 0;
  const at = { open: false };
  const left = structuredClone(script);
  stub.say = (path) => {
    const said = left[path];
    const now = Array.isArray(said) ? (said.length > 1 ? said.shift()! : said[0]!) : said;
    const next = (now?.body as { next?: string } | undefined)?.next;
    if (next === 'open' || next === 'confirm-groups') at.open = true;
    if (now) return now;
    switch (path) {
      case 'GET /api/session': return at.open ? ok(visit()) : problem(401, 'session-ended');
      case 'GET /api/departments': return ok(departments);
      case 'GET /api/environments': return ok(alone);
      case 'GET /api/studies': return ok({ studies: [], next: null, opened: null });
      default: return problem(401, 'session-ended');
    }
  };
  return at;
}
const sent = (path: string) => stub.calls.filter((call) => call.path === path).map((call) => JSON.parse(call.body) as unknown);
const LOGIN = 'POST /api/account/login';
const PASSWORD = 'POST /api/account/password';
const CHALLENGE = 'POST /api/account/challenge';
const FACTOR = 'POST /api/account/factor';
const FORGOT = 'POST /api/account/forgot';
const NEW = 'POST /api/account/new-password';
const REGISTER = 'POST /api/account/register';
const VERIFY = 'POST /api/account/register/verify';
const RETURN = 'POST /api/account/return';
const GROUPS = 'POST /api/account/groups';
const STEP = 'GET /api/account/step';
const password = { [LOGIN]: ok({ next: 'password' }) };

async function come(page: Page, path = '/professional'): Promise<void> {
  await page.goto(base + path);
  await page.locator('main h1').waitFor();
  await page.locator('.si').waitFor();
}
const title = (page: Page, key: string) => page.locator('main h1', { hasText: t(key) }).waitFor();

/** The whole way by keyboard alone: the first field of each step has the focus. */
async function name(page: Page): Promise<void> {
  await page.locator('#username').fill(NAME);
  await page.keyboard.press('Enter');
  await page.locator('#password').waitFor();
}
async function through(page: Page): Promise<void> {
  await come(page);
  await name(page);
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
}

type State = { readonly name: string; readonly heading: string; readonly script?: Record<string, Said | Said[]>; readonly path?: string; readonly reach: (page: Page) => Promise<void> };
const after1 = (next: object, more: Record<string, Said | Said[]> = {}) => ({ ...password, [PASSWORD]: ok(next), ...more });
const states: readonly State[] = [
  { name: 'name', heading: 'sign.title', reach: (page) => come(page) },
  { name: 'name empty', heading: 'sign.title', reach: async (page) => { await come(page); await page.locator('button[type=submit]').click(); await page.locator('#username-error').waitFor(); } },
  { name: 'password', heading: 'sign.title', script: password, reach: async (page) => { await come(page); await name(page); } },
  { name: 'refused', heading: 'sign.title', script: { ...password, [PASSWORD]: problem(401, 'combination-incorrect') }, reach: async (page) => { await through(page); await page.locator('#summary').waitFor(); } },
  { name: 'too many', heading: 'sign.title', script: { ...password, [PASSWORD]: { status: 429, headers: { 'retry-after': '300' } } }, reach: async (page) => { await through(page); await page.locator('#summary').waitFor(); } },
  { name: 'over', heading: 'sign.title', script: { ...password, [PASSWORD]: problem(401, 'session-ended') }, reach: async (page) => { await through(page); await page.getByText(t('sign.over')).waitFor(); } },
  { name: 'totp', heading: 'sign.totp.title', script: after1({ next: 'totp' }), reach: async (page) => { await through(page); await page.locator('#code').waitFor(); } },
  { name: 'otp', heading: 'sign.otp.title', script: after1(otp()), reach: async (page) => { await through(page); await page.locator('#again-wait').waitFor(); } },
  { name: 'otp mail', heading: 'sign.otp.title', script: after1(otp({ channel: 'email', sentTo: 'j•••@praktijk.example', resendAt: soon(-1) })), reach: async (page) => { await through(page); await page.locator('#again').waitFor(); } },
  { name: 'otp refused', heading: 'sign.otp.title', script: after1(otp({ resendAt: null }), { [CHALLENGE]: problem(401, 'code-incorrect') }),
    reach: async (page) => { await through(page); await page.locator('#code').fill('123456'); await page.keyboard.press('Enter'); await page.locator('#code-error').waitFor(); } },
  { name: 'choose', heading: 'sign.factor.title', script: after1({ next: 'choose-factor', factors: ['totp', 'sms', 'email', 'none'], mandatory: false }),
    reach: async (page) => { await through(page); await page.locator('#factor-none').waitFor(); await page.locator('button[type=submit]').click(); await page.locator('#factor-error').waitFor(); } },
  { name: 'enrol', heading: 'sign.enrol.title', script: after1({ next: 'enrol-totp', secret: SECRET, uri: URI }), reach: async (page) => { await through(page); await page.locator('.si-square').waitFor(); } },
  { name: 'new password', heading: 'sign.new.title', script: after1({ next: 'new-password', code: false }),
    reach: async (page) => { await through(page); await page.locator('#new-password').fill('short'); await page.keyboard.press('Enter'); await page.locator('#new-password-error').waitFor(); } },
  { name: 'failed attempt', heading: 'sign.failed.title', script: after1({ next: 'open', failedAt: '2026-11-26T18:02:00Z' }), reach: async (page) => { await through(page); await page.locator('#stranger').click(); await page.getByText(t('sign.failed.do')).waitFor(); } },
  { name: 'away wrong', heading: 'sign.away.wrong', script: { [LOGIN]: ok({ next: 'redirect', url: 'http://evil.example/authorize' }) },
    reach: async (page) => { await come(page); await page.locator('#username').fill('an@ziekenhuis.example'); await page.keyboard.press('Enter'); await page.locator('#restart').waitFor(); } },
  { name: 'forgot', heading: 'sign.forgot.title', path: '/professional/forgot', reach: (page) => come(page, '/professional/forgot') },
  { name: 'forgot code', heading: 'sign.new.title', script: { [FORGOT]: ok({ next: 'new-password', code: true }) },
    reach: async (page) => { await come(page, '/professional/forgot'); await page.locator('#username').fill(NAME); await page.keyboard.press('Enter'); await page.locator('#new-password').waitFor(); await page.locator('button[type=submit]').click(); await page.locator('#summary').waitFor(); } },
  { name: 'register', heading: 'sign.register.title', reach: async (page) => { await come(page, '/professional/register'); await page.locator('button[type=submit]').click(); await page.locator('#summary').waitFor(); } },
  { name: 'register code', heading: 'sign.otp.title', script: { [REGISTER]: ok(otp()) }, reach: async (page) => { await come(page, '/professional/register'); await fillIn(page); await page.locator('#code').waitFor(); } },
  { name: 'registered', heading: 'sign.register.done', script: { [REGISTER]: ok(otp()), [VERIFY]: ok({ next: 'registered' }) },
    reach: async (page) => { await come(page, '/professional/register'); await fillIn(page); await page.locator('#code').fill('123 456'); await page.keyboard.press('Enter'); await title(page, 'sign.register.done'); } },
  { name: 'return refused', heading: 'sign.return.refused', script: { [RETURN]: problem(401, 'session-ended') }, reach: async (page) => { await come(page, '/professional/return?code=c&state=s'); await title(page, 'sign.return.refused'); } },
  { name: 'return stopped', heading: 'sign.return.stopped', reach: async (page) => { await come(page, '/professional/return?error=access_denied&state=s'); await title(page, 'sign.return.stopped'); } },
];

async function fillIn(page: Page): Promise<void> {
  for (const [id, value] of Object.entries({ givenName: 'Jan', familyName: 'Maes', username: NAME, mobile: '+32 470 12 34 56', physicianNumber: '10012345004', 'new-password': 'correct horse battery' })) await page.locator(`#${id}`).fill(value);
  await page.locator('button[type=submit]').click();
}

test('every state is fair to everybody, light and dark, in every language at 320 px, and at 1024 and 1440', async (context) => {
  const only = process.env['ONLY'];
  for (const state of states.filter((one) => !only || one.name === only)) {
    await context.test(state.name, async () => {
      const opened = await browsing.open();
      const { page, faults, foreign } = opened;
      server(state.script);
      await state.reach(page);
      await title(page, state.heading);
      await fair(page, state.name);
      await everyLanguage(page, state.name, state.heading);
      assert.doesNotMatch(await page.locator('body').innerText(), /\bsign\.[a-z]+/, `${state.name} lacks a word`);
      for (const width of [1024, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state.name} fits ${width}`);
      }
      await shots(page, `signin-${state.name}`);
      assert.deepEqual([faults, foreign], [[], []]);
      await opened.context.close();
    });
  }
});

test('name, then password on the same page: the name stays in sight, can be changed, and is kept nowhere', async () => {
  server({ ...password, [PASSWORD]: [problem(401, 'combination-incorrect'), ok({ next: 'open' })] });
  const { context, page, faults, addresses } = await browsing.open();
  await come(page);
  assert.equal(await page.locator('#username').getAttribute('autocomplete'), 'username');
  await name(page);
  assert.equal(await page.locator('#name').textContent(), NAME);
  await focused(page, 'password');
  assert.equal(await page.locator('#password').getAttribute('autocomplete'), 'current-password');
  await page.locator('#change').click();
  assert.equal(await page.locator('#username').inputValue(), NAME);
  await page.locator('#username').press('Enter');
  await page.locator('#password').fill('wrong');
  await page.locator('#password-show').click();
  assert.equal(await page.locator('#password').getAttribute('type'), 'text');
  await page.locator('#password').press('Enter');
  await page.locator('#summary', { hasText: t('sign.refused') }).waitFor();
  await focused(page, 'summary');
  assert.equal(await page.locator('#password').inputValue(), '', 'a wrong password is not shown again');
  assert.equal(await page.locator('#name').textContent(), NAME, 'what else was typed stays');
  assert.deepEqual(await page.locator('#summary a[href^=tel]').allTextContents(), ['+32 3 555 09 00']);
  await page.locator('#password').fill('correct horse battery');
  await page.locator('#password').press('Enter');
  await page.waitForURL('**/professional/studies');
  assert.deepEqual(sent(LOGIN), [{ username: NAME }, { username: NAME }]);
  assert.deepEqual(sent(PASSWORD), [{ password: 'wrong' }, { password: 'correct horse battery' }]);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]));
  assert.doesNotMatch(kept, /maes|horse/i);
  assert.ok(addresses.every((address) => !/maes|code=/.test(address)));
  assert.deepEqual(faults, []);
  await context.close();
});

test('a code is sent as digits, a browser remembered only where that is ticked, and a new code may be asked for', async () => {
  server(after1(otp({ resendAt: soon(1) }), {
    'POST /api/account/otp': { status: 202, body: { channel: 'sms', sentTo: '•••• •• 47', resendAt: soon(60), expiresAt: soon(600) } },
    [CHALLENGE]: [problem(401, 'code-incorrect'), ok({ next: 'open' })],
  }));
  const { context, page, faults } = await browsing.open();
  await through(page);
  await page.locator('#again').click();
  await page.getByText(t('sign.again.done')).waitFor();
  await page.locator('#code').fill('12 34');
  await page.keyboard.press('Enter');
  await page.locator('#code-error').waitFor();
  assert.deepEqual(sent(CHALLENGE), [], 'what is no code is not sent');
  await page.locator('#code').fill('111 111');
  await page.keyboard.press('Enter');
  await page.locator('#code-error', { hasText: t('sign.code.refused') }).waitFor();
  await page.locator('#code').fill('123-456');
  await page.locator('#remember').check();
  await page.locator('#code').press('Enter');
  await page.waitForURL('**/professional/studies');
  assert.deepEqual(sent(CHALLENGE), [{ code: '111111' }, { code: '123456', rememberBrowser: true }]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('where a second factor is a must, none is not offered, whatever the list says; another way may be chosen', async () => {
  server(after1({ next: 'choose-factor', factors: ['totp', 'sms', 'none'], mandatory: true }, {
    [FACTOR]: [ok(otp()), ok({ next: 'enrol-totp', secret: SECRET, uri: URI })], [CHALLENGE]: ok({ next: 'open' }),
  }));
  const { context, page, faults } = await browsing.open();
  await through(page);
  await title(page, 'sign.factor.title');
  assert.deepEqual(await page.locator('input[name=factor]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)), ['totp', 'sms']);
  await page.locator('#factor-sms').check();
  await page.locator('button[type=submit]').click();
  await page.locator('#other').click();
  await page.locator('#factor-totp').check();
  await page.locator('button[type=submit]').click();
  await title(page, 'sign.enrol.title');
  assert.equal((await page.locator('#secret').innerText()).replace(/\s/g, ''), SECRET);
  assert.equal(await page.locator('canvas').count(), 0);
  await page.locator('#code').fill('123456');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/professional/studies');
  assert.deepEqual(sent(FACTOR), [{ factor: 'sms' }, { factor: 'totp' }]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a page that is loaded again asks the server where it stands', async () => {
  server(after1({ next: 'totp' }, { [STEP]: ok({ next: 'totp' }), [CHALLENGE]: ok({ next: 'open' }) }));
  const { context, page, faults } = await browsing.open();
  await through(page);
  await title(page, 'sign.totp.title');
  await page.reload();
  await title(page, 'sign.totp.title');
  await page.locator('#code').fill('123456');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/professional/studies');
  server(password);
  await page.goto(`${base}/professional`);
  await page.locator('#username').waitFor();
  assert.equal(stub.count(STEP), 0, 'whoever opens it anew begins with the name');
  await page.reload();
  await page.locator('#username').waitFor();
  assert.equal(stub.count(STEP), 1);
  assert.deepEqual(faults, []);
  await context.close();
});

test('on to where one wanted to go', async () => {
  server({ ...password, [PASSWORD]: ok({ next: 'open' }) });
  const { context, page, faults } = await browsing.open();
  await page.goto(`${base}/professional/account`);
  await page.locator('#username').waitFor();
  await name(page);
  await page.locator('#password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/professional/account');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a provider is gone to where our server says so, by TLS or on this machine, and nowhere else', async () => {
  for (const url of ['http://evil.example/', 'javascript:alert(1)', 'https://user:secret@idp.example/', 'data:text/html,x', '/professional', '']) {
    server({ [LOGIN]: ok({ next: 'redirect', url }) });
    const { context, page } = await browsing.open();
    await come(page);
    await page.locator('#username').fill('an@ziekenhuis.example');
    await page.keyboard.press('Enter');
    await title(page, 'sign.away.wrong');
    assert.equal(new URL(page.url()).pathname, '/professional', url);
    await context.close();
  }
  server({ [LOGIN]: ok({ next: 'redirect', url: `${base}/provider?state=s` }) });
  const { context, page } = await browsing.open();
  await come(page);
  await page.locator('#username').fill('an@ziekenhuis.example');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/provider?state=s');
  await context.close();
});

test('back from a provider: code and state leave the address before anything is asked, are sent once, and go on', async () => {
  server({ [RETURN]: ok(otp()), [CHALLENGE]: ok({ next: 'open' }) });
  const { context, page, faults } = await browsing.open();
  const asked: string[] = [];
  await page.exposeFunction('noted', (address: string) => { asked.push(address); });
  await page.addInitScript(() => {
    const plain = window.fetch;
    window.fetch = (...given) => { (window as unknown as { noted: (address: string) => void }).noted(location.href); return plain(...given); };
  });
  await page.goto(`${base}/professional/return?code=secret-code&state=secret-state`);
  await title(page, 'sign.otp.title');
  assert.ok(asked.length > 0 && asked.every((address) => !address.includes('secret')), String(asked));
  assert.deepEqual(sent(RETURN), [{ code: 'secret-code', state: 'secret-state' }]);
  assert.equal(page.url(), `${base}/professional`);
  await page.locator('#code').fill('123456');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/professional/studies');
  assert.equal(sent(RETURN).length, 1);
  assert.ok(await page.evaluate(() => !JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]).includes('secret')));
  assert.deepEqual(faults, []);
  await context.close();
});

test('the groups are confirmed each, may be put off once, and what is not right says what happens then', async () => {
  const asked = after1({ next: 'confirm-groups', groups }, { [GROUPS]: ok({ next: 'open' }) });
  server(asked);
  const { context, page, faults } = await browsing.open();
  await through(page);
  const dialog = page.locator('dialog');
  await dialog.locator('h2', { hasText: t('sign.groups.title') }).waitFor();
  assert.deepEqual(await dialog.locator('.si-members').first().locator('li > :first-child').allTextContents(), ['Eva Claes', 'Jan Maes', 'Tom Peeters'], 'the primary contact on top');
  assert.deepEqual(await dialog.locator('.si-members strong').allTextContents(), ['Jan Maes', 'Lies Wouters'], 'administrators in bold');
  await fair(page, 'groups');
  await shots(page, 'signin-groups');
  await dialog.locator('#later').click();
  await page.waitForURL('**/professional/studies');
  assert.equal(stub.count(GROUPS), 0);
  server(asked);
  await through(page);
  await dialog.waitFor();
  assert.equal(await dialog.locator('#later').count(), 0, 'once only');
  await page.keyboard.press('Escape');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('#summary').waitFor();
  await fair(page, 'groups empty');
  await dialog.locator('#group-g1-right').check();
  await dialog.locator('#group-g2-wrong').check();
  await dialog.locator('button[type=submit]').click();
  await page.waitForURL('**/professional/studies');
  assert.deepEqual(sent(GROUPS), [{ right: ['g1'], wrong: ['g2'] }]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the last failed attempt is told after a good one', async () => {
  server(after1({ next: 'open', failedAt: '2026-11-26T18:02:00Z' }));
  const { context, page, faults } = await browsing.open();
  await through(page);
  await title(page, 'sign.failed.title');
  await page.locator('.sg-banner', { hasText: '26 november 2026' }).waitFor();
  await page.locator('#go').click();
  await page.waitForURL('**/professional/studies');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a forgotten password: the same for every name, then a new one, then on', async () => {
  server({ [FORGOT]: ok({ next: 'new-password', code: true }), [NEW]: [problem(401, 'code-incorrect'), problem(400, 'password-too-common'), ok({ next: 'password' })] });
  const { context, page, faults } = await browsing.open();
  await come(page, '/professional/forgot');
  await page.locator('#username').fill(NAME);
  await page.keyboard.press('Enter');
  await page.locator('#new-password').waitFor();
  assert.equal(await page.locator('#new-password').getAttribute('autocomplete'), 'new-password');
  assert.equal(await page.locator('#code').getAttribute('autocomplete'), 'one-time-code');
  await page.locator('#code').fill('123456');
  await page.locator('#new-password').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.locator('#code-error').waitFor();
  assert.equal(await page.locator('#new-password').inputValue(), 'correct horse battery', 'nothing typed is cleared');
  await page.locator('button[type=submit]').click();
  await page.locator('#new-password-error', { hasText: t('sign.new.common') }).waitFor();
  await page.locator('#new-password').fill('another horse battery');
  await page.keyboard.press('Enter');
  await page.locator('#password').waitFor();
  assert.deepEqual(sent(NEW).at(-1), { code: '123456', password: 'another horse battery' });
  assert.equal(page.url(), `${base}/professional`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('who registers says who they are once, and keeps what they typed', async () => {
  server({ [REGISTER]: [{ status: 400, body: { code: 'bad-request', parameter: 'mobile' } }, problem(400, 'password-too-common'), ok(otp())], [VERIFY]: [problem(401, 'session-ended')] });
  const { context, page, faults } = await browsing.open();
  await come(page, '/professional/register');
  await fillIn(page);
  await page.locator('#mobile-error', { hasText: t('sign.register.mobile.wrong') }).waitFor();
  await focused(page, 'mobile');
  await page.locator('button[type=submit]').click();
  await page.locator('#new-password-error').waitFor();
  await page.locator('#new-password').fill('another horse battery');
  await page.locator('button[type=submit]').click();
  await page.locator('#code').fill('123456');
  await page.keyboard.press('Enter');
  await page.getByText(t('sign.register.over')).waitFor();
  assert.equal(await page.locator('#username').inputValue(), NAME);
  assert.equal(await page.locator('#new-password').inputValue(), '', 'but never a password');
  assert.deepEqual(sent(REGISTER).at(-1), { givenName: 'Jan', familyName: 'Maes', username: NAME, mobile: '+32 470 12 34 56', physicianNumber: '10012345004', language: 'nl', password: 'another horse battery' });
  assert.deepEqual(faults, []);
  await context.close();
});

test('the cookie notice comes once a month and goes with the page', async () => {
  server();
  const { context, page, faults } = await browsing.open();
  await come(page);
  await page.locator('#notice', { hasText: t('sign.notice.text') }).waitFor();
  await fair(page, 'notice');
  await page.evaluate(() => document.querySelector<HTMLElement>('#language button[lang=en]')!.click());
  await page.locator('#notice', { hasText: words['en']!['sign.notice.text']! }).waitFor();
  await page.locator('a[href="/professional/register"]').click();
  await page.locator('#givenName').waitFor();
  assert.equal(await page.locator('#notice').count(), 0);
  await page.goBack();
  await page.locator('#notice button').click();
  await page.reload();
  await page.locator('#username').waitFor();
  assert.equal(await page.locator('#notice').count(), 0);
  await page.evaluate(() => localStorage.setItem('studygate.notice.professional', `1|${Date.now() - 31 * 24 * 60 * 60 * 1000}`));
  await page.reload();
  await page.locator('#notice').waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
