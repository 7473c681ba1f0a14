// Sharing studies, in a real browser: recipients found, typed and starred, every refusal beside its field, what it came to,
// by keyboard alone, light and dark, every language at 320 px.
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
const BOTH = `/professional/share?studies=${ONE},${TWO}`;
const DEFAULTS = 'GET /api/shares/defaults';
const SHARE = 'POST /api/shares';
const SEARCH = 'POST /api/directory/search';
const FAVOURITES = 'GET /api/directory/favourites';
const exams = [{ id: ONE, date: '2026-11-20', description: 'CT thorax', patient: 'An Peeters' }, { id: TWO, date: '2025-01-02', description: 'RX knie', patient: 'An Peeters' }];
const maes = { kind: 'user', id: 'maes', name: 'Jan Maes', number: '1-00000-01-100', email: 'jan.maes@example.org', language: 'nl', hasMobile: true, favourite: false };
const martin = { kind: 'user', id: 'martin', name: 'Luc Martin', number: '1-00000-02-100', language: 'fr', hasMobile: false, favourite: true };
const marchand = { kind: 'user', id: 'marchand', name: 'Anne Marchand', language: 'fr', hasMobile: true, favourite: false };
const linde = { kind: 'group', id: 'linde', name: 'De Linde', language: 'fr', favourite: true };
const defaults = {
  department: { id: 'noord', name: 'Radiologie Noord' }, patient: 'An Peeters', exams, validUntil: '2026-12-28', validityMaximum: '2027-05-28', unlimited: true, languages: ['nl', 'fr', 'en'], language: 'en',
  access: ['report-read', 'report-write'], remembered: { twoFactor: true, sendMail: true, tellOpened: true }, agreement: '1', anonymize: true, codes: false, numbers: true,
  shared: [{ recipient: { kind: 'user', id: 'maes', name: 'Jan Maes' }, access: 'report-read', until: '2026-12-01', studies: [ONE] }],
};
const visit = { kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role: 'professional', department: null }, department: null,
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() };

type Sent = { studies: string[]; recipients: Record<string, unknown>[] } & Record<string, unknown>;
const NAMES: Record<string, string> = { maes: 'Jan Maes', martin: 'Luc Martin', linde: 'De Linde', marchand: 'Anne Marchand' };

/** What the server would say of what was sent. */
function shared(asked: Sent): object {
  return {
    id: 's1', department: 'Radiologie Noord', shares: asked.recipients.map((one, at) => {
      const [kind, id] = Object.entries(one).find(([name]) => ['account', 'group', 'department', 'email', 'mobile'].includes(name)) as [string, string];
      return { bucket: `b${at}`, recipient: { kind: kind === 'account' ? 'user' : kind, id: NAMES[id] ? id : null, name: NAMES[id] ?? id }, studies: asked.studies, twoFactor: one['twoFactor'], sendMail: one['sendMail'] };
    }),
    patient: 'An Peeters', exams: exams.filter(({ id }) => asked.studies.includes(id)), access: asked['access'], language: asked['language'], validUntil: asked['validUntil'] ?? null,
    urgent: asked['urgent'] ?? false, anonymize: asked['anonymize'] ?? false, furtherSharing: asked['furtherSharing'] ?? false, tellOpened: asked['tellOpened'] ?? false, message: asked['message'] ?? null,
  };
}

function server(more: Record<string, Said | (() => Said)> = {}): void {
  stub.calls.length = 0;
  stub.say = (path, body, query) => {
    const own = more[path];
    if (own) return typeof own === 'function' ? own() : own;
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit };
      case 'GET /api/departments': return { status: 200, body: { departments: [], serviceDesk: null } };
      case DEFAULTS: {
        const ids = (query.get('studies') ?? '').split(',');
        return { status: 200, body: { ...defaults, exams: exams.filter(({ id }) => ids.includes(id)) } };
      }
      case SEARCH: {
        const { q = '', name = '', familyName = '' } = JSON.parse(body) as Record<string, string>;
        const wanted = (q || name || familyName).toLowerCase();
        return { status: 200, body: [maes, martin, marchand, linde].filter((one) => one.name.toLowerCase().includes(wanted)) };
      }
      case FAVOURITES: return { status: 200, body: [martin, linde] };
      case SHARE: return { status: 201, body: shared(JSON.parse(body) as Sent) };
      default: return { status: 404 };
    }
  };
}
const sent = () => stub.calls.filter(({ path }) => path === SHARE).map(({ body, key }) => ({ body: JSON.parse(body) as Sent, key }));

