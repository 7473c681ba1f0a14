// The department's desk in a real browser: each of its states, by keyboard alone, light and dark, every language at 320 px.
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

const t = (key: string, holes: Record<string, string> = {}) => words['nl']![key]!.replace(/\{(\w+)\}/g, (_, name: string) => holes[name] ?? '');
const RECEIPTS = 'GET /api/desk/receipts';
const ORDERS = 'GET /api/desk/orders';
const SEARCH = 'POST /api/desk/orders/search';
const STUDIES = 'GET /api/desk/studies';
const id = (name: string) => `noord.${name.padEnd(26, '0')}`;
const STUDY = '4k'.padEnd(26, '0');
const AN = 'a1'.padEnd(26, '0');
const ANNA = 'a2'.padEnd(26, '0');

const receipts = [
  { id: 'noord.20261127T100000Z-1', key: 'in/noord/order-17.json', code: 'weak-number', sentence: 'The number could be guessed: it opens nothing. Send the order again with a number of the department\'s minimum complexity.',
    at: '2026-11-27T10:00:00Z', done: false, doneAt: null, about: { accession: 'A20261127-17', studyUid: null, sopUid: null } },
  { id: 'noord.20261126T090000Z-2', key: 'in/noord/ct/0001.dcm', code: 'bad-vr', sentence: 'Element (0010,0010) has a value representation that nobody knows. Send it again from the archive.',
    at: '2026-11-26T09:00:00Z', done: false, doneAt: null, about: { accession: null, studyUid: '1.2.826.0.1.3680043.8.498.12345678901234567890', sopUid: null } },
  { id: 'noord.20261125T090000Z-3', key: '', code: 'patient-mismatch', sentence: 'An order names this study or its accession number, but the files are of another patient: the study opens for nobody.',
    at: '2026-11-25T09:00:00Z', done: true, doneAt: '2026-11-26T08:00:00Z', about: { accession: 'A20261125-3', studyUid: '1.2.3', sopUid: null } },
];
const patient = { name: 'Peeters, An', birthDate: '1958-03-07', id: 'P-4711', issuer: 'NOORD', sex: 'F' };
const ordered = { id: STUDY, date: '2026-11-20', description: 'CT thorax', modalities: ['CT'], instances: 300, state: 'complete', why: [], byHand: false };
const number = { state: 'valid', why: null, failures: 0, codeFailures: 0, validFrom: '2026-11-20T00:00:00Z', validUntil: '2027-01-21T00:00:00Z', verification: 'otp-sms' };
const orders = [
  { id: id('o1'), accession: 'A20261120-17', placedAt: '2026-11-20T08:15:00Z', patient, studies: [ordered], number: { ...number, state: 'blocked', failures: 5 }, payment: null, acts: ['unlock', 'judge'] },
  { id: id('o2'), accession: 'A20261119-4', placedAt: '2026-11-19T08:15:00Z', patient: { ...patient, name: 'Janssens, Jan', birthDate: '1971' }, studies: [{ ...ordered, state: 'held', why: ['patient-mismatch'] }],
    number: { ...number, verification: 'payment' }, payment: { state: 'unpaid', pincodeFailures: 0, byHand: false, mobile: '•••• •• 47' }, acts: ['paid', 'judge'] },
  { id: id('o3'), accession: 'A20261118-1', placedAt: '2026-11-18T08:15:00Z', patient, studies: [], number: { ...number, verification: 'payment', codeFailures: 2 },
    payment: { state: 'paid', pincodeFailures: 2, byHand: true, mobile: '•••• •• 47' }, acts: ['unlock', 'pincode', 'judge'] },
  { id: id('o4'), accession: 'A20261117-9', placedAt: '2026-11-17T08:15:00Z', patient, studies: [{ ...ordered, state: 'announced' }],
    number: { ...number, state: 'refused', why: 'mobile-none', validFrom: null, validUntil: null, verification: null }, payment: null, acts: ['judge'] },
];
const person = { id: AN, name: 'PEETERS AN', birthDate: '19580307', patientId: 'P-4711', issuer: 'NOORD', accessions: ['A20261120-17'], files: 299, shown: true };
const held = { id: STUDY, since: '2026-11-27T09:00:00Z', why: ['patient-mismatch'], date: '2026-11-27', description: 'MR knie links', modalities: ['MR'], instances: 120, complete: true,
  accessions: ['A20261119-4'], order: null, patient: { ...person, id: ANNA, name: 'PEETERS ANNA', patientId: 'P-9999', files: 120, shown: false }, persons: 1, byHand: false };
