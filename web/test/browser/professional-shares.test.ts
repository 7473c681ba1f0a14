// What is shared by somebody and with somebody, and their address book: in every state, by keyboard alone, light and dark,
// every language at 320 px.
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

const t = (key: string, holes: Record<string, string> = {}) => words['nl']![key]!.replace(/\{(\w+)\}/g, (whole, name: string) => holes[name] ?? whole);
const ONE = '4k'.padEnd(26, '0');
const TWO = '5m'.padEnd(26, '0');
const LIST = 'GET /api/shares';
const studies = [{ id: ONE, date: '2026-11-20', description: 'CT thorax', modalities: ['CT'], patient: 'An Peeters' }, { id: TWO, date: '2025-01-02', description: 'RX knie', modalities: ['DX'], patient: 'An Peeters' }];
const copy = { id: '6n'.padEnd(26, '0'), date: null, description: '', modalities: ['CT', 'SR'], patient: '12 Anonymous' };
const line = (bucket: string, name: string, more: object = {}) => ({
  bucket, recipient: { kind: 'user', id: bucket, name }, by: { id: 'els', name: 'Els Peeters' }, studies, access: 'report-read', from: '2026-11-27T09:00:00Z', until: '2026-12-28T23:00:00Z', state: 'active', openedAt: null,
  twoFactor: false, code: false, furtherSharing: false, anonymised: false, urgent: false, message: false, children: 0, left: [], mail: null, ...more,
});
const given = [
  line('b1', 'Jan Maes', { openedAt: '2026-11-27T10:12:00Z', children: 2, message: true, urgent: true }),
  line('b2', 'Luc Martin', { twoFactor: true, mail: 'refused' }),
  line('b3', 'huisarts@example.org', { recipient: { kind: 'email', id: null, name: 'huisarts@example.org' }, state: 'blocked', twoFactor: true }),
  line('b4', 'De Linde', { recipient: { kind: 'group', id: 'linde', name: 'De Linde' }, from: '2026-11-20T09:00:00Z', until: null, studies: [studies[0]], anonymised: true, state: 'waiting', left: [{ why: 'kind', images: 2 }] }),
  line('b5', 'Anne Marchand', { from: '2026-10-01T09:00:00Z', until: '2026-11-01T23:00:00Z', state: 'expired' }),
];
const received = [line('r1', 'Els Peeters', { by: { id: 'maes', name: 'Jan Maes' }, twoFactor: true, message: true, studies: [studies[1]] }), line('r2', 'Els Peeters', { by: { id: 'luc', name: 'Luc Martin' }, from: '2026-11-25T09:00:00Z', twoFactor: true, code: true, studies: [] }),
  line('r3', 'Els Peeters', { by: { id: 'an', name: 'An Wouters' }, from: '2026-11-24T09:00:00Z', anonymised: true, studies: [copy] }), line('r4', 'Els Peeters', { by: { id: 'bo', name: 'Bo Claes' }, from: '2026-11-23T09:00:00Z', anonymised: true, state: 'waiting', studies: [] })];
const martin = { kind: 'user', id: 'martin', name: 'Luc Martin', number: '1-00000-02-100', favourite: true };
const linde = { kind: 'group', id: 'linde', name: 'De Linde', favourite: true };
const visit = (role = 'professional') => ({ kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role, department: null }, department: null,
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });

function server(more: Record<string, Said | (() => Said)> = {}, role?: string): void {
  stub.calls.length = 0;
  stub.say = (path, _, query) => {
    const own = more[path];
    if (own) return typeof own === 'function' ? own() : own;
    if (path.startsWith('DELETE /api/') || path.startsWith('PUT /api/') || path.endsWith('/unlock')) return { status: 204 };
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit(role) };
      case 'GET /api/departments': return { status: 200, body: { departments: [], serviceDesk: null } };
      case LIST: return { status: 200, body: { shares: query.get('mine') === 'received' ? received : given, next: null } };
      case 'GET /api/directory/favourites': return { status: 200, body: [linde, martin] };
      case 'POST /api/directory/search': return { status: 200, body: [{ kind: 'user', id: 'maes', name: 'Jan Maes' }, martin] };
      default: return { status: 404 };
    }
  };
}

async function arrive(page: Page, query = ''): Promise<void> {
  await page.goto(`${base}/professional/shares${query}`);
  await page.locator('main h1', { hasText: t('shares.title') }).waitFor();
}
const whom = (page: Page, name: string) => page.locator('.sr-whom > li', { hasText: name });
const called = (method: string) => stub.calls.filter(({ path }) => path.startsWith(method)).map(({ path }) => path);

