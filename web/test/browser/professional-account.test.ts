// The own account in a real browser: each of its states, by keyboard, light and dark, every language at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsing, everyLanguage, fair, focused, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;

before(async () => { base = await browsing.begin(); });
after(() => browsing.end());

const ACCOUNT = 'GET /api/account';
const CHANGE = 'PATCH /api/account';
const LOGINS = 'GET /api/account/logins';
const BROWSERS = 'GET /api/account/browsers';
const mapping = { id: 'm1', department: 'noord', name: 'Dr. J. Maes', physicianNumber: '10012345004', group: 'g1', mailOnStudy: false, mailOnReport: true };
const account = {
  username: 'jan.maes@praktijk.example', name: 'Jan Maes', familyName: 'Maes', givenName: 'Jan', gender: null, mobile: '+32470123456', workPhone: '+32 3 555 01 02',
  physicianNumbers: ['10012345004', '20054321007'], language: 'nl', factor: 'totp', role: 'professional', state: 'active', department: null, passwordWith: null,
  groups: [{ id: 'g1', name: 'Groepspraktijk De Linde' }], privacy: { contact: true, email: false, mobile: false },
  mappings: [mapping, { ...mapping, id: 'm2', department: 'lindenhof', group: null, mailOnStudy: true }], mailDefaults: { mailOnStudy: false, mailOnReport: true },
};
const attempts = [
  { at: '2026-11-27T08:15:00Z', from: '192.0.2.7', outcome: 'signed-in' }, { at: '2026-11-27T08:14:00Z', from: '2001:db8:85a3::8a2e:370:7334', outcome: 'wrong-password' },
  { at: '2026-11-26T18:02:00Z', from: '192.0.2.7', outcome: 'wrong-code' }, { at: '2026-11-20T07:50:00Z', from: '192.0.2.7', outcome: 'something-new' },
];
const browser = { id: 'aa11', device: 'Firefox, Windows', since: '2026-11-20T08:00:00Z', until: '2026-12-20T08:00:00Z' };
const departments = {
  departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }],
  serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' },
};
const visit = () => ({ kind: 'professional', now: new Date().toISOString(), department: null, professional: { name: 'Jan Maes', role: 'professional', state: 'active' },
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });

/** The account as the server keeps it; `more` says otherwise. */
function server(more: Record<string, Said> = {}, kept: object = account): { now: Record<string, unknown> } {
  stub.calls.length = 0;
  const at = { now: structuredClone(kept) as Record<string, unknown> };
  let browsers = [browser];
  stub.say = (path, body) => {
    if (more[path]) return more[path];
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit() };
      case 'GET /api/departments': return { status: 200, body: departments };
      case ACCOUNT: return { status: 200, body: at.now };
      case CHANGE: {
        for (const [name, value] of Object.entries(JSON.parse(body) as Record<string, unknown>)) {
          at.now[name] = value !== null && typeof value === 'object' ? { ...at.now[name] as object, ...value } : value;
        }
        return { status: 200, body: at.now };
      }
      case 'PATCH /api/account/mappings/m1': {
        const changed = { ...mapping, ...JSON.parse(body) as object };
        at.now['mappings'] = [changed, account.mappings[1]];
        return { status: 200, body: changed };
      }
      case LOGINS: return { status: 200, body: attempts };
      case BROWSERS: return { status: 200, body: browsers };
      case 'DELETE /api/account/browsers/aa11': browsers = []; return { status: 204 };
      default: return { status: 404 };
    }
  };
  return at;
}
const broken: Said = { status: 500 };
const t = (key: string) => words['nl']![key]!;
const sent = (path: string) => stub.calls.filter((call) => call.path === path).map((call) => JSON.parse(call.body) as unknown);

async function arrive(page: Page): Promise<void> {
  await page.goto(`${base}/professional/account`);
  await page.locator('h2', { hasText: t('account.personal') }).waitFor();
}

