// The service desk's accounts in a real browser: whom to look at, whom one finds, each act with its reason, and what may go wrong.
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

const WAITING = 'GET /api/desk/accounts';
const SEARCH = 'POST /api/desk/accounts/search';
const mapping = { id: 'm1', department: 'noord', name: 'Dr. E. Claes', physicianNumber: '20054321007', group: null, mailOnStudy: true, mailOnReport: true };
const registered = { id: 'a1', username: 'jan.maes@praktijk.example', name: 'Jan Maes', role: 'professional', state: 'registered', locked: false, department: null,
  physicianNumbers: ['10012345004'], mobile: '+32470123456', workPhone: null, mappings: [] };
const locked = { ...registered, id: 'a2', username: 'eva.claes@praktijk.example', name: 'Eva Claes', state: 'active', locked: true, physicianNumbers: ['20054321007'], mappings: [mapping] };
const closed = { ...registered, id: 'a3', username: 'piet.baert@praktijk.example', name: 'Piet Baert', state: 'disabled', workPhone: '+32 3 555 01 02' };
const staff = { ...registered, id: 'a4', username: 'lore@noord.example', name: 'Lore Wouters', role: 'department-staff', state: 'active', department: 'noord', physicianNumbers: [] };
const departments = {
  departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }],
  serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' },
};
const visit = () => ({ kind: 'professional', now: new Date().toISOString(), department: null, professional: { name: 'Service Desk', role: 'service-desk', state: 'active' },
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });
const t = (key: string) => words['nl']![key]!;
const refused = (status: number, code: string): Said => ({ status, body: { code } });

function server(more: Record<string, Said> = {}): void {
  stub.calls.length = 0;
  let waiting: readonly object[] = [registered];
  stub.say = (path) => {
    if (more[path]) return more[path];
    if (path === 'GET /api/session') return { status: 200, body: visit() };
    if (path === 'GET /api/departments') return { status: 200, body: departments };
    if (path === WAITING) return { status: 200, body: { accounts: waiting } };
    if (path === SEARCH) return { status: 200, body: { accounts: [locked, closed, staff] } };
    if (path.startsWith('POST /api/desk/accounts/a1/')) waiting = [];
    return path.startsWith('POST /api/desk/accounts/') || path.startsWith('DELETE /api/desk/accounts/') ? { status: 204 } : { status: 404 };
  };
}

async function arrive(page: Page): Promise<void> {
  await page.goto(`${base}/professional/accounts`);
  await page.locator('main h1', { hasText: t('accounts.title') }).waitFor();
}
const sent = (path: string) => stub.calls.filter((call) => call.path === path).map((call) => JSON.parse(call.body) as unknown);
const button = (page: Page, deed: string, who: string) => page.locator('.ac-people > li', { hasText: who }).getByRole('button', { name: t(`accounts.do.${deed}`) });

async function find(page: Page): Promise<void> {
  await page.locator('#find').fill('claes');
  await page.keyboard.press('Enter');
  await page.locator('h3', { hasText: 'Eva Claes' }).waitFor();
}

test('whoever registered is verified by keyboard alone, with a reason', async () => {
  server();
  const { context, page, faults, foreign, addresses } = await browsing.open();
  await arrive(page);
  await button(page, 'verify', 'Jan Maes').press('Enter');
  await page.locator('dialog').waitFor();
  await fair(page, 'verify');
  await shots(page, 'verify');
  await page.locator('dialog button[type=submit]').press('Enter');
  await page.locator('dialog .sg-error', { hasText: t('accounts.reason.missing') }).waitFor();
  await focused(page, 'TEXTAREA');
  await fair(page, 'verify without a reason');
  await page.keyboard.type('  called the practice ');
  await page.locator('dialog input[type=checkbox]').nth(1).press('Space');
  await page.locator('dialog button[type=submit]').press('Enter');
  await page.locator('#said', { hasText: 'Jan Maes' }).waitFor();
  await page.locator('main', { hasText: t('accounts.waiting.none') }).waitFor();
  assert.deepEqual(sent('POST /api/desk/accounts/a1/verify'), [{ reason: 'called the practice', physicianNumber: '10012345004', departments: ['noord'] }]);
  await fair(page, 'nobody waits');
  await everyLanguage(page, 'nobody waits', 'accounts.title');
  assert.deepEqual([faults, foreign], [[], []]);
  assert.ok(addresses.every((address) => !/maes|claes/i.test(address)));
  await context.close();
});

