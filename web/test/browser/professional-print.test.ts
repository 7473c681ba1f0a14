// Printing a number, in a real browser: from the list to the letter, every refusal beside its field, by keyboard alone, light
// and dark, every language at 320 px.
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

const t = (key: string) => words['nl']![key]!;
const ONE = '4k'.padEnd(26, '0');
const TWO = '5m'.padEnd(26, '0');
const BOTH = `/professional/print?studies=${ONE},${TWO}`;
const DEFAULTS = 'GET /api/letters/defaults';
const PRINT = 'POST /api/letters';
const exams = [{ id: ONE, date: '2026-11-20', description: 'CT thorax' }, { id: TWO, date: '2025-01-02', description: 'RX knie' }];
const defaults = {
  verification: 'otp-sms', prefix: '+31', language: 'nl', validUntil: '2026-12-28', maximum: '2027-05-28', verifications: ['otp-sms', 'otp-email', 'date-of-birth'], prefixes: ['+32', '+31'],
  destination: { mobile: '+32470123456', email: 'an@example.org' }, reportAllowed: true, patient: 'An Peeters', department: { id: 'noord', name: 'Radiologie Noord' }, studies: exams, agreement: { version: '1' }, labels: { accounts: [{ id: 'maes', name: 'Jan Maes' }], groups: [{ id: 'linde', name: 'De Linde' }] },
};
const letter = {
  id: '5f0c', bucket: 'b1', reference: '7H2K-9QWD-X4T6-MR3B-V', department: 'noord', validUntil: '2026-12-28', pdf: '/api/letters/5f0c/pdf', patient: 'An Peeters', studies: exams,
  verification: 'otp-sms', sentTo: '••• 56', language: 'nl', access: 'images-and-report', anonymized: false, message: 'Tot dinsdag.', state: 'ready',
};
const visit = { kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role: 'department-staff', department: null }, department: { id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' },
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() };

function server(more: Record<string, Said | (() => Said)> = {}): void {
  stub.calls.length = 0;
  stub.say = (path, _, query) => {
    const own = more[path];
    if (own) return typeof own === 'function' ? own() : own;
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit };
      case 'GET /api/departments': return { status: 200, body: { departments: [], serviceDesk: null } };
      case DEFAULTS: {
        const ids = (query.get('studies') ?? '').split(',');
        return { status: 200, body: { ...defaults, studies: exams.filter(({ id }) => ids.includes(id)) } };
      }
      case PRINT: return { status: 201, body: letter };
      default: return { status: 404 };
    }
  };
}
const sent = () => stub.calls.filter(({ path }) => path === PRINT).map(({ body, key }) => ({ body: JSON.parse(body) as Record<string, unknown>, key }));

async function arrive(page: Page, address = BOTH): Promise<void> {
  await page.goto(base + address);
  await page.locator('main h1', { hasText: t('print.title') }).waitFor();
  await page.waitForSelector('#reason');
}

async function fill(page: Page): Promise<void> {
  await page.fill('#reason', 'Gevraagd aan de balie');
  await page.check('#agreed');
}