async function arrive(page: Page, address = BOTH): Promise<void> {
  await page.goto(base + address);
  await page.locator('main h1', { hasText: t('share.title') }).waitFor();
  await page.waitForSelector('#recipient');
}

const option = (page: Page, name: string) => page.getByRole('option', { name });
const card = (page: Page, name: string) => page.locator('.sh-recipients > li', { hasText: name });

async function add(page: Page, letters: string, name: string): Promise<void> {
  await page.fill('#recipient', letters);
  await option(page, name).click();
  await card(page, name).waitFor();
}

async function fill(page: Page): Promise<void> {
  await page.fill('#reason', 'Voor overleg');
  await page.check('#agreed');
}

test('found while typing, with arrows and Enter; what was remembered is ticked; the confirmation tells all of it', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  await fair(page, 'share');
  await shots(page, 'share');
  await page.locator('#recipient').pressSequentially('Ma');
  await option(page, 'Jan Maes').waitFor();
  await fair(page, 'share suggestions');
  await shots(page, 'share-suggestions');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelector('#recipient')!.getAttribute('aria-activedescendant') === 'recipient-0');
  await page.keyboard.press('Enter');
  await card(page, 'Jan Maes').waitFor();
  await focused(page, 'recipient');
  assert.equal(await page.inputValue('#recipient'), '');
  assert.ok(await page.isChecked('#recipient-0-code'));
  assert.ok(await page.isChecked('#recipient-0-mail'));
  await card(page, 'Jan Maes').locator('.sg-banner', { hasText: 'CT thorax' }).waitFor();
  assert.equal(await page.inputValue('#mail-language'), 'nl', 'that of the first');
  await add(page, 'Mart', 'Luc Martin');
  assert.ok(await page.isDisabled('#recipient-1-code'), 'no code without a mobile');
  await card(page, 'Luc Martin').getByText(t('share.twofactor.none')).waitFor();
  await card(page, 'Jan Maes').getByRole('button', { name: t('share.star.of', { name: 'Jan Maes' }) }).click();
  await page.fill('#message', 'Graag uw mening.');
  await page.check('#urgent');
  await page.check('#further');
  await fill(page);
  await page.evaluate(() => scrollTo(0, 0)); // what is half under the studies that stay in sight is no smaller for it
  await fair(page, 'share filled');
  await shots(page, 'share-filled');
  await page.click('button[type=submit]');
  await page.waitForSelector('#facts');
  assert.deepEqual(sent().map(({ body }) => body), [{
    studies: [ONE, TWO], recipients: [{ account: 'maes', twoFactor: true, sendMail: true, favourite: true }, { account: 'martin', twoFactor: false, sendMail: true }],
    access: 'report-read', reason: 'Voor overleg', language: 'nl', validUntil: '2026-12-28', patientAgreed: true, urgent: true, furtherSharing: true, tellOpened: true, message: 'Graag uw mening.',
  }]);
  const told = await page.locator('#facts').innerText();
  for (const part of ['Jan Maes', 'Luc Martin', 'An Peeters', 'CT thorax', 'RX knie', 'Radiologie Noord', t('share.urgent'), t('share.told'), 'Graag uw mening.']) assert.ok(told.includes(part), part);
  assert.ok(!told.includes('Voor overleg'), 'the reason is told nobody');
  await page.waitForFunction(() => document.querySelector('dialog')!.scrollTop === 0); // read from its title on
  await focused(page, 'H2');
  await fair(page, 'shared');
  await shots(page, 'shared');
  assert.ok(stub.calls.filter(({ path }) => path === SEARCH).every(({ body }) => body.includes('"q"')));
  assert.ok(!page.url().includes('Ma&') && !page.url().includes('maes'), 'no name stands in an address');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('a favourite is added at once; the same twice and more than ten are refused at once', async () => {
  server({ [FAVOURITES]: { status: 200, body: [martin, linde, ...Array.from({ length: 9 }, (_, i) => ({ ...marchand, id: `m${i}`, name: `Arts ${'abcdefghi'[i]}` }))] } });
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.click('#favourites');
  const favourite = (name: string) => page.locator('#favourites-list').getByRole('button', { name });
  await favourite('Luc Martin').click();
  await card(page, 'Luc Martin').waitFor();
  await fair(page, 'favourites');
  await shots(page, 'share-favourites');
  await favourite('Luc Martin').click();
  await page.locator('#recipient-error', { hasText: t('share.twice', { name: 'Luc Martin' }) }).waitFor();
  await focused(page, 'recipient');
  await fair(page, 'twice');
  assert.equal(await page.locator('.sh-recipients > li').count(), 1);
  await favourite('De Linde').click();
  for (const letter of 'abcdefgh') await favourite(`Arts ${letter}`).click();
  await page.waitForFunction(() => document.querySelectorAll('.sh-recipients > li').length === 10);
  await favourite('Arts i').click();
  await page.locator('#recipient-error', { hasText: t('share.most', { most: '10' }) }).waitFor();
  await card(page, 'De Linde').getByRole('button', { name: t('share.drop.of', { name: 'De Linde' }) }).click();
  await page.waitForFunction(() => document.querySelectorAll('.sh-recipients > li').length === 9);
  assert.equal(await page.locator('#recipient-error').count(), 0);
  await context.close();
});