test('what was shared at once stands together: whom, how it stands, what was opened, what was refused', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  await whom(page, 'Jan Maes').waitFor();
  assert.equal(await page.locator('.sr-act').count(), 3);
  assert.equal(await page.locator('.sr-act').first().locator('.sr-whom > li').count(), 3);
  for (const [name, said] of [['Jan Maes', t('who.state.active')], ['Luc Martin', t('shares.mail.refused')], ['Luc Martin', t('shares.unopened')], ['huisarts', t('who.unlock.ask')], ['De Linde', t('who.state.waiting')], ['De Linde', t('who.making')], ['De Linde', t('who.left')], ['De Linde', t('who.left.kind')], ['Anne Marchand', t('who.state.expired')]]) {
    await whom(page, name!).getByText(said!).first().waitFor();
  }
  assert.match(await whom(page, 'Jan Maes').innerText(), /27\/11\/2026[^]*2 keer/);
  assert.equal(await whom(page, 'Anne Marchand').getByRole('button').count(), 0, 'what is over is not ended again');
  assert.equal(await page.locator('.sr-act', { hasText: 'De Linde' }).getByText(t('share.access.images')).count(), 1, 'an anonymised share shows no report');
  await fair(page, 'shares given');
  await shots(page, 'shares-given');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('withdrawn: from one, from all, one study; each is asked first, told after, and keeps the focus at its line', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  const button = (name: string, word: string) => whom(page, name).getByRole('button', { name: t(word) });
  await button('Jan Maes', 'who.withdraw').click();
  await page.locator('dialog', { hasText: t('shares.one.title') }).waitFor();
  await page.locator('dialog').getByText(/2 keer/).waitFor();
  await fair(page, 'withdraw one');
  await shots(page, 'shares-withdraw');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.deepEqual(called('DELETE'), []);
  await button('Jan Maes', 'who.withdraw').click();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('who.withdraw.said', { name: 'Jan Maes' }) }).waitFor();
  await whom(page, 'Jan Maes').getByText(t('who.state.withdrawn')).waitFor();
  await focused(page, 'line-b1');
  await button('Luc Martin', 'shares.take').click();
  await page.check(`#take-${TWO}`);
  await fair(page, 'take out');
  await shots(page, 'shares-take');
  await page.locator('dialog button[type=submit]').click();
  await whom(page, 'Luc Martin').getByText(t('shares.only', { exams: 'CT thorax, 20/11/2026' })).waitFor();
  await page.locator('.sr-act').first().getByRole('button', { name: t('shares.all') }).click();
  await fair(page, 'withdraw all');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('shares.all.said') }).waitFor();
  assert.deepEqual(called('DELETE'), ['DELETE /api/buckets/b1', `DELETE /api/buckets/b2/studies/${TWO}`, 'DELETE /api/buckets/b2', 'DELETE /api/buckets/b3']);
  assert.equal(await page.locator('.sr-act').first().getByRole('button').count(), 0);
  await context.close();
});

test('what is not withdrawn says so and stays; of all of them those that were are shown so', async () => {
  server({ 'DELETE /api/buckets/b2': { status: 503 } });
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('.sr-act').first().getByRole('button', { name: t('shares.all') }).click();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog [role=alert]').waitFor();
  await fair(page, 'not withdrawn');
  await page.keyboard.press('Escape');
  await whom(page, 'Jan Maes').getByText(t('who.state.withdrawn')).waitFor();
  await whom(page, 'Luc Martin').getByText(t('who.state.active')).waitFor();
  await context.close();
});

test('whoever may unlocks what was tried too often, with a reason', async () => {
  server({}, 'department-admin');
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await arrive(page);
  await whom(page, 'huisarts').getByRole('button', { name: t('desk.unlock') }).click();
  await page.fill('dialog textarea', 'Gebeld');
  await page.locator('dialog button[type=submit]').click();
  await whom(page, 'huisarts').getByText(t('who.state.active')).waitFor();
  assert.deepEqual(called('POST /api/buckets'), ['POST /api/buckets/b3/unlock']);
  await context.close();
});

test('what was shared with somebody: by whom, until when, behind a code; it leads to the images', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await whom(page, 'Jan Maes').waitFor();
  await page.getByRole('link', { name: t('shares.tab.received') }).click();
  await page.getByText(t('shares.by', { name: 'Jan Maes' })).waitFor();
  await page.getByText(t('shares.code')).waitFor();
  assert.equal(await page.getByRole('link', { name: 'RX knie' }).getAttribute('href'), `/professional/studies/${TWO}`);
  assert.equal(await page.locator('.sr-act', { hasText: '12 Anonymous' }).getByRole('link', { name: 'CT, SR' }).getAttribute('href'), `/professional/studies/${copy.id}`);
  assert.match(await page.locator('.sr-act', { hasText: 'Bo Claes' }).innerText(), new RegExp(t('who.making')));
  assert.equal(await page.getByRole('button', { name: t('who.withdraw') }).count(), 0);
  assert.equal(await page.getByRole('link', { name: t('shares.tab.received') }).getAttribute('aria-current'), 'page');
  await fair(page, 'shares received');
  await shots(page, 'shares-received');
  await context.close();
});