const judged = {
  study: held, persons: [held.patient],
  orders: [{ id: id('o2'), accession: 'A20261119-4', patient, listed: false, fits: [{ person: ANNA, likeness: 'other' }] }],
  pictures: [{ person: ANNA, series: 'sag T1', url: '/icon.svg' }], acts: ['match', 'looked-at'],
};
const departments = { departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }],
  serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' } };
const visit = (role: string) => ({ kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role, state: 'active' },
  department: role === 'service-desk' ? null : { id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' },
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });

function server(more: Record<string, Said> = {}, role = 'department-admin'): void {
  stub.calls.length = 0;
  let open: object[] = [held];
  stub.say = (path, _, query) => {
    if (more[path]) return more[path];
    if (path.endsWith('/match') || path.endsWith('/looked-at')) {
      open = [];
      return { status: 204 };
    }
    if (/^POST \/api\/desk\/.*\/(done|unlock|paid|pincode|release|unmatch)$/.test(path)) return { status: 204 };
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit(role) };
      case 'GET /api/departments': return { status: 200, body: departments };
      case RECEIPTS: return { status: 200, ...(query.get('before') === 'noord#1' ? { body: [receipts[2]] } : { body: receipts.slice(0, 2), headers: { link: '<?before=noord%231>; rel="next"' } }) };
      case ORDERS: return { status: 200, body: orders };
      case SEARCH: return { status: 200, body: [orders[1]] };
      case STUDIES: return { status: 200, body: open };
      case `GET /api/desk/studies/${STUDY}`: return { status: 200, body: judged };
      default: return { status: 404 };
    }
  };
}
const sent = (end: string) => stub.calls.filter((call) => call.path.endsWith(end) && call.path.startsWith('POST')).map((call) => [call.path, JSON.parse(call.body) as unknown]);

async function arrive(page: Page, query = ''): Promise<void> {
  await page.goto(`${base}/professional/desk${query}`);
  await page.locator('main h1', { hasText: t('desk.title') }).waitFor();
}
const row = (page: Page, text: string) => page.locator('.dk-table tbody tr', { hasText: text });
const button = (page: Page, text: string) => page.getByRole('button', { name: text });

