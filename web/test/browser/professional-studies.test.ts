// The shell of professionals' pages and their study list in a real browser: each state, light and dark, by keyboard alone, every language at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Reason, WorkLine as Line } from '../../src/lib/answers.ts';
import { Browsing, everyLanguage, fair, focused, type Opened, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;
before(async () => { base = await browsing.begin(); });
after(() => browsing.end());

const SESSION = 'GET /api/session';
const LIST = 'GET /api/studies';
const SEARCH = 'POST /api/studies/search';
const nl = words['nl']!;
const MINUTE = 60_000;
const serviceDesk = { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' };
const departments = [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'zuid', name: 'Medische beeldvorming', hospital: 'Ziekenhuis Zuid' }];
const NAMES = ['An Peeters', 'Jan Willem van den Broeck-Vanderstraeten-Van Nieuwenhuyse', 'Žan Kovač', 'María José García', '<b>Li</b> \u202eWei'];
const because = (kind: Reason['kind'], by: string | null = null, until: string | null = null): Reason => ({ kind, by, until });
const REASONS: readonly (readonly Reason[])[] = [
  [because('requested')], [because('staff'), because('copied')], [because('group', 'Eva Claes')], [because('reference', null, '2027-01-20T22:59:59Z')], [because('shared', 'Jan Maes', '2027-02-01T22:59:59Z')],
];
const id = (place: number) => `0123456789abcdefghjkmnp${String(100 + place)}`;
const line = (place: number, more: Partial<Line> = {}): Line => ({
  id: id(place), date: `2026-11-${String(27 - (place % 27)).padStart(2, '0')}`, description: ['CT thorax', 'MR hersenen', 'Echografie abdomen'][place % 3]!, modalities: [['CT'], ['MR'], ['US', 'SR']][place % 3]!,
  patient: { name: NAMES[place % 5]!, birthDate: place % 4 === 3 ? '1958' : '1958-03-07', id: `P-${4711 + place}`, sex: place % 2 ? 'M' : 'F', anonymized: false }, code: null, department: { id: 'noord', name: 'Ziekenhuis Noord' },
  accession: `A20261120-${10 + place}`, hasImages: place % 7 !== 6, hasReport: place % 3 > 0, reasons: REASONS[place % 5]!, new: place < 2, unreadReport: place % 3 === 1,
  time: place % 2 ? '08:15' : null, reportState: place % 3 === 0 ? null : place % 2 ? 'final' : 'preliminary', labels: place === 2 ? [{ text: 'Bericht', colour: 'red' }] : place === 3 ? [{ text: 'Bericht', colour: 'green' }, { text: 'Bespreking', colour: 'grey' }] : [], ...more,
});
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => line(from + place));
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
const visit = (more: object = {}, idle = 30 * MINUTE, whole = 12 * 60 * MINUTE) => ({
  kind: 'professional', now: iso(0), idleUntil: iso(idle), expiresAt: iso(whole), department: null, professional: { name: 'Jan Maes', role: 'professional', state: 'active', ...more },
});
const ended: Said = { status: 401, body: { code: 'session-ended', title: '', status: 401, requestId: 'r' } };

/** Answers as the test says; what it says nothing of is as on a quiet day. */
function says(more: Record<string, (body: string, query: URLSearchParams) => Said | Promise<Said>>): void {
  const usual: typeof more = {
    [SESSION]: () => ({ status: 200, body: visit() }),
    'GET /api/departments': () => ({ status: 200, body: { departments, serviceDesk } }),
    [LIST]: () => ({ status: 200, body: { studies: lines(0, 12), next: null } }),
    'POST /api/session/logout': () => ({ status: 204 }),
  };
  stub.calls.length = 0;
  stub.say = (path, body, query) => (more[path] ?? usual[path])?.(body, query) ?? { status: 404 };
}

async function opened(options: object = {}, address = '/professional/studies'): Promise<Opened> {
  const all = await browsing.open({ viewport: { width: 1440, height: 900 }, ...options });
  await all.page.goto(base + address);
  return all;
}

async function listed(options: object = {}, address?: string): Promise<Opened> {
  const all = await opened(options, address);
  await all.page.locator('.st-row').first().waitFor();
  return all;
}