test('the language follows the recipients until it is chosen by hand', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  const speaks = (language: string) => page.waitForFunction((one) => document.querySelector<HTMLSelectElement>('#mail-language')!.value === one, language);
  await speaks('en');
  await add(page, 'Jan', 'Jan Maes');
  await speaks('nl');
  await add(page, 'Luc', 'Luc Martin');
  await speaks('nl');
  await add(page, 'Anne', 'Anne Marchand');
  await speaks('fr');
  await page.selectOption('#mail-language', 'en');
  await page.getByRole('button', { name: t('share.drop.of', { name: 'Luc Martin' }) }).click();
  await speaks('en');
  await context.close();
});

test('a detailed search finds a person, a group, a department; says what is empty or too little and what is not found', async () => {
  let wrong: Said | null = null;
  const usual = [maes, martin, marchand, linde];
  server({ [SEARCH]: () => wrong ?? { status: 200, body: JSON.parse(stub.calls.at(-1)!.body)['kind'] === 'group' ? usual.slice(3) : [] } });
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.click('#detailed');
  await focused(page, 'find-familyName');
  await fair(page, 'detailed');
  await shots(page, 'share-detailed');
  await page.keyboard.press('Enter');
  await page.locator('#find-error').waitFor();
  await focused(page, 'find-familyName');
  await fair(page, 'detailed empty');
  await page.fill('#find-email', 'jan@');
  wrong = { status: 400, body: { code: 'bad-request', parameter: 'email' } };
  await page.keyboard.press('Enter');
  await focused(page, 'find-email');
  await page.locator('#find-error').waitFor();
  wrong = null;
  await page.fill('#find-email', '');
  await page.fill('#find-familyName', 'zzz');
  await page.keyboard.press('Enter');
  await page.locator('dialog [role=status]', { hasText: t('share.find.none') }).waitFor();
  await page.check('#find-group');
  await page.fill('#find-name', 'lind');
  await page.keyboard.press('Enter');
  const hit = page.locator('.sh-hits').getByRole('button', { name: 'De Linde' });
  await hit.waitFor();
  wrong = { status: 200, body: Array.from({ length: 20 }, (_, at) => ({ ...linde, id: `l${at}` })) };
  await page.keyboard.press('Enter');
  await page.locator('dialog [role=status]', { hasText: t('share.find.many').split('. ')[1]! }).waitFor();
  await page.waitForFunction(() => { // what was found comes into sight, not the fields alone
    const said = document.querySelector('dialog [role=status]')!.getBoundingClientRect();
    return said.top < innerHeight / 2;
  });
  wrong = null;
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.sh-hits li').length === 1);
  await hit.waitFor();
  await fair(page, 'detailed found');
  await shots(page, 'share-detailed-found');
  await hit.click();
  await card(page, 'De Linde').waitFor();
  await focused(page, 'detailed');
  assert.deepEqual(stub.calls.filter(({ path }) => path === SEARCH).map(({ body }) => JSON.parse(body)), [{ kind: 'user', email: 'jan@' }, { kind: 'user', familyName: 'zzz' }, { kind: 'group', name: 'lind' }, { kind: 'group', name: 'lind' }, { kind: 'group', name: 'lind' }]);
  await context.close();
});