test('a number is printed with what was begun with, and stands large with all that was said', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  assert.equal(await page.inputValue('#destination'), '470123456');
  assert.equal(await page.inputValue('#prefix'), '+32', 'the country of the number itself, not of the last one');
  await fair(page, 'print');
  await shots(page, 'print');
  await page.fill('#message', 'Beste An,\nTot dinsdag.');
  await fill(page);
  await page.uncheck('#now');
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
  assert.equal((await page.locator('#number').innerText()).replace(/\s/g, ''), letter.reference);
  await focused(page, 'H1');
  assert.deepEqual(sent().map(({ body }) => body), [{ studies: [ONE, TWO], verification: 'otp-sms', access: 'images-and-report', reason: 'Gevraagd aan de balie', language: 'nl', validUntil: '2026-12-28', patientAgreed: true, destination: '+32 470123456', message: 'Beste An,\nTot dinsdag.' }]);
  assert.ok(!page.url().includes('7H2K'), 'the number stands in no address');
  await fair(page, 'printed');
  await shots(page, 'printed');
  await page.selectOption('#letter-language', 'fr');
  await page.waitForFunction(() => document.querySelector<HTMLAnchorElement>('#letter')!.getAttribute('href') === '/api/letters/5f0c/pdf?language=fr');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('print at once opens the letter in a tab of its own', async () => {
  server({ 'GET /api/letters/5f0c/pdf': { status: 200, body: {} } });
  const { context, page } = await browsing.open();
  await arrive(page);
  await fill(page);
  const [tab] = await Promise.all([context.waitForEvent('page'), page.click('button[type=submit]')]);
  await tab.waitForURL(/\/api\/letters\/5f0c\/pdf$/);
  await page.waitForSelector('#number');
  await context.close();
});

test('what is missing is said beside its field before anything is sent; what the server refuses likewise, and nothing is lost', async () => {
  let answer: Said = { status: 400, body: { code: 'country-not-allowed', parameter: 'destination' } };
  server({ [PRINT]: () => answer });
  const { context, page, faults } = await browsing.open();
  await arrive(page);
  await page.uncheck('#now');
  await page.fill('#destination', ' ');
  await page.click('button[type=submit]');
  await focused(page, 'summary');
  assert.equal(await page.locator('.sg-error').count(), 3);
  await fair(page, 'missing');
  assert.deepEqual(sent(), []);
  await page.fill('#destination', '+44 7700 900123');
  await fill(page);
  await page.click('button[type=submit]');
  await focused(page, 'destination');
  await page.locator('#destination-error', { hasText: t('print.fault.country-not-allowed') }).waitFor();
  await fair(page, 'refused');
  answer = { status: 503, body: {} };
  await page.click('button[type=submit]');
  await page.locator('#summary', { hasText: t('sign.unreachable') }).waitFor();
  answer = { status: 201, body: letter };
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
  const all = sent();
  assert.equal(all.length, 3);
  assert.equal(new Set(all.map(({ key }) => key)).size, 1, 'one act, however often it is sent');
  assert.deepEqual(all[2]!.body['destination'], '+44 7700 900123');
  assert.deepEqual(faults.filter((fault) => !/50\d|400/.test(fault)), []);
  await context.close();
});

test('a label is for a person or a group that the list names', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await fill(page);
  await page.uncheck('#now');
  await page.check('#labelled');
  await focused(page, 'label-text');
  await fair(page, 'label');
  await page.click('button[type=submit]');
  await page.locator('#label-text-error').waitFor();
  assert.deepEqual(sent(), []);
  await page.fill('#label-text', 'Bespreken');
  await page.selectOption('#label-for', 'groups:linde');
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
  assert.deepEqual(sent()[0]!.body['label'], { text: 'Bespreken', group: 'linde' });
  await context.close();
});

/** Printed without a name; what the server says of its copies is changed by `now`. */
async function anonymized(page: Page, now: () => Record<string, unknown> | null, more: Record<string, Said | (() => Said)> = {}): Promise<void> {
  const told = () => ({ ...letter, access: 'images', anonymized: true, copies: now() });
  server({ [PRINT]: () => ({ status: 201, body: told() }), 'GET /api/letters/5f0c': () => ({ status: 200, body: told() }), ...more });
  await arrive(page);
  await fill(page);
  await page.check('#anonymize');
  await page.uncheck('#now');
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
}

test('anonymized: the report is out of reach at once and says so; taken back, it is as it was', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.focus('#anonymize');
  await page.keyboard.press('Space');
  await page.locator('[role=status]', { hasText: t('print.anonymize.report') }).waitFor();
  assert.deepEqual(await page.locator('input[name=access]').evaluateAll((all) => all.map((one) => [one.id, (one as HTMLInputElement).checked])), [['access-images', true]]);
  await fair(page, 'print, anonymized');
  await shots(page, 'print, anonymized');
  await everyLanguage(page, 'print, anonymized', 'print.title');
  await page.uncheck('#anonymize');
  await page.waitForSelector('#access-images-and-report:checked');
  await page.check('#anonymize');
  await fill(page);
  await page.uncheck('#now');
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
  const { body } = sent()[0]!;
  assert.deepEqual([body['anonymize'], body['access']], [true, 'images']);
  await context.close();
});