const ids = (page: Page) => page.locator('.st-row').evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['id']!.slice(-3)) - 100));
const status = (page: Page) => page.locator('.st-told [role=status]').innerText();
const well = ({ faults, foreign }: Opened) => assert.deepEqual([faults, foreign], [[], []]);

test('a full list: fair in light and dark, at each width, with details and a choice', async () => {
  says({ [LIST]: () => ({ status: 200, body: { studies: lines(0, 12), next: 'n1' } }) });
  const all = await listed();
  const { page } = all;
  assert.equal(await status(page).then((text) => text.replace(/\s+/g, ' ')), `Alleen de eerste 12 worden getoond. ${nl['list.newest']}`);
  assert.match(await page.locator('.st-row').nth(4).innerText(), /<b>Li<\/b>/, 'a name is text');
  await page.locator('.st-why').nth(1).click();
  assert.equal(await page.locator('.st-details li').allInnerTexts().then((texts) => texts.join('|')), `${nl['reason.copied.text']}|${nl['reason.staff.text']}`);
  await page.locator('.st-row input').nth(2).check();
  for (const [width, height] of [[1440, 1500], [1024, 1800], [390, 4000]] as const) { // as high as the page: what sticks covers nothing
    await page.setViewportSize({ width, height });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px: no scrolling sideways`);
    await fair(page, `list at ${width}`);
    const small = await page.locator('main button, main .st-box, main select, main .sg-input').evaluateAll((controls) => controls
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(small, [], `${width} px: what is pressed is large enough`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await shots(page, 'professional-list');
  well(all);
  await all.context.close();
});

test('the head stays in sight, rows are 44 px high or more', async () => {
  says({ [LIST]: () => ({ status: 200, body: { studies: lines(0, 100), next: null } }) });
  const { page, context } = await listed();
  const heights = await page.locator('.st-row').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).offsetHeight));
  assert.ok(Math.min(...heights) >= 44, String(Math.min(...heights)));
  await page.locator('.st-row').nth(60).scrollIntoViewIfNeeded();
  const top = await page.locator('.st-table thead th').nth(1).evaluate((cell) => cell.getBoundingClientRect().top);
  assert.equal(top, 0);
  await context.close();
});

test('each state speaks every language at 320 px', async () => {
  says({ [LIST]: () => ({ status: 200, body: { studies: lines(0, 12), next: 'n1', looked: '2025-03-01T00:00:00Z' } }) });
  const full = await listed({ viewport: { width: 390, height: 844 } });
  await full.page.locator('.st-fold summary').click();
  await full.page.locator('.st-row input').nth(1).check();
  await full.page.locator('.st-why').nth(0).click();
  await everyLanguage(full.page, 'list', 'list.title');
  well(full);
  await full.context.close();
  for (const [state, more] of [['mine', {}], ['registered', { state: 'registered' }], ['staff', { role: 'department-staff' }]] as const) {
    says({ [LIST]: () => ({ status: 200, body: { studies: [], next: null } }), [SESSION]: () => ({ status: 200, body: visit(more) }) });
    const { page, context } = await opened({ viewport: { width: 390, height: 844 } });
    await page.locator('.st-empty h2', { hasText: nl[`empty.${state}.title`]! }).waitFor();
    await everyLanguage(page, state, 'list.title');
    await fair(page, state);
    await shots(page, `professional-empty-${state}`);
    await context.close();
  }
});

test('names and numbers are posted and stand in no address; filters do, and a reload keeps them', async () => {
  const bodies: unknown[] = [];
  says({ [SEARCH]: (body) => { bodies.push(JSON.parse(body)); return { status: 200, body: { studies: lines(0, 1), next: null } }; } });
  const { page, context, addresses } = await listed();
  await page.getByLabel(nl['search.q']!).fill(' Peeters ');
  await page.getByLabel(nl['search.birth']!).fill('7 maart 1958');
  await page.getByLabel(nl['search.patientId']!).fill('P-4711');
  await page.getByLabel(nl['search.accession']!).fill('A2026');
  await page.getByRole('button', { name: nl['search.go']!, exact: true }).click();
  await page.locator('.st-row').nth(1).waitFor({ state: 'detached' });
  assert.deepEqual(bodies, [{ q: 'Peeters', birthDate: '1958-03-07', patientId: 'P-4711', accession: 'A2026' }]);
  await page.getByLabel(nl['filter.modality']!).selectOption('CT');
  await page.getByLabel(nl['filter.unread']!).check();
  await page.waitForURL(/modality=CT&unread=true$/);
  while (bodies.length < 3) await page.waitForTimeout(20);
  assert.deepEqual(bodies[2], { modality: 'CT', unread: true, q: 'Peeters', birthDate: '1958-03-07', patientId: 'P-4711', accession: 'A2026' });
  for (const address of addresses) assert.doesNotMatch(address, /Peeters|1958|4711|A2026/);
  const queries: string[] = [];
  says({ [LIST]: (_, query) => { queries.push(String(query)); return { status: 200, body: { studies: lines(0, 2), next: null } }; } });
  await page.reload();
  await page.locator('.st-row').first().waitFor();
  assert.deepEqual(queries, ['modality=CT&unread=true']);
  assert.equal(await page.getByLabel(nl['filter.modality']!).inputValue(), 'CT');
  assert.equal(await page.getByLabel(nl['search.q']!).inputValue(), '', 'a name is kept nowhere');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.doesNotMatch(kept, /Peeters|4711/);
  await context.close();
});

test('a date of birth that is none is told at its field, and nothing is asked', async () => {
  says({});
  const { page, context } = await listed();
  await page.getByLabel(nl['search.birth']!).fill('31 2 1958');
  await page.keyboard.press('Enter');
  await page.locator('#search-birth-error').waitFor();
  await focused(page, 'search-birth');
  assert.equal(stub.count(SEARCH), 0);
  await fair(page, 'wrong date');
  await context.close();
});

test('a period of one’s own is typed as people write days', async () => {
  const queries: string[] = [];
  says({ [LIST]: (_, query) => { queries.push(String(query)); return { status: 200, body: { studies: lines(0, 2), next: null } }; } });
  const { page, context } = await listed();
  await page.getByLabel(nl['filter.period']!).selectOption('between');
  await page.getByLabel(nl['filter.from']!, { exact: true }).fill('3-11-2026');
  await page.keyboard.press('Tab');
  await page.waitForURL(/from=2026-11-03$/);
  await page.getByLabel(nl['filter.to']!, { exact: true }).fill('nooit');
  await page.keyboard.press('Tab');
  await page.locator('#filter-day-error').waitFor();
  await page.getByLabel(nl['filter.to']!, { exact: true }).fill('10 november 2026');
  const told = page.waitForResponse(/api\/studies\?from=2026-11-03&to=2026-11-10$/);
  await page.keyboard.press('Tab');
  await told;
  await page.waitForURL(/from=2026-11-03&to=2026-11-10$/);
  assert.deepEqual(queries, ['', 'from=2026-11-03', 'from=2026-11-03&to=2026-11-10']);
  await page.getByRole('button', { name: nl['filter.clear']! }).click();
  await page.waitForURL(/studies$/);
  await context.close();
});

test('nothing found says so, and shows everything again', async () => {
  says({ [SEARCH]: () => ({ status: 200, body: { studies: [], next: null } }) });
  const { page, context } = await listed();
  await page.getByLabel(nl['search.q']!).fill('Niemand');
  await page.keyboard.press('Enter');
  await page.locator('.st-empty h2', { hasText: nl['empty.hits.title']! }).waitFor();
  await fair(page, 'no hits');
  await shots(page, 'professional-no-hits');
  await page.getByRole('button', { name: nl['empty.hits.clear']! }).click();
  await page.locator('.st-row').first().waitFor();
  assert.equal(await page.getByLabel(nl['search.q']!).inputValue(), '');
  await context.close();
});

test('where the server stopped looking is told, and one can look further', async () => {
  const queries: string[] = [];
  says({ [LIST]: (_, query) => {
    queries.push(query.get('before') ?? '');
    return { status: 200, body: query.has('before') ? { studies: lines(0, 1), next: null } : { studies: [], next: 'n/1', looked: '2025-03-01T00:00:00Z' } };
  } });
  const { page, context } = await opened({}, '/professional/studies?modality=MG');
  await page.getByText('1 maart 2025').waitFor();
  await page.getByRole('button', { name: nl['list.further']! }).click();
  await page.locator('.st-row').first().waitFor();
  assert.deepEqual(queries, ['', 'n/1']);
  await context.close();
});

test('sorting is of what is shown, and says so', async () => {
  says({ [LIST]: () => ({ status: 200, body: { studies: lines(0, 5), next: 'n1' } }) });
  const { page, context } = await listed();
  await page.locator('.st-table thead').getByRole('button', { name: nl['column.patient']! }).click();
  assert.deepEqual(await ids(page), [4, 0, 1, 3, 2]);
  assert.equal(await page.locator('th.st-patient').first().getAttribute('aria-sort'), 'ascending');
  assert.match(await status(page), /gesorteerd op: Patiënt/);
  await page.locator('.st-table thead').getByRole('button', { name: nl['column.patient']! }).click();
  assert.deepEqual(await ids(page), [2, 3, 1, 0, 4]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.st-fold summary').click();
  await page.getByLabel(nl['sort']!, { exact: true }).selectOption('date');
  assert.deepEqual(await ids(page), [0, 1, 2, 3, 4]);
  await context.close();
});

test('one, several, all shown: the number is told and the bar rises', async () => {
  says({});
  const { page, context } = await listed();
  assert.equal(await page.locator('.st-bar').count(), 0);
  await page.locator('.st-row input').nth(0).check();
  await page.locator('.st-bar', { hasText: '1 geselecteerd' }).waitFor();
  await page.locator('#choose-all').check();
  await page.locator('.st-bar', { hasText: '12 geselecteerd' }).waitFor();
  await fair(page, 'all chosen');
  await page.locator('.st-bar').getByRole('button', { name: nl['bar.none']! }).click();
  await page.locator('.st-bar').waitFor({ state: 'detached' });
  await focused(page, 'choose-all');
  await context.close();
});

test('by keyboard alone: search, from line to line, select, details, open, and back to the same line', async () => {
  says({ [LIST]: () => ({ status: 200, body: { studies: lines(0, 60), next: null } }) });
  const { page, context } = await listed();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: nl['keys.title']! }).waitFor();
  await fair(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await focused(page, 'search-q');
  await page.keyboard.type('?/');
  assert.equal(await page.getByLabel(nl['search.q']!).inputValue(), '?/', 'whoever types is not interrupted');
  await page.locator(`#open-${id(0)}`).focus();
  for (let step = 0; step < 40; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('.st-bar strong').innerText(), '1 geselecteerd');
  await page.locator(`#why-${id(40)}`).waitFor();
  const covering = await page.evaluate(() => { const box = document.activeElement!.getBoundingClientRect(); const bar = document.querySelector('.st-bar')!.getBoundingClientRect(); return { under: box.bottom > bar.top, top: box.top }; });
  assert.equal(covering.under, false, 'the bar covers no focus');
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/professional/studies/${id(40)}`);
  await page.goBack();
  await page.locator('.st-row').first().waitFor();
  await focused(page, `open-${id(40)}`);
  assert.equal(await page.evaluate(() => scrollY), before);
  assert.equal(await page.locator('.st-bar strong').innerText(), '1 geselecteerd');
  await page.keyboard.press('End');
  await focused(page, `open-${id(59)}`);
  await context.close();
});

test('two are opened side by side, the newer first; the menu leads back to the list as it was left', async () => {
  says({});
  const { page, context } = await listed({}, '/professional/studies?modality=CT');
  await page.locator('.st-row input').nth(3).check();
  await page.locator('.st-row input').nth(1).check();
  await page.getByRole('button', { name: nl['bar.beside']! }).click();
  await page.waitForURL(`**/studies/${id(1)}?beside=${id(3)}`);
  await page.getByRole('navigation', { name: nl['menu']! }).getByRole('link', { name: nl['menu.studies']! }).click();
  await page.waitForURL(/studies\?modality=CT$/);
  await focused(page, `open-${id(1)}`);
  await page.locator('.st-row input').nth(5).check();
  assert.equal(await page.locator('.st-bar').getByRole('button', { name: nl['bar.beside']! }).count(), 0, 'three are not two');
  await context.close();
});

test('letters as keys can be switched off, and stay so', async () => {
  says({});
  const { page, context } = await listed();
  await page.locator('#keys').click();
  await page.getByRole('dialog', { name: nl['keys.title']! }).waitFor();
  await page.getByLabel(nl['keys.letters']!).uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await focused(page, 'keys');
  await page.reload();
  await page.locator('.st-row').first().waitFor();
  await page.keyboard.press('?');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await context.close();
});

test('every five minutes it asks again, quietly: what is read stays where it is, what is chosen stays chosen, what is new is told', async () => {
  let came = 0;
  const queries: string[] = [];
  says({ [LIST]: (_, query) => { queries.push(String(query)); return { status: 200, body: { studies: [...lines(0, came).map((one, place) => ({ ...one, id: id(500 + place) })), ...lines(0, 60)], next: null } }; } });
  const all = await browsing.open({ viewport: { width: 1440, height: 900 } });
  const { page, context } = all;
  await page.clock.install();
  await page.goto(`${base}/professional/studies`);
  await page.locator('.st-row').first().waitFor();
  await page.locator('.st-row input').nth(30).check();
  await page.locator(`#open-${id(30)}`).focus();
  await page.evaluate(() => scrollTo(0, 1500));
  const top = () => page.locator(`#open-${id(30)}`).evaluate((link) => Math.round(link.getBoundingClientRect().top));
  const before = await top();
  came = 3;
  await page.clock.fastForward(5 * MINUTE + 1000);
  await page.getByText('3 nieuwe onderzoeken binnengekomen.').waitFor();
  assert.ok(Math.abs(await top() - before) <= 1, 'but for a rounding');
  assert.equal(await page.locator('.st-bar strong').innerText(), '1 geselecteerd');
  await focused(page, `open-${id(30)}`);
  assert.deepEqual(queries, ['', 'quiet=true']);
  well(all);
  await context.close();
});

test('a copy stands there with a number for a name, says that it is anonymized, and nothing of a report', async () => {
  const copy = line(0, { date: null, time: null, description: '', patient: { name: '5 Anonymous', birthDate: null, id: null, sex: null, anonymized: true }, accession: null, hasReport: false, reportState: null, unreadReport: false, reasons: REASONS[3]! });
  says({ [LIST]: () => ({ status: 200, body: { studies: [copy, line(1)], next: null } }) });
  for (const width of [390, 1440]) {
    const all = await listed({ viewport: { width, height: 900 } });
    const row = all.page.locator('.st-row').first();
    await row.locator('.st-patient', { hasText: '5 Anonymous' }).locator('.st-sub', { hasText: nl['row.anonymized']! }).waitFor();
    assert.equal(await row.locator('.st-report').innerText(), '');
    await fair(all.page, `a copy, ${width}`);
    await shots(all.page, `list with a copy ${width}`);
    well(all);
    await all.context.close();
  }
});

test('more is shown behind what is there', async () => {
  const queries: string[] = [];
  says({ [LIST]: (_, query) => { queries.push(String(query)); return { status: 200, body: query.has('before') ? { studies: lines(100, 130), next: null } : { studies: lines(0, 100), next: 'n1' } }; } });
  const { page, context } = await listed();
  await page.locator('#more').click();
  await page.locator('.st-row').nth(129).waitFor();
  assert.deepEqual(queries, ['', 'before=n1']);
  assert.match(await status(page), /130 onderzoeken\./);
  await context.close();
});

test('nothing for 300 ms, then a still skeleton; a server that does not answer is told, and asking again mends it', async () => {
  let answer: (said: Said) => void = () => undefined;
  says({ [LIST]: () => new Promise<Said>((resolve) => { answer = resolve; }) });
  const { page, context } = await opened();
  await page.locator('.st-skeleton').waitFor();
  await fair(page, 'skeleton');
  answer({ status: 503 });
  await page.locator('[role=alert] h2', { hasText: nl['list.failed']! }).waitFor();
  await fair(page, 'failed');
  await shots(page, 'professional-failed');
  says({});
  await page.getByRole('button', { name: nl['shell.again']! }).click();
  await page.locator('.st-row').first().waitFor();
  await context.close();
});

test('without a line what was shown stays, and says from when it is', async () => {
  says({});
  const { page, context } = await listed();
  await context.setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('online'))); // as after a line that came back for a moment
  await page.getByText(nl['list.stale']!.split('.')[0]!).waitFor();
  assert.equal(await page.locator('.st-row').count(), 12);
  await fair(page, 'offline');
  await context.setOffline(false);
  await page.locator('.st-told .sg-banner').waitFor({ state: 'detached' });
  await context.close();
});