test('somebody without an account gets a number and a code; an address is taken whole', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await add(page, 'huisarts@example.org', 'huisarts@example.org');
  await page.fill('#recipient', '0470 12 34 56');
  await option(page, '0470 12 34 56').waitFor();
  await page.focus('#recipient');
  await page.keyboard.press('Enter');
  await card(page, '0470 12 34 56').getByText(t('share.stranger.mobile')).waitFor();
  await page.fill('#recipient', 'HUISARTS@example.org');
  await option(page, 'HUISARTS@example.org').click();
  await page.locator('#recipient-error', { hasText: t('share.twice', { name: 'HUISARTS@example.org' }) }).waitFor();
  await fill(page);
  await page.click('button[type=submit]');
  await page.waitForSelector('#facts');
  assert.deepEqual(sent()[0]!.body.recipients, [{ email: 'huisarts@example.org', twoFactor: true, sendMail: true }, { mobile: '0470 12 34 56', twoFactor: true, sendMail: true }]);
  assert.ok((await page.locator('#facts').innerText()).includes(t('share.done.number')));
  await context.close();
});

test('what is missing is said beside its field before anything is sent; what the server refuses likewise, under one key', async () => {
  let answer: Said = { status: 400, body: { code: 'recipient-unknown', parameter: 'recipients.1' } };
  server({ [SHARE]: () => answer });
  const { context, page, faults } = await browsing.open();
  await arrive(page);
  await page.fill('#until', '');
  await page.click('button[type=submit]');
  await focused(page, 'summary');
  assert.equal(await page.locator('.sg-error').count(), 4);
  await fair(page, 'share missing');
  await shots(page, 'share-missing');
  await page.fill('#recipient', 'Iemand');
  await page.click('button[type=submit]');
  await page.locator('#recipient-error', { hasText: t('share.left') }).waitFor();
  assert.deepEqual(sent(), []);
  await page.fill('#until', '2026-12-24');
  await add(page, 'Jan', 'Jan Maes');
  await add(page, 'Luc', 'Luc Martin');
  await fill(page);
  await page.click('button[type=submit]');
  await focused(page, 'recipient-1');
  await page.locator('#recipient-1-error', { hasText: t('share.fault.recipient-unknown') }).waitFor();
  await page.evaluate(() => scrollTo(0, 0)); // as above
  await fair(page, 'share refused');
  await shots(page, 'share-refused');
  for (const [code, parameter, field] of [['valid-until-too-late', 'validUntil', 'until'], ['unlimited-not-allowed', 'unlimited', 'until'], ['write-not-held', 'access', 'access'], ['language-unknown', 'language', 'mail-language'],
    ['reason-too-long', 'reason', 'reason'], ['agreement-missing', 'patientAgreed', 'agreed'], ['anonymize-not-possible', 'anonymize', 'anonymize'], ['message-too-long', 'message', 'message'], ['too-many-recipients', 'recipients', 'recipient']] as const) {
    answer = { status: 400, body: { code, parameter } };
    await page.click('button[type=submit]');
    await focused(page, field);
    await page.locator(`#${field}-error`, { hasText: t(`share.fault.${code}`, { most: '10' }) }).waitFor();
  }
  answer = { status: 404 };
  await page.click('button[type=submit]');
  await page.locator('#summary', { hasText: t('share.fault.missing') }).waitFor();
  answer = { status: 503, body: {} };
  await page.click('button[type=submit]');
  await page.locator('#summary', { hasText: t('sign.unreachable') }).waitFor();
  answer = { status: 201, body: shared(sent()[0]!.body) };
  await page.click('button[type=submit]');
  await page.waitForSelector('#facts');
  assert.equal(new Set(sent().map(({ key }) => key)).size, 1, 'one act, however often it is sent');
  assert.deepEqual(faults.filter((fault) => !/50\d|40\d/.test(fault)), []);
  await context.close();
});