test('everything that is kept is shown; what is read only says whom to ask', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  for (const text of ['jan.maes@praktijk.example', '10012345004, 20054321007', '+32470123456', 'Ziekenhuis Noord, Radiologie', 'Groepspraktijk De Linde', 'Firefox, Windows']) {
    await page.locator('main', { hasText: text }).waitFor();
  }
  assert.deepEqual(await page.locator('#personal .ac-note a').allTextContents(), ['+32 3 555 09 00', 'servicedesk@studygate.example']);
  assert.equal(await page.locator('#personal dt .ac-star').count(), 5);
  await fair(page, 'account');
  await shots(page, 'account');
  await everyLanguage(page, 'account', 'account.title');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('gender, work phone and language are changed by keyboard alone, and nothing else is sent', async () => {
  const at = server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#gender').focus();
  await page.keyboard.press('v'); // "Vrouw"
  await page.keyboard.press('Tab');
  await page.keyboard.type('call me');
  await page.keyboard.press('Enter');
  await page.locator('#work-phone-error').waitFor();
  await focused(page, 'work-phone');
  await fair(page, 'account, work phone wrong');
  assert.deepEqual(sent(CHANGE), []);
  await page.locator('#work-phone').fill('');
  await page.keyboard.press('Tab');
  await page.locator('#own-language').selectOption('fr');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#personal [role=status]', { hasText: words['fr']!['account.saved']! }).waitFor();
  assert.deepEqual(sent(CHANGE), [{ gender: 'female', workPhone: null, language: 'fr' }]);
  assert.equal(at.now['language'], 'fr');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await context.close();
});

test('what is not saved says so and keeps what was typed', async () => {
  server({ [CHANGE]: broken, 'PATCH /api/account/mappings/m1': broken });
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#work-phone').fill('03 555 01 03');
  await page.locator('#personal button[type=submit]').click();
  await page.locator('#personal [role=status]', { hasText: t('account.not-saved') }).waitFor();
  assert.equal(await page.locator('#work-phone').inputValue(), '03 555 01 03');
  const first = page.locator('.ac-mappings [role=switch]').first();
  await first.focus();
  await page.keyboard.press('Space');
  await page.locator('#mappings [role=status]', { hasText: t('account.not-saved') }).first().waitFor();
  assert.equal(await first.isChecked(), false); // as it is
  await fair(page, 'account, not saved');
  await context.close();
});

test('attempts to sign in: what failed is told by its word', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#logins').press('Enter');
  await page.locator('dialog tbody tr').first().waitFor();
  assert.deepEqual(await page.locator('dialog tbody td:nth-child(2)').allTextContents(), [t('account.outcome.signed-in'), t('account.outcome.wrong-password'), t('account.outcome.wrong-code'), t('account.outcome.other')]);
  await fair(page, 'attempts');
  await shots(page, 'attempts');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await focused(page, 'logins');
  server({ [LOGINS]: { status: 200, body: [] } });
  await page.locator('#logins').click();
  await page.locator('dialog', { hasText: t('account.logins.none') }).waitFor();
  await page.keyboard.press('Escape');
  server({ [LOGINS]: broken });
  await page.locator('#logins').click();
  await page.locator('dialog [role=alert]', { hasText: t('account.logins.failed') }).waitFor();
  await fair(page, 'attempts that cannot be loaded');
  await context.close();
});

test('a remembered browser is forgotten', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('.ac-lines button').press('Enter');
  await page.locator('#security [role=status]', { hasText: 'Firefox, Windows' }).waitFor();
  await page.locator('#security', { hasText: t('account.browsers.none') }).waitFor();
  assert.equal(stub.count('DELETE /api/account/browsers/aa11'), 1);
  await focused(page, 'browsers');
  await context.close();
});