test('who is not signed in is led to the entrance, and a patient’s visit opens nothing here', async () => {
  for (const said of [ended, { status: 200, body: { kind: 'patient', now: iso(0), idleUntil: iso(MINUTE), expiresAt: iso(MINUTE), department: null, professional: null } }]) {
    says({ [SESSION]: () => said });
    const { page, context } = await opened({}, '/professional/studies?modality=CT');
    await page.waitForURL(`${base}/professional`);
    assert.equal(stub.count(LIST), 0);
    assert.equal(await page.evaluate(() => sessionStorage.getItem('studygate.wanted')), '/professional/studies?modality=CT');
    await context.close();
  }
});

test('a session that is over ends the page and leads back to it; nothing of it is left', async () => {
  says({});
  const { page, context } = await listed({}, '/professional/studies?modality=CT');
  says({ [LIST]: () => ended, [SESSION]: () => ended });
  await page.getByLabel(nl['filter.unread']!).click();
  await page.waitForURL(`${base}/professional?why=time`);
  assert.doesNotMatch(await page.content(), /Peeters/);
  assert.equal(await page.evaluate(() => sessionStorage.getItem('studygate.wanted')), '/professional/studies?modality=CT&unread=true');
  await context.close();
});

test('after signing out Back shows nothing', async () => {
  says({});
  const { page, context } = await listed();
  await page.locator(`#open-${id(0)}`).click();
  await page.waitForURL(`**/${id(0)}`);
  says({ [SESSION]: () => ended });
  await page.locator('#leave').click();
  await page.waitForURL(`${base}/professional?why=left`);
  assert.equal(stub.count('POST /api/session/logout'), 1);
  await page.goBack();
  await page.waitForURL(`${base}/professional`);
  assert.doesNotMatch(await page.content(), /Peeters|CT thorax/);
  assert.equal(stub.count(LIST), 0);
  await context.close();
});