test('a study is taken out; without an end, anonymised and written on it is sent so, and copied without the name', async () => {
  server();
  const { context, page } = await browsing.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await arrive(page);
  await page.locator('#studies summary').click();
  await shots(page, 'share-studies');
  await page.locator('#studies summary').click().catch(() => undefined);
  if (!await page.locator('#studies').evaluate((one) => (one as HTMLDetailsElement).open)) await page.locator('#studies summary').click();
  await page.locator('#studies li', { hasText: 'RX knie' }).getByRole('button').click();
  await page.waitForFunction(() => document.querySelectorAll('#studies li').length === 1);
  await add(page, 'Linde', 'De Linde');
  await page.check('#access-report-write');
  await page.check('#unlimited');
  assert.ok(await page.isDisabled('#until'));
  await page.check('#anonymize');
  await page.getByText(t('share.anonymize.report')).waitFor();
  await fill(page);
  await page.click('button[type=submit]');
  await page.waitForSelector('#facts');
  const { body } = sent()[0]!;
  assert.deepEqual([body.studies, body['access'], body['unlimited'], 'validUntil' in body, body['anonymize'], body.recipients], [[ONE], 'report-write', true, false, true, [{ group: 'linde', twoFactor: true, sendMail: true }]]);
  await page.getByText(t('share.done.copies')).waitFor();
  await page.click('#copy');
  await page.locator('dialog [role=status]', { hasText: t('share.done.copied') }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(text.includes('De Linde') && text.includes(t('share.unlimited')));
  for (const part of ['Peeters', 'CT thorax', 'Voor overleg']) assert.ok(!text.includes(part), part);
  await context.close();
});

test('what a department forbids, or the share that these came by, is not offered; codes go on', async () => {
  server({ [DEFAULTS]: { status: 200, body: { ...defaults, patient: null, access: ['report-read'], unlimited: false, anonymize: false, codes: true, numbers: false, validityMaximum: '2026-12-31', remembered: { twoFactor: false, sendMail: false, tellOpened: false } } } });
  const { context, page } = await browsing.open();
  await arrive(page);
  for (const id of ['access-report-write', 'unlimited', 'anonymize']) assert.equal(await page.locator(`#${id}`).count(), 0, id);
  assert.equal(await page.getAttribute('#until', 'max'), '2026-12-31');
  await page.locator('#studies', { hasText: t('share.several') }).waitFor();
  await page.fill('#recipient', 'iemand@example.org');
  await page.locator('.sh-find [role=status]', { hasText: t('share.find.none') }).waitFor();
  await page.fill('#recipient', 'Luc');
  await option(page, 'Luc Martin').click();
  await page.locator('#recipient-error', { hasText: t('share.bare', { name: 'Luc Martin' }) }).waitFor();
  await add(page, 'Anne', 'Anne Marchand');
  assert.ok(await page.isChecked('#recipient-0-code') && await page.isDisabled('#recipient-0-code') && !await page.isChecked('#recipient-0-mail'));
  await fair(page, 'share with codes');
  await context.close();
});

test('share again has the same studies, no recipients and another key; closing leads to the list', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  for (const time of [1, 2]) {
    await add(page, 'Jan', 'Jan Maes');
    await fill(page);
    await page.click('button[type=submit]');
    await page.waitForSelector('#facts');
    if (time === 2) break;
    await page.click('#again');
    await page.waitForSelector('#facts', { state: 'detached' });
    await page.waitForSelector('#recipient');
    await page.waitForFunction(() => document.querySelectorAll('.sh-recipients > li').length === 0);
  }
  const all = sent();
  assert.equal(new Set(all.map(({ key }) => key)).size, 2);
  assert.deepEqual(all[1]!.body.studies, [ONE, TWO]);
  await page.keyboard.press('Escape');
  await page.locator('main h1', { hasText: t('list.title') }).waitFor();
  await context.close();
});

test('the search says when it finds nobody, is asked too often, or is not reached; Escape closes', async () => {
  let answer: Said = { status: 200, body: [] };
  server({ [SEARCH]: () => answer, [FAVOURITES]: () => answer });
  const { context, page } = await browsing.open();
  await arrive(page);
  const type = async (text: string, said: string) => {
    await page.fill('#recipient', text);
    await page.locator('.sh-find [role=status]', { hasText: said }).waitFor();
  };
  await type('Niemand', t('share.find.none'));
  await fair(page, 'nobody');
  await shots(page, 'share-nobody');
  await page.click('#favourites');
  await page.getByText(t('share.favourites.none')).waitFor();
  await page.click('#favourites');
  answer = { status: 400, body: { code: 'bad-request', parameter: 'q' } };
  await type('jan@', t('share.find.none'));
  answer = { status: 429, headers: { 'retry-after': '600' } };
  await type('Niemand meer', t('sign.slow').replace('{n}', '').trim().slice(0, 20));
  answer = { status: 503 };
  await type('Niemand hier', t('share.find.failed'));
  await page.click('#favourites');
  await page.getByText(t('share.favourites.failed')).waitFor();
  await fair(page, 'favourites failed');
  answer = { status: 200, body: [maes] };
  await page.fill('#recipient', 'Mae');
  await option(page, 'Jan Maes').waitFor();
  await page.keyboard.press('Escape');
  await option(page, 'Jan Maes').waitFor({ state: 'hidden' });
  assert.equal(await page.inputValue('#recipient'), 'Mae');
  await page.keyboard.press('Escape');
  assert.equal(await page.inputValue('#recipient'), '');
  await context.close();
});