test('by state, further back, nothing at all, not reached: each says so', async () => {
  let answer: Said = { status: 200, body: { shares: given, next: 'later' } };
  server({ [LIST]: () => answer });
  const { context, page } = await browsing.open();
  await arrive(page);
  await whom(page, 'Jan Maes').waitFor();
  await page.selectOption('#state', 'expired');
  await whom(page, 'Jan Maes').waitFor({ state: 'detached' });
  await whom(page, 'Anne Marchand').waitFor();
  assert.match(page.url(), /state=expired/);
  await page.selectOption('#state', 'withdrawn');
  await page.getByText(t('shares.further')).waitFor();
  answer = { status: 200, body: { shares: [line('b9', 'Tom Claes', { state: 'withdrawn', from: '2026-01-01T09:00:00Z' })], next: null } };
  await page.click('#more');
  await whom(page, 'Tom Claes').waitFor();
  answer = { status: 200, body: { shares: [], next: null } };
  for (const [mine, title] of [['given', 'shares.none.given'], ['received', 'shares.none.received']] as const) {
    await arrive(page, `?mine=${mine}`);
    await page.locator('h2', { hasText: t(title) }).waitFor();
    await fair(page, title);
    await shots(page, title);
  }
  answer = { status: 503 };
  await arrive(page);
  await page.locator('[role=alert]', { hasText: t('desk.failed') }).waitFor();
  await fair(page, 'shares failed');
  answer = { status: 200, body: { shares: given, next: null } };
  await page.getByRole('button', { name: t('shell.again') }).click();
  await whom(page, 'Jan Maes').waitFor();
  await context.close();
});

test('the address book: somebody is added, not twice, removed and put back; empty it says how', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page, '?mine=favourites');
  const person = (name: string) => page.locator('.sr-people > li', { hasText: name });
  await person('De Linde').waitFor();
  await page.fill('#book', 'ma');
  await page.getByRole('option', { name: 'Jan Maes' }).click();
  await person('Jan Maes').waitFor();
  await page.fill('#book', 'ma');
  await page.getByRole('option', { name: 'Luc Martin' }).click();
  await page.locator('#book-error', { hasText: t('shares.book.twice', { name: 'Luc Martin' }) }).waitFor();
  await fair(page, 'book');
  await shots(page, 'shares-book');
  await person('De Linde').getByRole('button').click();
  await person('De Linde').waitFor({ state: 'detached' });
  await focused(page, 'book-title');
  await fair(page, 'book removed');
  await page.click('#back');
  await person('De Linde').waitFor();
  assert.deepEqual(stub.calls.filter(({ path }) => /^(PUT|DELETE)/.test(path)).map(({ path, body }) => [path, (JSON.parse(body) as { kind: string }).kind]),
    [['PUT /api/directory/favourites/maes', 'user'], ['DELETE /api/directory/favourites/linde', 'group'], ['PUT /api/directory/favourites/linde', 'group']]);
  server({ 'GET /api/directory/favourites': { status: 200, body: [] } });
  await arrive(page, '?mine=favourites');
  await page.getByText(t('shares.book.none')).waitFor();
  await fair(page, 'book empty');
  await context.close();
});

test('by keyboard alone: from the menu to what is withdrawn', async () => {
  server();
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await arrive(page, '?mine=received');
  await page.getByText(t('shares.by', { name: 'Jan Maes' })).waitFor();
  await page.locator('.pro-menu a', { hasText: t('menu.shares') }).focus();
  await page.keyboard.press('Enter');
  await whom(page, 'Luc Martin').waitFor();
  await whom(page, 'Luc Martin').getByRole('button', { name: t('who.withdraw') }).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await page.locator('dialog button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await focused(page, 'line-b2');
  await context.close();
});

test('each language fits a narrow page', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await whom(page, 'Jan Maes').waitFor();
  await everyLanguage(page, 'shares', 'shares.title');
  await page.goto(`${base}/professional/shares?mine=favourites`);
  await page.waitForSelector('.sr-people');
  await everyLanguage(page, 'book', 'shares.title');
  await context.close();
});