test('without a line signing out says that it did not work, and can be tried again', async () => {
  says({ 'POST /api/session/logout': () => ({ status: 503 }) });
  const { page, context } = await listed();
  await page.locator('#leave').click();
  await page.getByRole('dialog', { name: nl['leave.failed']! }).waitFor();
  await fair(page, 'not signed out');
  says({ [SESSION]: () => ended });
  await page.getByRole('dialog').getByRole('button', { name: nl['shell.leave']! }).click();
  await page.waitForURL(`${base}/professional?why=left`);
  await context.close();
});

test('the other pages of the browser end with it', async () => {
  says({});
  const { page, context } = await listed();
  const other = await context.newPage();
  await other.goto(`${base}/professional/studies`);
  await other.locator('.st-row').first().waitFor();
  says({ [SESSION]: () => ended });
  await page.locator('#leave').click();
  await other.waitForURL(`${base}/professional?why=left`);
  assert.doesNotMatch(await other.content(), /Peeters/);
  await context.close();
});

test('two minutes before its end the session asks, and can be lengthened; at its last end it cannot', async () => {
  says({ [SESSION]: () => ({ status: 200, body: visit({}, MINUTE) }), 'POST /api/session/extend': () => ({ status: 200, body: visit() }) });
  const { page, context } = await listed();
  await page.getByRole('dialog', { name: nl['ending.title']! }).waitFor();
  await fair(page, 'ending');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: nl['ending.stay']! }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(stub.count('POST /api/session/extend'), 1);
  says({ [SESSION]: () => ({ status: 200, body: visit({}, MINUTE, MINUTE) }) });
  await page.reload();
  await page.getByRole('dialog', { name: nl['ending.title']! }).waitFor();
  assert.equal(await page.getByRole('button', { name: nl['ending.stay']! }).count(), 0);
  await page.getByRole('button', { name: nl['ending.close']! }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await context.close();
});

test('an address that leads nowhere says so', async () => {
  says({});
  const { page, context } = await opened({}, '/professional/nothing');
  await page.locator('main h1', { hasText: nl['missing.title']! }).waitFor();
  await fair(page, 'missing');
  await page.getByRole('link', { name: nl['missing.list']! }).click();
  await page.locator('.st-row').first().waitFor();
  await context.close();
});