test('an anonymized number tells how far its copies are until they are there, and what is copied names nobody', async () => {
  let copies = { state: 'waiting', done: 0, of: 0, left: [] as { why: string; images: number }[] };
  const { context, page, faults } = await browsing.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.clock.install();
  await anonymized(page, () => copies);
  await page.locator('.pr-copies', { hasText: t('print.copies.waiting') }).waitFor();
  await page.locator('.pr-facts', { hasText: t('print.anonymize.name') }).waitFor();
  assert.equal(await page.locator('#progress').count(), 0);
  copies = { state: 'waiting', done: 120, of: 300, left: [] };
  await page.clock.runFor(2100);
  await page.locator('.pr-progress', { hasText: /120 \S+ 300/ }).waitFor();
  assert.equal(await page.locator('#progress').evaluate((bar) => (bar as HTMLProgressElement).position), 0.4);
  await fair(page, 'copies are made');
  await shots(page, 'copies are made');
  await everyLanguage(page, 'copies are made', 'print.done.title');
  copies = { state: 'ready', done: 300, of: 300, left: [{ why: 'kind', images: 2 }, { why: 'unseen', images: 1 }] };
  await page.clock.runFor(2100);
  await page.locator('[role=status]', { hasText: t('print.copies.ready') }).waitFor();
  assert.deepEqual(await page.locator('[role=status] .ax-left li').allInnerTexts(), [`2 bestanden: ${t('who.left.kind')}`, `1 bestand: ${t('who.left.unseen')}`]);
  await fair(page, 'copies are there');
  await shots(page, 'copies are there');
  const before = stub.count('GET /api/letters/5f0c');
  await page.clock.runFor(60_000);
  assert.equal(stub.count('GET /api/letters/5f0c'), before, 'what is over is not asked for');
  await page.click('#copy');
  await page.locator('.pr-said', { hasText: t('print.done.copied') }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [letter.reference, t('print.anonymize.name')]) assert.ok(text.includes(part), part);
  for (const part of [letter.patient, 'CT thorax', 'RX knie']) assert.ok(!text.includes(part), `${part} is copied`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('when somebody must look at pictures, staff find the way there, and others are told whom to ask; failed says what now', async () => {
  for (const [role, way] of [['department-staff', '/professional/copies'], ['service-desk', '/professional/copies?department=noord'], ['professional', null]] as const) {
    const { context, page } = await browsing.open();
    await anonymized(page, () => ({ state: 'looking', done: 12, of: 15, left: [] }), { 'GET /api/session': { status: 200, body: { ...visit, professional: { ...visit.professional, role, state: 'active' } } } });
    await page.locator('.pr-copies', { hasText: t('print.copies.looking') }).waitFor();
    if (way) assert.equal(await page.getAttribute('#look', 'href'), way);
    else await page.locator('.pr-copies', { hasText: t('print.copies.ask') }).waitFor();
    await fair(page, `looking, ${role}`);
    await shots(page, `looking, ${role}`);
    await context.close();
  }
  const { context, page } = await browsing.open();
  await anonymized(page, () => ({ state: 'failed', done: 12, of: 15, left: [] }));
  await page.locator('[role=status]', { hasText: t('print.copies.failed') }).waitFor();
  await fair(page, 'copies failed');
  await shots(page, 'copies failed');
  await context.close();
});

test('asking ends after some minutes, and a hand asks again; a server that does not answer is told', async () => {
  let there = true;
  const { context, page } = await browsing.open();
  await page.clock.install();
  await anonymized(page, () => ({ state: 'waiting', done: 1, of: 15, left: [] }), {});
  const say = stub.say;
  stub.say = (path, body, query) => (path === 'GET /api/letters/5f0c' && !there ? { status: 503 } : say(path, body, query));
  for (let time = 0; time < 60 && await page.locator('#ask').count() === 0; time++) {
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/letters/5f0c'));
    await page.clock.fastForward(15_000);
    await asked;
    await page.evaluate(() => new Promise((done) => { const port = new MessageChannel(); port.port1.onmessage = done; port.port2.postMessage(0); }));
  }
  await page.waitForSelector('#ask');
  const before = stub.count('GET /api/letters/5f0c');
  await page.clock.runFor(60_000);
  assert.equal(stub.count('GET /api/letters/5f0c'), before);
  there = false;
  await page.click('#ask');
  await page.locator('[role=alert]', { hasText: t('print.copies.lost') }).waitFor();
  await fair(page, 'copies, not told');
  there = true;
  await page.focus('#ask');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#ask', { state: 'detached' });
  await context.close();
});

test('print again is another number with the same studies', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  for (const time of [1, 2]) {
    await fill(page);
    await page.uncheck('#now');
    await page.click('button[type=submit]');
    await page.waitForSelector('#number');
    if (time === 1) await page.click('#again');
    if (time === 1) await page.waitForSelector('#reason');
  }
  assert.equal(new Set(sent().map(({ key }) => key)).size, 2);
  await context.close();
});

test('a study is taken out; the ways that ask for no number say so, and what a department forbids is not offered', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#studies li', { hasText: 'RX knie' }).getByRole('button').click();
  await page.waitForFunction(() => document.querySelectorAll('#studies li').length === 1);
  await page.check('#verification-otp-email');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#destination')!.value === 'an@example.org');
  await page.check('#verification-date-of-birth');
  await page.waitForSelector('#destination', { state: 'detached' });
  await page.check('#access-images');
  await fill(page);
  await page.uncheck('#now');
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
  const { body } = sent()[0]!;
  assert.deepEqual([body['studies'], body['verification'], body['access'], 'destination' in body], [[ONE], 'date-of-birth', 'images', false]);
  await context.close();
  server({ [DEFAULTS]: { status: 200, body: { ...defaults, verification: 'otp-sms', verifications: ['date-of-birth'], reportAllowed: false } } });
  const other = await browsing.open();
  await arrive(other.page);
  assert.deepEqual(await other.page.locator('input[type=radio]').evaluateAll((all) => all.map(({ id }) => id)), ['verification-date-of-birth', 'access-images']);
  await other.context.close();
});

test('nothing chosen, not there, several patients: each says what to do', async () => {
  for (const [address, said, title] of [
    ['/professional/print', { status: 200, body: defaults }, 'print.none.title'], [BOTH, { status: 404 }, 'print.missing.title'],
    [BOTH, { status: 400, body: { code: 'studies-of-several-patients', parameter: 'studies' } }, 'print.together.title'], [BOTH, { status: 503 }, 'shell.failed'],
  ] as const) {
    server({ [DEFAULTS]: said });
    const { context, page } = await browsing.open();
    await page.goto(base + address);
    await page.locator('main h1', { hasText: t(title) }).waitFor();
    await fair(page, title);
    await context.close();
  }
});

test('what is copied holds all of it and no code; by keyboard alone', async () => {
  server();
  const { context, page } = await browsing.open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await arrive(page);
  await page.focus('#reason');
  await page.keyboard.type('Tweede mening');
  await page.focus('#agreed');
  await page.keyboard.press('Space');
  await page.focus('#now');
  await page.keyboard.press('Space');
  await page.focus('#reason');
  await page.keyboard.press('Tab');
  await page.focus('button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#copy');
  await page.focus('#copy');
  await page.keyboard.press('Enter');
  await page.locator('[role=status]', { hasText: t('print.done.copied') }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [letter.reference, 'CT thorax', '••• 56', 'Radiologie Noord']) assert.ok(text.includes(part), part);
  assert.ok(!text.includes('Tweede mening'), 'the reason is told nobody');
  await context.close();
});

test('each language fits a narrow page', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await everyLanguage(page, 'print', 'print.title');
  await context.close();
});
