// Who has access, in a real browser: each of its states, by keyboard alone, light and dark, every language at 320 px.
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
const STUDY = '4k'.padEnd(26, '0');
const ACCESS = `GET /api/studies/${STUDY}/access`;
const grant = { id: `${STUDY}.g1`, kind: 'account', name: 'Dr. Jan Willems', reason: 'requested', access: 'images-and-report', from: '2026-11-20T08:15:00Z', until: '2027-11-20T00:00:00Z', by: null, state: 'active', shared: null as object | null };
const shared = { bucket: 's1', under: null as string | null, reason: 'Second reading', twoFactor: true, failures: 0, write: false, further: true, anonymized: false, left: [] as object[] };
const grants = [grant,
  { ...grant, id: `${STUDY}.g2`, kind: 'group', name: 'Huisartsen Linde', reason: 'copied', access: 'images', from: null },
  { ...grant, id: `${STUDY}.g3`, kind: 'department', name: 'Radiologie', reason: 'staff', from: null, until: null },
  { ...grant, id: `${STUDY}.g4`, name: 'Dr. Mia Claes', reason: 'reference', by: 'Dr. Mia Claes', state: 'withdrawn' },
  { ...grant, id: `${STUDY}.g5`, name: 'Dr. Tom Aerts', reason: 'shared', by: 'Els Peeters', shared: { ...shared, write: true } },
  { ...grant, id: `${STUDY}.g6`, kind: 'group', name: 'Praktijk De Eik', reason: 'shared', by: 'Dr. Tom Aerts', state: 'blocked', shared: { ...shared, bucket: 's2', under: 's1', failures: 5 } },
  { ...grant, id: `${STUDY}.g7`, name: 'Dr. Lea Mertens', reason: 'shared', by: 'Dr. Ann Bos', shared: { ...shared, bucket: 's3', under: 's2', reason: null, twoFactor: false } },
  { ...grant, id: `${STUDY}.g8`, kind: 'department', name: 'Pneumologie', reason: 'shared', by: 'Els Peeters', access: 'images', state: 'waiting', shared: { ...shared, bucket: 's4', anonymized: true, twoFactor: false } }];
const bucket = { id: 'b1', kind: 'print', state: 'active', access: 'images', verification: 'otp-sms', sentTo: '•••• •• 47', failures: 0, dateFailures: 0, from: '2026-11-27T09:00:00Z', until: '2026-12-28T00:00:00Z',
  madeAt: '2026-11-27T09:00:00Z', by: 'Els Peeters', reason: 'Second opinion', anonymized: false, left: [] as { why: string; images: number }[], studies: 2 };
const buckets = [
  { ...bucket, id: 'b0', kind: 'number', verification: 'date-of-birth', sentTo: null, dateFailures: 1, madeAt: null, by: null, reason: null, studies: 1 },
  { ...bucket, failures: 5, dateFailures: 2, state: 'blocked' },
  { ...bucket, id: 'b2', verification: 'otp-email', sentTo: 'a•••@example.org', anonymized: true, state: 'waiting', left: [{ why: 'stream', images: 3 }], studies: 1 },
  { ...bucket, id: 'b3', state: 'expired', until: '2026-11-01T00:00:00Z' },
  { ...bucket, id: 'b4', kind: 'glass', verification: 'date-of-birth', sentTo: null, until: '2026-11-29T00:00:00Z', access: 'images-and-report', reason: 'Emergency', studies: 1 }];
const departments = { departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }],
  serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' } };
const visit = (role: string) => ({ kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role, state: 'active' },
  department: role === 'department-admin' || role === 'department-staff' ? { id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' } : null,
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });

/** What was ended stays ended, as at the server. */
function server(more: Record<string, Said> = {}, role = 'department-admin'): void {
  stub.calls.length = 0;
  const ended = new Set<string>();
  let unlocked = false;
  const stand = <T extends { readonly id: string; readonly state: string }>(line: T) => (ended.has(line.id) ? { ...line, state: 'withdrawn' }
    : unlocked && line.state === 'blocked' ? { ...line, state: 'active', failures: 0, dateFailures: 0 } : line);
  stub.say = (path) => {
    if (more[path]) return more[path];
    const [, end] = /^DELETE \/api\/(?:grants|buckets)\/([^/]+)$/.exec(path) ?? [];
    if (end) {
      ended.add(end);
      return { status: 204 };
    }
    if (/^DELETE \/api\/buckets\/[^/]+\/studies\//.test(path)) return { status: 204 };
    if (path.endsWith('/unlock')) {
      unlocked = true;
      return { status: 204 };
    }
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit(role) };
      case 'GET /api/departments': return { status: 200, body: departments };
      case ACCESS: return { status: 200, body: { grants: grants.map(stand), buckets: buckets.map(stand), refused: null, downloads: [{ at: '2026-11-24T09:12:00Z', kind: 'patient', by: null }, { at: '2026-11-23T09:12:00Z', kind: 'staff', by: 'An Peeters' }] } };
      default: return { status: 404 };
    }
  };
}
const acts = () => stub.calls.filter(({ path }) => /^(DELETE|POST) \/api\/(grants|buckets)/.test(path)).map(({ path, body }) => [path, JSON.parse(body) as unknown]);

async function arrive(page: Page): Promise<void> {
  await page.goto(`${base}/professional/studies/${STUDY}/access`);
  await page.locator('main h1', { hasText: t('who.title') }).waitFor();
}
const row = (page: Page, id: string) => page.locator('tr', { has: page.locator(`[id="line-${id}"]`) });