test('an account is found, and each can have done to it what its state allows', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await find(page);
  assert.deepEqual(sent(SEARCH), [{ q: 'claes' }]);
  await fair(page, 'accounts found');
  await shots(page, 'accounts');
  await everyLanguage(page, 'accounts found', 'accounts.title');
  const deeds = async (who: string) => (await page.locator('.ac-people > li', { hasText: who }).locator('.ac-deeds button').allTextContents()).map((text) => text.replace(` ${who}`, ''));
  const named = (...keys: string[]) => keys.map((key) => t(`accounts.do.${key}`));
  assert.deepEqual(await deeds('Jan Maes'), named('verify', 'refuse'));
  assert.deepEqual(await deeds('Eva Claes'), named('unlock', 'map', 'disable'));
  assert.deepEqual(await deeds('Piet Baert'), named('enable'));
  assert.deepEqual(await deeds('Lore Wouters'), named('disable'));
  for (const [deed, who, path] of [['unlock', 'Eva Claes', 'a2/unlock'], ['enable', 'Piet Baert', 'a3/enable'], ['disable', 'Lore Wouters', 'a4/disable']] as const) {
    await button(page, deed, who).click();
    await page.locator('dialog textarea').fill('asked by phone');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('#said', { hasText: who }).waitFor();
    assert.deepEqual(sent(`POST /api/desk/accounts/${path}`), [{ reason: 'asked by phone' }]);
  }
  await context.close();
});

test('a mapping is added and removed', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await find(page);
  await button(page, 'map', 'Eva Claes').click();
  await fair(page, 'a new mapping');
  await page.locator('dialog select').selectOption('lindenhof');
  await page.locator('dialog textarea').fill('works there too');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(sent('POST /api/desk/accounts/a2/mappings'), [{ reason: 'works there too', department: 'lindenhof', physicianNumber: '20054321007' }]);
  await button(page, 'unmap', 'Eva Claes').click();
  await page.locator('dialog', { hasText: 'Ziekenhuis Noord' }).waitFor();
  await page.locator('dialog textarea').fill('left');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(sent('DELETE /api/desk/accounts/a2/mappings/m1'), [{ reason: 'left' }]);
  await context.close();
});

test('what does not fit, is not found, fails or is not for this one says so', async () => {
  server({ 'POST /api/desk/accounts/a1/refuse': refused(409, 'conflict'), [SEARCH]: { status: 200, body: { accounts: [] } } });
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#find').press('Enter');
  await page.locator('#find-error', { hasText: t('accounts.find.short') }).waitFor();
  await fair(page, 'nothing typed');
  await page.locator('#find').fill('nobody');
  await page.keyboard.press('Enter');
  await page.locator('main', { hasText: t('accounts.find.none') }).waitFor();
  await button(page, 'refuse', 'Jan Maes').click();
  await page.locator('dialog textarea').fill('nobody knows this number');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('#said', { hasText: t('accounts.conflict') }).waitFor();
  await fair(page, 'somebody was quicker');
  await button(page, 'refuse', 'Jan Maes').click();
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  server({ [WAITING]: { status: 403, body: { code: 'forbidden' } } });
  await arrive(page);
  await page.locator('main', { hasText: t('accounts.forbidden') }).waitFor();
  server({ [WAITING]: { status: 500 } });
  await page.goto(`${base}/professional/accounts`);
  await page.locator('main h1', { hasText: t('shell.failed') }).waitFor();
  server();
  await page.locator('main button').click();
  await page.locator('h3', { hasText: 'Jan Maes' }).waitFor();
  await context.close();
});