test('what was refused is told with what helps, and is marked as dealt with by keyboard alone', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  await row(page, t('desk.why.weak-number')).waitFor();
  assert.equal(await page.locator('.dk-table tbody tr').count(), 2);
  assert.equal(await row(page, '0001.dcm').locator('[lang=en]').count(), 1); // an English sentence says so
  await page.locator('.sg-banner a', { hasText: t('desk.held.look') }).waitFor();
  await fair(page, 'desk, to do');
  await shots(page, 'desk, to do');
  await row(page, 'A20261127-17').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.dk-said', { hasText: t('desk.done.said') }).waitFor();
  assert.deepEqual(sent('/done'), [['POST /api/desk/receipts/noord.20261127T100000Z-1/done', { done: true }]]);
  assert.equal(await row(page, 'A20261127-17').count(), 0);
  await page.getByLabel(t('desk.all')).check();
  await row(page, 'A20261127-17').getByRole('button', { name: t('desk.done.undo') }).click();
  await page.locator('.dk-said', { hasText: t('desk.done.undone') }).waitFor();
  assert.deepEqual(sent('/done').at(-1), ['POST /api/desk/receipts/noord.20261127T100000Z-1/done', { done: false }]);
  await button(page, t('desk.more')).click();
  await row(page, 'A20261125-3').waitFor();
  await fair(page, 'desk, dealt with');
  await everyLanguage(page, 'desk, to do', 'desk.title');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('orders say how number and payment stand; a search stands in no address', async () => {
  server();
  const { context, page, faults, addresses } = await browsing.open();
  await arrive(page, '?part=orders');
  await row(page, 'A20261120-17').locator('.dk-bad', { hasText: t('desk.number.blocked') }).waitFor();
  await row(page, 'A20261117-9').locator('td', { hasText: t('desk.why.mobile-none') }).waitFor();
  await row(page, 'A20261118-1').locator('td', { hasText: t('desk.payment.paid.byhand') }).waitFor();
  await fair(page, 'desk, orders');
  await shots(page, 'desk, orders');
  await page.locator('#sought').focus();
  await page.keyboard.type('Janssens');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.dk-table tbody tr').length === 1);
  assert.deepEqual(sent('/search'), [[SEARCH, { q: 'Janssens' }]]);
  await page.locator('#sought').fill('');
  await row(page, 'A20261120-17').waitFor();
  await everyLanguage(page, 'desk, orders', 'desk.title');
  assert.ok(addresses.every((address) => !address.includes('Janssens')));
  assert.deepEqual(faults, []);
  await context.close();
});

test('unlocking asks for a reason, says what it does, and what it came to', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page, '?part=orders');
  await row(page, 'A20261120-17').getByRole('button').click();
  const dialog = page.locator('dialog');
  await dialog.locator('h2', { hasText: t('desk.unlock.title', { accession: 'A20261120-17' }) }).waitFor();
  await dialog.locator('textarea').focus();
  await page.keyboard.type('   ');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.sg-error', { hasText: t('desk.reason.missing') }).waitFor();
  await focused(page, 'TEXTAREA');
  assert.deepEqual(sent('/unlock'), []);
  await fair(page, 'desk, reason missing');
  await shots(page, 'desk, reason missing');
  await dialog.locator('textarea').fill('  She called, and it is she.  ');
  await dialog.locator('button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('desk.unlock.said', { accession: 'A20261120-17' }) }).waitFor();
  assert.deepEqual(sent('/unlock'), [[`POST /api/desk/orders/${id('o1')}/unlock`, { reason: 'She called, and it is she.' }]]);
  await row(page, 'A20261118-1').getByRole('button', { name: t('desk.pincode') }).click();
  await dialog.waitFor();
  assert.equal(await dialog.locator('textarea').count(), 0); // nothing to give a reason for
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await context.close();
});

test('what may not be done, or not now, says so and keeps what was typed', async () => {
  const paid = `POST /api/desk/orders/${id('o2')}/paid`;
  for (const [said, key] of [[{ status: 403 }, 'forbidden'], [{ status: 409, body: { code: 'already-paid' } }, 'already-paid'], [{ status: 409, body: { code: 'something-new' } }, 'other'], [{ status: 500 }, 'other']] as const) {
    server({ [paid]: said });
    const { context, page } = await browsing.open();
    await arrive(page, '?part=orders');
    await row(page, 'A20261119-4').getByRole('button').click();
    await page.locator('dialog textarea').fill('Paid at the counter.');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog [role=alert]', { hasText: t(`desk.refused.${key}`) }).waitFor();
    assert.equal(await page.locator('dialog textarea').inputValue(), 'Paid at the counter.');
    await fair(page, `desk, refused ${key}`);
    await context.close();
  }
});