test('everybody who sees a study stands there with why, since when, until when and by whom', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  await row(page, grant.id).locator('td', { hasText: t('who.why.requested') }).waitFor();
  assert.equal(await page.locator('.ax-people tbody tr').count(), 8);
  await row(page, 'b2').locator('td', { hasText: t('who.making') }).waitFor();
  await row(page, 'b2').locator('.ax-left', { hasText: t('who.left.stream') }).waitFor();
  await row(page, 'b1').locator('td', { hasText: t('who.wrong.codes', { count: '5', max: '5' }) }).waitFor();
  await row(page, 'b1').locator('.ax-blocked', { hasText: t('who.state.blocked') }).locator('svg').waitFor();
  assert.equal(await row(page, 'b3').getByRole('button').count(), 0); // what is over has nothing to press
  await fair(page, 'access');
  await shots(page, 'access');
  await everyLanguage(page, 'access', 'who.title');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('what a person was given ends at a press, by keyboard alone, and the line says so where it stands', async () => {
  server();
  const { context, page, faults } = await browsing.open();
  await arrive(page);
  const line = row(page, grant.id);
  await line.getByRole('button').focus();
  const before = await line.boundingBox();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('p', { hasText: t('who.withdraw.text', { name: grant.name }) }).waitFor();
  await fair(page, 'access, withdraw');
  await shots(page, 'access, withdraw');
  await dialog.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.dk-said', { hasText: t('who.withdraw.said', { name: grant.name }) }).waitFor();
  await line.locator('.ax-withdrawn').waitFor();
  await focused(page, `line-${grant.id}`);
  assert.deepEqual(acts(), [[`DELETE /api/grants/${grant.id}`, {}]]);
  assert.equal((await line.boundingBox())!.y, before!.y);
  assert.deepEqual(faults, []);
  await context.close();
});

test('what was shared stands with why, how and what was given on from it, and ends with that', async () => {
  server();
  const { context, page, faults } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await arrive(page);
  const line = (n: number) => row(page, `${STUDY}.g${n}`);
  for (const word of [t('who.why.shared'), t('who.reason', { reason: 'Second reading' }), t('who.check.otp-sms'), t('who.write')]) await line(5).getByText(word).waitFor();
  for (const word of [t('who.why.further'), t('who.by', { by: 'Dr. Tom Aerts' }), t('who.wrong.codes', { count: '5', max: '5' })]) await line(6).getByText(word).waitFor();
  for (const word of [t('who.anonymized'), t('who.making')]) await line(8).getByText(word, { exact: true }).waitFor();
  const edge = (n: number) => line(n).locator('th .dk-main').evaluate((one) => one.getBoundingClientRect().left);
  assert.ok(await edge(5) < await edge(6) && await edge(6) < await edge(7) && await edge(8) === await edge(5), 'each stands below what it came out of');
  await line(5).getByRole('button', { name: t('who.withdraw') }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByText(/voor 2 anderen/).waitFor();
  await fair(page, 'access, withdraw with what is below');
  await page.keyboard.press('Escape');
  await line(6).getByRole('button', { name: t('desk.unlock') }).click();
  await dialog.locator('textarea').fill('It was she who tried.');
  await fair(page, 'access, unlock what was shared');
  await dialog.locator('button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('who.open.said', { name: 'Praktijk De Eik' }) }).waitFor();
  await line(6).locator('.ax-active').waitFor();
  await focused(page, `line-${STUDY}.g6`);
  assert.deepEqual(acts(), [['POST /api/buckets/s2/unlock', { reason: 'It was she who tried.' }]]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a number is withdrawn whole, or loses one study; a dialog that is left does nothing', async () => {
  server();
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await arrive(page);
  await row(page, 'b1').getByRole('button', { name: t('who.take') }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(acts(), []);
  await row(page, 'b1').getByRole('button', { name: t('who.take') }).click();
  await dialog.locator('button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('who.take.said') }).waitFor();
  await row(page, 'b1').getByRole('button', { name: t('who.withdraw') }).click();
  await dialog.locator('button[type=submit]').click();
  await page.locator('.dk-said', { hasText: t('who.end.said') }).waitFor();
  await row(page, 'b1').locator('.ax-withdrawn').waitFor();
  assert.deepEqual(acts(), [[`DELETE /api/buckets/b1/studies/${STUDY}`, {}], ['DELETE /api/buckets/b1', {}]]);
  assert.equal(await row(page, 'b0').getByRole('button', { name: t('who.take') }).count(), 0);
  await context.close();
});

test('an admin opens again what was blocked, with a reason; staff read whom to ask', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await row(page, 'b1').getByRole('button', { name: t('desk.unlock') }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.sg-error', { hasText: t('desk.reason.missing') }).waitFor();
  await focused(page, 'TEXTAREA');
  assert.deepEqual(acts(), []);
  await fair(page, 'access, unlock');
  await dialog.locator('textarea').fill('  It was she who tried.  ');
  await dialog.locator('button[type=submit]').click();
  await row(page, 'b1').locator('.ax-active').waitFor();
  assert.deepEqual(acts(), [['POST /api/buckets/b1/unlock', { reason: 'It was she who tried.' }]]);
  await context.close();
  server({}, 'department-staff');
  const staff = await browsing.open();
  await arrive(staff.page);
  await row(staff.page, 'b1').locator('td', { hasText: t('who.unlock.ask') }).waitFor();
  assert.equal(await staff.page.getByRole('button', { name: t('desk.unlock') }).count(), 0);
  await fair(staff.page, 'access, staff');
  await staff.context.close();
});

test('a physician ends only what he gave himself', async () => {
  server({}, 'professional');
  const { context, page } = await browsing.open();
  await arrive(page);
  await row(page, 'b1').getByRole('button', { name: t('who.withdraw') }).waitFor();
  assert.equal(await row(page, grant.id).getByRole('button').count(), 0);
  await context.close();
});

test('nobody, not there and not loaded each say what is so', async () => {
  for (const [said, text] of [[{ status: 200, body: { grants: [], buckets: [], refused: 'weak-number', downloads: [] } }, 'who.none.text'], [{ status: 404 }, 'who.missing'], [{ status: 403 }, 'who.missing'], [{ status: 500 }, 'shell.failed']] as const) {
    server({ [ACCESS]: said });
    const { context, page } = await browsing.open();
    await page.goto(`${base}/professional/studies/${STUDY}/access`);
    await page.getByText(t(text)).waitFor();
    if (text === 'who.none.text') await page.locator('.sg-banner', { hasText: t('desk.why.weak-number') }).waitFor();
    await fair(page, `access, ${text}`);
    await shots(page, `access, ${text}`);
    await context.close();
  }
});

test('what was not done says so, and the line stays as it was', async () => {
  for (const [said, key] of [[{ status: 409, body: { code: 'whole-order' } }, 'whole-order'], [{ status: 403 }, 'forbidden'], [{ status: 500 }, 'other']] as const) {
    server({ 'DELETE /api/buckets/b1': said });
    const { context, page } = await browsing.open();
    await arrive(page);
    await row(page, 'b1').getByRole('button', { name: t('who.withdraw') }).click();
    await page.locator('dialog[open] button[type=submit]').click();
    await page.locator('dialog [role=alert]', { hasText: t(`desk.refused.${key}`) }).waitFor();
    await fair(page, `access, refused ${key}`);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await row(page, 'b1').locator('.ax-blocked').waitFor();
    await context.close();
  }
});

test('from the line of a study one comes to who has access, and the page says of whom; its address does not', async () => {
  const studied = { id: STUDY, date: '2026-11-20', time: null, description: 'CT thorax', modalities: ['CT'], patient: { name: 'Peeters, An', birthDate: '1958-03-07', sex: 'F', id: 'P-4711' }, department: { id: 'noord', name: 'Radiologie' },
    accession: 'A20261120-17', hasImages: true, hasReport: false, reportState: null, unreadReport: false, new: false, labels: [], reasons: [{ kind: 'staff', by: null, until: null }] };
  server({ 'GET /api/studies': { status: 200, body: { studies: [studied], next: null, looked: null, more: false } } });
  const { context, page, addresses } = await browsing.open();
  await page.goto(`${base}/professional/studies`);
  await page.locator('.st-why').focus();
  await page.keyboard.press('Enter');
  await page.locator('.st-details a', { hasText: t('row.access') }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.ax-about', { hasText: 'Peeters, An' }).waitFor();
  await focused(page, 'H1');
  await row(page, grant.id).waitFor();
  await fair(page, 'access, of whom');
  assert.ok(addresses.every((address) => !/Peeters|P-4711|A2026/.test(address)));
  await page.reload();
  await row(page, grant.id).waitFor();
  assert.equal(await page.locator('.ax-about').count(), 0); // nothing of it is kept
  await context.close();
});

const BUCKETS = 'GET /api/buckets';
const SEARCH = 'POST /api/desk/orders/search';
const patient = { name: 'Peeters, An', birthDate: '1958-03-07', id: 'P-4711' };
const sent = { ...bucket, to: null, department: 'noord', patient, studies: [{ id: STUDY, date: '2026-11-20', description: 'CT thorax' }, { id: '4m'.padEnd(26, '0'), date: '2026-11-21', description: '' }] };
const numbers = [{ ...sent, id: 'n1', state: 'blocked', failures: 5 }, { ...sent, id: 'n2', kind: 'number', verification: 'payment', failures: 1, madeAt: null, by: null, reason: null },
  { ...sent, id: 'n3', anonymized: true, state: 'waiting', left: [{ why: 'unseen', images: 1 }], patient: { name: '7 Anonymous', birthDate: null, id: null } }, { ...sent, id: 'n4', state: 'withdrawn' },
  { ...sent, id: 'n5', kind: 'share', verification: 'date-of-birth', sentTo: null, to: { kind: 'group', name: 'De Linde' } }];
/** A page of numbers, or of those in one state. */
const asked: string[] = [];
function numbersOf(role: string, more: Record<string, Said> = {}): void {
  server(more, role);
  const say = stub.say;
  asked.length = 0;
  stub.say = (path, body, query) => {
    if (path !== BUCKETS || more[BUCKETS]) return say(path, body, query);
    asked.push(query.toString());
    const state = query.get('state');
    const found = numbers.filter((one) => !state || one.state === state);
    return query.get('before') ? { status: 200, body: [{ ...sent, id: 'n9', state: 'expired' }] }
      : { status: 200, body: found, headers: { link: `<?${state ? `state=${state}&` : ''}before=noord%231>; rel="next"` } };
  };
}

test('the numbers of a department are told newest first, by state, and further back', async () => {
  numbersOf('department-admin');
  const { context, page, faults, foreign } = await browsing.open();
  await page.goto(`${base}/professional/numbers`);
  await row(page, 'n1').locator('.ax-blocked').waitFor();
  await page.locator('.pro-menu a[aria-current=page]', { hasText: t('menu.numbers') }).waitFor();
  await row(page, 'n3').locator('.ax-left', { hasText: t('who.left.unseen') }).waitFor();
  await row(page, 'n3').locator('td', { hasText: t('who.making') }).waitFor(); // nobody must look, as far as this page knows
  await row(page, 'n2').locator('td', { hasText: t('who.wrong.pincodes', { count: '1', max: '5' }) }).waitFor();
  await row(page, 'n5').locator('th', { hasText: t('sent.to', { to: 'De Linde' }) }).waitFor();
  assert.equal(await row(page, 'n1').locator('a').first().getAttribute('href'), `/professional/studies/${STUDY}/access`);
  await fair(page, 'numbers');
  await shots(page, 'numbers');
  await page.getByRole('button', { name: t('desk.more') }).click();
  await row(page, 'n9').waitFor();
  await page.locator('#state').selectOption('withdrawn');
  await row(page, 'n1').waitFor({ state: 'detached' });
  await row(page, 'n4').waitFor();
  assert.deepEqual(asked, ['', 'before=noord%231', 'state=withdrawn']);
  assert.match(page.url(), /\/professional\/numbers\?state=withdrawn$/);
  await page.getByRole('button', { name: t('desk.more') }).click();
  await row(page, 'n9').waitFor();
  await everyLanguage(page, 'numbers', 'sent.title');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('a number is unlocked or withdrawn in its line, which stays where it is', async () => {
  numbersOf('department-admin');
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${base}/professional/numbers`);
  await row(page, 'n1').getByRole('button', { name: t('desk.unlock') }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('textarea').fill('She called.');
  await dialog.locator('button[type=submit]').click();
  await row(page, 'n1').locator('.ax-active').waitFor();
  await row(page, 'n1').getByRole('button', { name: t('who.withdraw') }).click();
  await dialog.locator('button[type=submit]').click();
  await row(page, 'n1').locator('.ax-withdrawn').waitFor();
  await focused(page, 'line-n1');
  assert.deepEqual(acts(), [['POST /api/buckets/n1/unlock', { reason: 'She called.' }], ['DELETE /api/buckets/n1', {}]]);
  assert.equal(stub.count(BUCKETS), 1); // nothing of the pages below is lost
  await context.close();
});

test('the service desk says which department; nothing, not loaded and not allowed say what is so', async () => {
  numbersOf('service-desk', { 'GET /api/desk/copies': { status: 200, body: [{ id: STUDY, bucket: 'n3' }] } });
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/numbers`);
  await page.getByText(t('sent.choose')).waitFor();
  assert.equal(stub.count(BUCKETS), 0);
  await fair(page, 'numbers, which department');
  await page.locator('#whose').selectOption('lindenhof');
  await row(page, 'n1').waitFor();
  assert.deepEqual(asked, ['department=lindenhof']);
  await page.locator('a[href="/professional/copies?department=lindenhof"]').waitFor();
  await row(page, 'n3').locator('td', { hasText: t('who.looking') }).waitFor();
  assert.equal(await row(page, 'n3').locator('.dk-acts a').getAttribute('href'), `/professional/copies/${STUDY}?department=lindenhof`);
  await fair(page, 'numbers, copies wait');
  await shots(page, 'numbers, copies wait');
  await everyLanguage(page, 'numbers, copies wait', 'sent.title');
  await context.close();
  for (const [said, text] of [[{ status: 200, body: [] }, 'sent.none'], [{ status: 500 }, 'desk.failed'], [{ status: 404 }, 'desk.forbidden']] as const) {
    numbersOf('department-staff', { [BUCKETS]: said });
    const other = await browsing.open();
    await other.page.goto(`${base}/professional/numbers`);
    await other.page.getByText(t(text)).waitFor();
    await fair(other.page, `numbers, ${text}`);
    await shots(other.page, `numbers, ${text}`);
    await other.context.close();
  }
});

test('what nothing gives is opened with a reason, by keyboard alone, and it is said who reads that', async () => {
  const order = { id: 'noord.o1', accession: 'A20261120-17', placedAt: '2026-11-20T08:15:00Z', patient: { ...patient, issuer: 'NOORD', sex: 'F' }, number: null, payment: null, acts: [],
    studies: [{ id: STUDY, date: '2026-11-20', description: 'CT thorax', modalities: ['CT'], instances: 300, state: 'held', why: [], byHand: false }] };
  server({ [SEARCH]: { status: 200, body: [order] }, [`POST /api/studies/${STUDY}/glass`]: { status: 204 } }, 'department-staff');
  const { context, page, faults, addresses } = await browsing.open();
  await page.goto(`${base}/professional/glass`);
  await page.locator('#accession').focus();
  await page.keyboard.press('Enter');
  await page.locator('.sg-error', { hasText: t('glass.accession.empty') }).waitFor();
  await page.keyboard.type('A20261120-17');
  await page.keyboard.press('Enter');
  await page.locator('.ax-choices button').waitFor();
  await fair(page, 'glass');
  await shots(page, 'glass');
  await everyLanguage(page, 'glass', 'glass.title');
  await page.locator('.ax-choices button').focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('p', { hasText: t('glass.log') }).waitFor();
  await dialog.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await dialog.locator('.sg-error', { hasText: t('desk.reason.missing') }).waitFor();
  await focused(page, 'TEXTAREA');
  await fair(page, 'glass, reason missing');
  await shots(page, 'glass, reason missing');
  await page.keyboard.type('He bleeds.');
  await dialog.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/professional/studies/${STUDY}`);
  assert.deepEqual(stub.calls.filter(({ path }) => path.endsWith('/glass')).map(({ body }) => JSON.parse(body) as unknown), [{ reason: 'He bleeds.' }]);
  assert.ok(addresses.every((address) => !address.includes('A2026')));
  // the made server gives nothing even so: the way here stands on the page of a study that is refused
  await page.locator(`a[href="/professional/glass/${STUDY}"]`).waitFor();
  await fair(page, 'glass, refused');
  assert.deepEqual(faults, []);
  await context.close();
});

test('too often says when again, what is open anyway opens, and a physician reads whom to ask', async () => {
  server({ [`POST /api/studies/${STUDY}/glass`]: { status: 429, headers: { 'retry-after': '1800' } } }, 'service-desk');
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/glass/${STUDY}`);
  await page.getByRole('button', { name: t('glass.open') }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('textarea').fill('He bleeds.');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('[role=alert]', { hasText: '30' }).waitFor();
  await fair(page, 'glass, too often');
  await context.close();
  server({ [`POST /api/studies/${STUDY}/glass`]: { status: 409, body: { code: 'conflict' } } });
  const open = await browsing.open();
  await open.page.goto(`${base}/professional/glass/${STUDY}`);
  await open.page.getByRole('button', { name: t('glass.open') }).click();
  await open.page.locator('dialog[open] textarea').fill('He bleeds.');
  await open.page.locator('dialog[open] button[type=submit]').click();
  await open.page.waitForURL(`${base}/professional/studies/${STUDY}`); // it needed no glass to be broken
  await open.context.close();
  server({}, 'professional');
  const other = await browsing.open();
  await other.page.goto(`${base}/professional/glass/${STUDY}`);
  await other.page.getByText(t('glass.whom')).waitFor();
  assert.equal(await other.page.getByRole('button', { name: t('glass.open') }).count(), 0);
  await other.context.close();
});