test('who is marked while others are still looked for is taken as long as they are found, and nobody in their place', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  const marked = (name: string) => page.waitForFunction((wanted) => document.querySelector('[role=option][aria-selected=true]')?.textContent?.includes(wanted), name);
  await page.locator('#recipient').pressSequentially('Ma');
  await option(page, 'Jan Maes').waitFor();
  let go = () => {};
  await page.route(`**${SEARCH.split(' ')[1]}`, async (route) => {
    await new Promise<void>((resolve) => { go = resolve; });
    await route.continue();
  });
  const later = async (letter: string, name: string, downs: number) => {
    const asked = page.waitForRequest((request) => request.url().endsWith('/search'));
    await page.keyboard.type(letter);
    await asked;
    for (let i = 0; i < downs; i++) await page.keyboard.press('ArrowDown');
    await marked(name);
    const come = page.waitForResponse((response) => response.url().endsWith('/search'));
    go();
    await come;
  };
  await later('r', 'Jan Maes', 1);
  await option(page, 'Jan Maes').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.sh-recipients > li').count(), 0);
  assert.equal(await page.inputValue('#recipient'), 'Mar');
  await later('t', 'Luc Martin', 1);
  await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1);
  await page.keyboard.press('Enter');
  await card(page, 'Luc Martin').waitFor();
  await context.close();
});

test('by keyboard alone, from the first recipient to what is copied', async () => {
  server();
  const { context, page } = await browsing.open({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1440, height: 900 } });
  await arrive(page);
  await page.focus('#recipient');
  await page.keyboard.type('Linde');
  await option(page, 'De Linde').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await card(page, 'De Linde').waitFor();
  const tab = async (id: string) => {
    for (let at = 0; at < 30; at++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.id) === id) return;
    }
    assert.fail(`Tab does not come to ${id}`);
  };
  await tab('recipient-0-code');
  await page.keyboard.press('Space');
  await tab('access-report-read');
  await page.keyboard.press('ArrowDown');
  await tab('reason');
  await page.keyboard.type('Tweede mening');
  await tab('agreed');
  await page.keyboard.press('Space');
  await tab('message');
  await page.keyboard.type('Dank');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#facts');
  await tab('copy').catch(() => undefined);
  await page.focus('#copy');
  await page.keyboard.press('Enter');
  await page.locator('dialog [role=status]', { hasText: t('share.done.copied') }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /De Linde[^]*CT thorax/);
  const { body } = sent()[0]!;
  assert.deepEqual([body.recipients, body['access'], body['reason'], body['message']], [[{ group: 'linde', twoFactor: false, sendMail: true }], 'report-write', 'Tweede mening', 'Dank']);
  await context.close();
});

test('nothing chosen, not there, of several departments, not reached: each says what to do', async () => {
  for (const [address, said, title] of [
    ['/professional/share', { status: 200, body: defaults }, 'share.none.title'], [BOTH, { status: 404 }, 'share.missing.title'],
    [BOTH, { status: 400, body: { code: 'studies-of-several-departments', parameter: 'studies' } }, 'share.together.title'], [BOTH, { status: 503 }, 'shell.failed'],
  ] as const) {
    server({ [DEFAULTS]: said });
    const { context, page } = await browsing.open();
    await page.goto(base + address);
    await page.locator('main h1', { hasText: t(title) }).waitFor();
    await fair(page, title);
    await context.close();
  }
});

test('each language fits a narrow page, with recipients and with what it came to', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await add(page, 'Jan', 'Jan Maes');
  await add(page, 'Luc', 'Luc Martin');
  await everyLanguage(page, 'share', 'share.title');
  await context.close();
});