test('files and orders stand beside each other, and a study is matched with a reason', async () => {
  server();
  const { context, page, faults } = await browsing.open();
  await arrive(page, '?part=studies');
  await row(page, 'MR knie links').waitFor();
  await fair(page, 'desk, held back');
  await shots(page, 'desk, held back');
  await everyLanguage(page, 'desk, held back', 'desk.title');
  await row(page, 'MR knie links').getByRole('button').click();
  const dialog = page.locator('dialog');
  await dialog.locator('.dk-side', { hasText: 'P-9999' }).waitFor();
  await dialog.locator('.dk-bad', { hasText: t('desk.fits.other') }).waitFor();
  await fair(page, 'desk, compare');
  await shots(page, 'desk, compare');
  await button(page, t('desk.match')).click();
  await dialog.locator('textarea').fill('Her maiden name; compared with the request form.');
  await fair(page, 'desk, match');
  await shots(page, 'desk, match');
  await dialog.locator('button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('desk.match.said') }).waitFor();
  assert.deepEqual(sent('/match'), [[`POST /api/desk/orders/${id('o2')}/match`, { study: STUDY, persons: [ANNA], reason: 'Her maiden name; compared with the request form.' }]]);
  await page.locator('.dk-empty', { hasText: t('desk.studies.none') }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('of several persons somebody says whose files are the patient’s', async () => {
  const two = { ...judged, persons: [person, { ...held.patient, shown: false }], acts: ['release', 'looked-at'], study: { ...held, why: ['instance-other-patient'], order: { id: id('o1'), accession: 'A20261120-17' }, persons: 2 } };
  server({ [`GET /api/desk/studies/${STUDY}`]: { status: 200, body: two } });
  const { context, page } = await browsing.open({ viewport: { width: 1024, height: 768 } });
  await arrive(page, '?part=studies');
  await row(page, 'MR knie links').getByRole('button').click();
  await button(page, t('desk.release')).click();
  assert.equal(await page.locator('dialog [type=checkbox]').count(), 1); // what is shown needs no release
  await page.locator('dialog [type=checkbox]').uncheck();
  await page.locator('dialog textarea').fill('Two spellings.');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog [role=alert]', { hasText: t('desk.refused.persons-needed') }).waitFor();
  await page.locator('dialog [type=checkbox]').check();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('desk.release.said') }).waitFor();
  assert.deepEqual(sent('/release'), [[`POST /api/desk/studies/${STUDY}/release`, { persons: [ANNA], reason: 'Two spellings.' }]]);
  await context.close();
});

test('empty, not loaded and not allowed each say what is so', async () => {
  const empty = { [RECEIPTS]: { status: 200, body: [] }, [ORDERS]: { status: 200, body: [] }, [STUDIES]: { status: 200, body: [] } };
  const { context, page } = await browsing.open();
  for (const [more, query, key] of [[empty, '', 'receipts.none'], [empty, '?part=orders', 'orders.none'], [empty, '?part=studies', 'studies.none'],
    [{ [ORDERS]: { status: 500 } }, '?part=orders', 'failed'], [{ [STUDIES]: { status: 403 } }, '?part=studies', 'forbidden'], [{ [RECEIPTS]: { status: 404 } }, '', 'forbidden']] as const) {
    server(more);
    await arrive(page, query);
    await page.locator('main', { hasText: t(`desk.${key}`) }).waitFor();
    await fair(page, `desk, ${key}`);
  }
  server({ [ORDERS]: { status: 500 } });
  await arrive(page, '?part=orders');
  await button(page, t('shell.again')).waitFor();
  server();
  await button(page, t('shell.again')).click();
  await row(page, 'A20261120-17').waitFor();
  await context.close();
});

test('the service desk chooses a department first; it stands in the address and in each call', async () => {
  server({}, 'service-desk');
  const asked = new Array<string>();
  const say = stub.say;
  stub.say = (path, body, query) => {
    if (path.includes('/desk/')) asked.push(`${path} ${query.get('department')}`);
    return say(path, body, query);
  };
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await arrive(page);
  await page.locator('main', { hasText: t('desk.choose') }).waitFor();
  assert.deepEqual(asked, []);
  await fair(page, 'desk, choose');
  await page.locator('#whose').selectOption('lindenhof');
  await row(page, 'A20261127-17').waitFor();
  assert.ok(page.url().endsWith('?department=lindenhof'));
  await page.locator('.dk-parts a', { hasText: t('desk.orders') }).click();
  await row(page, 'A20261120-17').waitFor();
  assert.ok(asked.length > 2 && asked.every((one: string) => one.endsWith(' lindenhof')), asked.join());
  await fair(page, 'desk of another, orders');
  await context.close();
});