test('a password is changed by keyboard: the present one, twice the new one; nothing of it is kept', async () => {
  let answer: Said = { status: 401, body: { code: 'combination-incorrect' } };
  server();
  const said = stub.say;
  stub.say = (path, body, query) => (path === 'POST /api/account/password-change' ? answer : said(path, body, query));
  const { context, page, addresses } = await browsing.open();
  await arrive(page);
  await page.locator('#password').press('Enter');
  await page.locator('dialog').waitFor();
  await fair(page, 'password');
  await shots(page, 'password');
  await page.locator('#present-password').focus();
  await page.keyboard.type('een zeer lange zin');
  await page.locator('#new-password').fill('een heel nieuwe zin');
  await page.locator('#again-password').fill('een heel nieuwe zim');
  await page.keyboard.press('Enter');
  await page.locator('#again-password-error', { hasText: t('account.password.unlike') }).waitFor();
  await focused(page, 'again-password');
  assert.equal(stub.count('POST /api/account/password-change'), 0);
  await page.locator('#again-password').fill('een heel nieuwe zin');
  await page.keyboard.press('Enter');
  await page.locator('#present-password-error').waitFor();
  await fair(page, 'password wrong');
  answer = { status: 400, body: { code: 'password-too-common' } };
  await page.keyboard.press('Enter');
  await page.locator('#new-password-error').waitFor();
  answer = { status: 204 };
  await page.keyboard.press('Enter');
  await page.locator('#security > [role=status]', { hasText: t('account.password.done') }).waitFor();
  assert.equal(await page.locator('dialog').count(), 0);
  assert.deepEqual(sent('POST /api/account/password-change').at(-1), { current: 'een zeer lange zin', password: 'een heel nieuwe zin' });
  assert.ok(addresses.every((address) => !address.includes('zin')));
  assert.deepEqual(await page.evaluate(() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage)].filter((kept) => kept.includes('zin'))), []);
  await context.close();
});

test('another second factor is chosen by signing in once more, and then here again', async () => {
  let inside = true;
  server();
  const said = stub.say;
  stub.say = (path, body, query) => {
    if (path === 'POST /api/account/factor-change') {
      inside = false;
      return { status: 200, body: { next: 'password' } };
    }
    if (path === 'POST /api/account/password') {
      inside = true;
      return { status: 200, body: { next: 'open', failedAt: null } };
    }
    return path === 'GET /api/session' && !inside ? { status: 401, body: { code: 'session-ended' } } : said(path, body, query);
  };
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#factor').press('Enter');
  await page.locator('input[autocomplete=current-password]').fill('een zeer lange zin');
  await fair(page, 'password once more');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/professional\/account$/);
  await page.locator('#factor').waitFor();
  await context.close();
});

test('three privacy switches are saved together; with all off it says what that means', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#privacy [role=switch]').first().focus();
  await page.keyboard.press('Space');
  await page.locator('#privacy', { hasText: t('account.privacy.hidden') }).waitFor();
  await fair(page, 'nobody finds this one');
  assert.deepEqual(sent(CHANGE), []);
  await page.locator('#privacy button[type=submit]').click();
  await page.locator('#privacy [role=status]', { hasText: t('account.saved') }).waitFor();
  assert.deepEqual(sent(CHANGE), [{ privacy: { contact: false, email: false, mobile: false } }]);
  await context.close();
});

test('mails are switched a mapping and for new ones, each at once', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('.ac-mappings [role=switch]').first().focus();
  await page.keyboard.press('Space');
  await page.locator('#mappings [role=status]', { hasText: t('account.saved') }).first().waitFor();
  assert.deepEqual(sent('PATCH /api/account/mappings/m1'), [{ mailOnStudy: true }]);
  assert.equal(await page.locator('.ac-mappings [role=switch]').first().isChecked(), true);
  await page.locator('#mappings > .ac-switch [role=switch]').first().focus();
  await page.keyboard.press('Space');
  await page.locator('#mappings > [role=status]', { hasText: t('account.saved') }).last().waitFor();
  assert.deepEqual(sent(CHANGE), [{ mailDefaults: { mailOnStudy: true } }]);
  await context.close();
});

test('a new account, a federated one, and one that cannot be loaded say what is so', async () => {
  const nothing = { ...account, state: 'registered', mobile: null, workPhone: null, physicianNumbers: [], groups: [], mappings: [], passwordWith: 'AZ Noord' };
  server({ [BROWSERS]: broken }, nothing);
  const { context, page } = await browsing.open();
  await arrive(page);
  for (const key of ['account.registered', 'account.mappings.none', 'account.browsers.failed']) await page.locator('main', { hasText: t(key) }).waitFor();
  await page.locator('#security', { hasText: 'AZ Noord' }).waitFor();
  await fair(page, 'a new account');
  await shots(page, 'account-new');
  server({ [ACCOUNT]: broken });
  await page.goto(`${base}/professional/account`);
  await page.locator('main h1', { hasText: t('shell.failed') }).waitFor();
  server();
  await page.locator('main button').click();
  await page.locator('h2', { hasText: t('account.personal') }).waitFor();
  await context.close();
});
