// The other pages of patients in a real browser: what Back shows after somebody has gone, waiting, the end, help, an
// address that leads nowhere, the exam's page and the report; in each state, light and dark, every language at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsing, department, everyLanguage, fair, heading, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;

before(async () => {
  base = await browsing.begin();
  stub.behind = new Set(['/provider']);
  stub.objects.set('/store/dot', Buffer.from(DOT.split(',')[1]!, 'base64'));
});
after(() => browsing.end());

const DOT = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
const SESSION = 'GET /api/session';
const REPORT = 'GET /api/studies/s1/report';
const known = {
  ...department, serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' },
  statements: { privacy: { nl: 'https://noord.example/privacy' }, accessibility: { nl: 'Wij werken aan toegankelijkheid.\n\nBel ons.' }, imprint: { en: 'AZ Noord vzw' } },
};
const study = { id: 's1', date: '2026-11-20', description: 'CT thorax', modalities: ['CT'], patient: { name: 'An Peeters' }, hasImages: true, hasReport: true };
const manifest = {
  ...study, department, state: 'complete', documents: [], report: { state: 'final', document: null }, reportFrom: null, expiresAt: '2026-11-27T10:01:00Z',
  series: [{ uid: '1.2', number: 1, description: 'Long', modality: 'CT', instances: 1, frames: 1, preview: DOT }],
};
const others = ['key-objects', 'presentation', 'ecg', 'plan', 'raw'].map((kind, i) => ({ uid: `1.9.${i}`, kind, title: i > 0 ? `Als \u202eonbekend ${kind}` : '', state: null }));
const report = {
  state: 'final', contentsUrl: null, text: 'Vraagstelling: hoest.\n\nBevindingen: geen bijzonderheden.\n\nBesluit: normaal onderzoek.', language: 'nl',
  pdfUrl: '/provider', signedBy: 'Jan Maes', at: '2026-11-21T14:30:00Z', versions: [],
};
const line = (level: number, kind: string, name: string, value = '', more: object = {}) => ({ level, kind, name, value, unit: '', references: [], ...more });
const refer = (uid: string, series: string) => ({ uid, series, frames: [], presentation: '' });
const contents = {
  title: 'Radiology Report', language: 'nl', date: '2026-11-21', time: '14:30:59', completion: 'partial', verification: 'verified', preliminary: false, cut: true,
  authors: ['Dr. Jan Maes', 'Toestel 3'], verifiers: [{ name: 'Eva Claes', organisation: 'AZ Noord', at: '2026-11-21T15:00:00' }],
  lines: [
    line(0, 'heading', 'Bevindingen'), line(1, 'text', 'Bevinding', 'Een <b>knobbel</b> links.\n</script><script>alert(1)</script>'), line(3, 'heading', 'Diep'),
    line(4, 'number', 'Doorsnede', '12.50', { unit: 'millimeter' }), line(1, 'code', 'Zijde', 'Links'), line(1, 'date', 'Dag', '2026-11-20'),
    line(1, 'moment', 'Moment', '2026-11-20T08:15:30+0100'), line(1, 'person', 'Lezer', 'Jan Maes (\u05de\u05d0\u05e1)'), line(1, 'uid', '', '1.2.3.4.5.6.7.8.9'.repeat(5)),
    line(0, 'image', '', '', { references: [refer('1.2.3', '1.2'), refer('9.9', '')] }), line(0, 'object', 'Curve'), line(0, 'shape', 'Omtrek', 'POLYLINE'),
    line(0, 'see', 'Zie', 'Bevinding'), line(0, 'heading', 'Tabel'), line(1, 'row', '', 'Orgaan\tMaat'), line(1, 'row', '', `Lever\t${'15'.repeat(60)}`), line(0, 'text', 'Leeg'),
  ],
};
const selection = { ...contents, completion: '', cut: false, lines: [line(0, 'text', 'Waarom', 'Zie de knobbel'), line(0, 'image', '', '', { references: [refer('1.2.3', '1.2')] })] };
const DOCUMENT = 'GET /api/studies/s1/documents/1.9.1';
const kept = (what: string, kind: string, more: object = {}): Record<string, Said> => ({ [DOCUMENT]: { status: 200, body: {
  uid: '1.9.1', kind, title: 'Radiology \u202eReport', state: kind === 'report' ? 'final' : null, contentsUrl: what && `/store/${what}`, pdfUrl: null, url: '/provider', expiresAt: manifest.expiresAt, ...more } } });
const visit = (minutes = 15) => ({ kind: 'patient', now: new Date().toISOString(), department,
  idleUntil: new Date(Date.now() + minutes * 60_000).toISOString(), expiresAt: new Date(Date.now() + 60 * 60_000).toISOString() });

/** Somebody is signed in; `more` says otherwise. */
function server(more: Record<string, Said> = {}): void {
  stub.calls.length = 0;
  const usual: Record<string, () => unknown> = {
    'GET /api/departments/noord': () => known,
    'GET /api/departments': () => ({ departments: [department, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }], serviceDesk: known.serviceDesk }),
    [SESSION]: () => visit(),
    'GET /api/studies': () => ({ studies: [study, { ...study, id: 's2', description: 'CT abdomen' }] }),
    'GET /api/studies/s1': () => manifest,
    'GET /api/studies/s1/series/1.2': () => ({ instances: [{ uid: '1.2.3', number: 1, frames: 1, transferSyntax: '1.2.840.10008.1.2.1', url: '/provider', preview: '/store/dot',
      previews: [{ frame: 1, small: '/store/dot', medium: '/store/dot', large: null }], window: null, pixels: null, frameMillis: 0, video: null }], next: null, expiresAt: manifest.expiresAt }),
    [REPORT]: () => report,
    'GET /api/patient/otp': () => ({ channel: 'sms', sentTo: '••• 47', resendAt: null, expiresAt: '2026-11-27T10:10:00Z' }),
    'POST /api/patient/login': () => ({ next: 'otp' }),
    'POST /api/patient/otp/verify': () => ({ next: 'open' }),
    'POST /api/session/logout': () => ({}),
  };
  stub.objects.set('/store/contents', new TextEncoder().encode(JSON.stringify(contents)));
  stub.objects.set('/store/selection', new TextEncoder().encode(JSON.stringify(selection)));
  stub.objects.set('/store/nothing', 404);
  stub.say = (path) => more[path] ?? (usual[path] ? { status: 200, body: usual[path]!() } : { status: 404 });
}
const nobody = { name: '5 Anonymous', birthDate: null, id: null, sex: null, anonymized: true };
const copied: Record<string, Said> = {
  'GET /api/studies/s1': { status: 200, body: { ...manifest, date: null, description: '', patient: nobody, report: null } },
  'GET /api/studies': { status: 200, body: { studies: [{ ...study, date: null, description: '', patient: nobody, hasReport: false }] } },
};
const allowing: Record<string, Said> = { 'GET /api/departments/noord': { status: 200, body: { ...known, partialBirthDates: true } } };
const out: Said = { status: 401, body: { code: 'session-ended' } };

type State = { readonly name: string; readonly path: string; readonly heading: string; readonly more?: Record<string, Said>; readonly reach?: (page: Page) => Promise<unknown> };
const states: readonly State[] = [
  { name: 'entrance', path: '/?d=noord', heading: 'entrance.title' },
  { name: 'entrance scanned', path: '/?d=noord#0000-0000-0000-0000-0', heading: 'entrance.title' },
  { name: 'entrance with a part of the date', path: '/?d=noord', heading: 'entrance.title', more: allowing, reach: (page) => page.click('#birth-partial') },
  { name: 'hospitals', path: '/', heading: 'entrance.choose' },
  { name: 'code', path: '/code?d=noord', heading: 'code.title' },
  { name: 'wait', path: '/wait?d=noord', heading: 'wait.title' },
  { name: 'wait for a day', path: '/wait?d=noord&from=2026-12-04', heading: 'wait.title' },
  { name: 'ended', path: '/ended?d=noord', heading: 'ended.title' },
  { name: 'ended by time', path: '/ended?d=noord&why=time', heading: 'ended.title' },
  { name: 'ended by a refund', path: '/ended?d=noord&why=refunded', heading: 'payment.refunded.title' },
  { name: 'help', path: '/help?d=noord', heading: 'help.title', more: { [SESSION]: out } },
  { name: 'help while signed in', path: '/help?d=noord', heading: 'help.title' },
  { name: 'conditions', path: '/conditions?d=noord', heading: 'conditions.title', more: { [SESSION]: out } },
  { name: 'no such page', path: '/nothing-here', heading: 'missing.title' },
  { name: 'no such page of a department', path: '/nothing-here?d=noord', heading: 'missing.title' },
  { name: 'study', path: '/study?d=noord', heading: 'study', reach: (page) => page.waitForSelector('.lb-stage') },
  { name: 'study of a copy', path: '/study?d=noord', heading: 'study', reach: (page) => page.locator('h1', { hasText: words['nl']!['study.anonymized'] as string }).waitFor(), more: copied },
  { name: 'study with a report held back', path: '/study?d=noord', heading: 'study', reach: (page) => page.waitForSelector('#report-from'),
    more: { 'GET /api/studies/s1': { status: 200, body: { ...manifest, report: null, reportFrom: '2026-12-04T14:30:00Z' } } } },
  { name: 'study with more than pictures', path: '/study?d=noord', heading: 'study', reach: (page) => page.click('#documents summary'),
    more: { 'GET /api/studies/s1': { status: 200, body: { ...manifest, documents: others } } } },
  { name: 'study without pictures', path: '/study?d=noord', heading: 'study', reach: (page) => page.waitForSelector('#no-images .dc-list'),
    more: { 'GET /api/studies/s1': { status: 200, body: { ...manifest, series: [], documents: others } } } },
  { name: 'report', path: '/report?d=noord#s1', heading: 'study.report.title', reach: (page) => page.waitForSelector('.rp-text') },
  { name: 'report as a file', path: '/report?d=noord#s1', heading: 'study.report.title', reach: (page) => page.waitForSelector('#pdf'),
    more: { [REPORT]: { status: 200, body: { ...report, text: null, signedBy: null } } } },
  { name: 'report as lines', path: '/report?d=noord#s1', heading: 'study.report.title', reach: (page) => page.waitForSelector('.dc-text'),
    more: { [REPORT]: { status: 200, body: { ...report, text: null, pdfUrl: null, contentsUrl: '/store/contents' } } } },
  { name: 'document', path: '/document?d=noord#s1/1.9.1', heading: 'document.report', more: kept('contents', 'report'), reach: (page) => page.waitForSelector('.dc-table') },
  { name: 'selected images', path: '/document?d=noord#s1/1.9.1', heading: 'document.key-objects', more: kept('selection', 'key-objects'), reach: (page) => page.waitForSelector('.dc-pictures') },
  { name: 'document for other software', path: '/document?d=noord#s1/1.9.1', heading: 'document.ecg', more: kept('', 'ecg', { contentsUrl: null }), reach: (page) => page.waitForSelector('#original') },
  { name: 'document as a file', path: '/document?d=noord#s1/1.9.1', heading: 'document.report', more: kept('', 'report', { contentsUrl: null, pdfUrl: '/provider' }), reach: (page) => page.waitForSelector('#pdf') },
  { name: 'document that is not there', path: '/document?d=noord#s1/1.9.9', heading: 'documents.title', reach: (page) => page.getByText(words['nl']!['document.missing'] as string).waitFor() },
  { name: 'document out of reach', path: '/document?d=noord#s1/1.9.1', heading: 'document.report', more: kept('nothing', 'report'), reach: (page) => page.getByText(words['nl']!['error.unreachable'] as string).waitFor() },
  { name: 'report that is not there', path: '/report?d=noord#s9', heading: 'study.report.title', reach: (page) => page.getByText(words['nl']!['report.missing']!).waitFor() },
  { name: 'report without a server', path: '/report?d=noord#s1', heading: 'study.report.title', more: { [REPORT]: { status: 503 } },
    reach: (page) => page.getByText(words['nl']!['error.unreachable']!).waitFor() },
];

test('every state is fair to everybody, light and dark, in every language at 320 px', async (t) => {
  for (const state of states) {
    await t.test(state.name, async () => {
      const { context, page, faults, foreign } = await browsing.open();
      server(state.more);
      await page.goto(base + state.path);
      await page.waitForSelector('main h1');
      await state.reach?.(page);
      if (state.heading === 'study') await fair(page, state.name);
      else {
        await heading(page, state.heading);
        await everyLanguage(page, state.name, state.heading);
        await fair(page, state.name);
      }
      await shots(page, state.name);
      assert.deepEqual([faults, foreign], [[], []]);
      await context.close();
    });
  }
});

test('a copy says once that it is anonymized; of a report, a name and a date there is no trace', async () => {
  for (const width of [390, 1440]) {
    const { context, page, faults } = await browsing.open({ viewport: { width, height: 900 } });
    server(copied);
    await page.goto(`${base}/study?d=noord`);
    await page.waitForSelector('.lb-stage');
    const { text } = await page.locator('body').evaluate((body) => ({ text: body.textContent }));
    assert.equal(text.split(words['nl']!['study.anonymized']!).length, 2);
    assert.ok(text.includes('5 Anonymous'));
    for (const one of ['Peeters', '2026', '1958', words['nl']!['study.report']!]) assert.ok(!text.includes(one), one);
    assert.equal(await page.locator('#report, #report-from, #accesses').count(), 0);
    assert.equal(stub.count(REPORT), 0);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

const typed = (page: Page) => page.evaluate(() => [...document.querySelectorAll('input')].map((input) => input.value).join(''));

test('Back shows no number and no date, while somebody is signed in and after', async () => {
  const { context, page, faults } = await browsing.open();
  server();
  await page.goto(`${base}/?d=noord`);
  await page.waitForSelector('#reference');
  await page.fill('#reference', 'RIS-2026-0099-4711');
  for (const [part, value] of [['day', '7'], ['month', '3'], ['year', '1961']]) await page.fill(`#birth-${part}`, value!);
  await page.click('main button[type=submit]');
  await page.waitForSelector('#code');
  await page.fill('#code', '204816');

  await page.goBack();
  await page.waitForSelector('#reference');
  assert.equal(await typed(page), '');
  await page.goForward();
  await page.waitForSelector('#code');
  assert.equal(await typed(page), '', 'nor the code');

  await page.fill('#code', '204816');
  await page.click('main button[type=submit]');
  await page.waitForSelector('#leave');
  await page.click('#leave');
  await page.waitForURL(/\/ended\?d=noord/);
  server({ [SESSION]: out, 'GET /api/studies': out, 'GET /api/patient/otp': out });
  for (let steps = 0; steps < 3; steps++) {
    await page.goBack().catch(() => null);
    if (!page.url().startsWith(base)) break;
    await page.waitForSelector('main h1');
    assert.doesNotMatch(await page.content() + await typed(page) + await page.title(), /4711|1961|204816|••• 47|Peeters|thorax/, page.url());
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('without a line signing out says that it did not work, and can be tried again', async () => {
  const { context, page } = await browsing.open();
  server({ 'POST /api/session/logout': { status: 503 } });
  await page.goto(`${base}/study?d=noord`);
  await page.waitForSelector('.lb-stage');
  await page.click('#leave');
  const dialog = page.getByRole('dialog', { name: words['nl']!['study.signout.failed'] as string });
  await dialog.waitFor();
  assert.ok(new URL(page.url()).pathname.startsWith('/study'));
  await fair(page, 'not signed out');
  await shots(page, 'not signed out');
  await page.keyboard.press('Escape');
  await page.click('#leave');
  await dialog.waitFor();
  server({ [SESSION]: out });
  await dialog.getByRole('button', { name: words['nl']!['study.signout'] as string }).click();
  await page.waitForURL(`${base}/ended?d=noord`);
  assert.equal(stub.count('POST /api/session/logout'), 1);
  await context.close();
});

test('what the browser keeps whole of a page that was left holds nothing of anybody', async () => {
  const { context, page } = await browsing.open();
  server();
  await page.goto(`${base}/study?d=noord`);
  await page.waitForSelector('.lb-stage');
  const left = await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    return document.querySelector('main')!.innerHTML + document.title;
  });
  assert.doesNotMatch(left, /Peeters|thorax|2026/);
  server({ [SESSION]: out, 'GET /api/studies': out });
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await page.waitForSelector('#reference');
  assert.match(page.url(), /\/\?d=noord$/, 'and the department is kept');
  await context.close();
});

test('whoever is told to wait for a day puts it into a calendar, and is not told to try again', async () => {
  const { context, page } = await browsing.open();
  server();
  await page.goto(`${base}/wait?d=noord&from=2026-12-04`);
  await page.waitForSelector('#calendar');
  assert.equal(await page.locator('main a', { hasText: words['nl']!['wait.again']! }).count(), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#calendar')]);
  assert.equal(download.suggestedFilename(), '2026-12-04.ics');
  const { readFile } = await import('node:fs/promises');
  const text = (await readFile(await download.path(), 'utf8')).replaceAll('\r\n ', '');
  assert.match(text, /DTSTART;VALUE=DATE:20261204\r\n/);
  assert.ok(text.includes(`URL:${base}/?d=noord\r\n`) && text.includes('LOCATION:Ziekenhuis Noord\r\n'), text);
  await page.goto(`${base}/wait?d=noord`);
  await page.locator('main a', { hasText: words['nl']!['wait.again']! }).waitFor();
  await context.close();
});

test('Help leads back to the exam, to the step that was left, or to the entrance, and keeps the department', async () => {
  const { context, page } = await browsing.open();
  server();
  await page.goto(`${base}/study?d=noord`);
  await page.waitForSelector('.lb-stage');
  await page.click('#foot a[href^="/help"]');
  await page.locator('main a.sg-link', { hasText: words['nl']!['help.exam']! }).first().click();
  await page.waitForSelector('.lb-stage');
  server({ [SESSION]: out });
  await page.goto(`${base}/code?d=noord`);
  await page.waitForSelector('#code');
  await page.click('#foot a[href^="/help"]');
  await page.locator('main a.sg-link').first().click();
  await page.waitForURL(/\/code\?d=noord$/);
  await page.goto(`${base}/help?d=noord&back=//evil.example`);
  await page.locator('main a.sg-link').first().click();
  await page.waitForURL(`${base}/?d=noord`);
  // while the server does not say who the department is, addresses keep it all the same
  server({ [SESSION]: out, 'GET /api/departments/noord': { status: 503 } });
  await page.goto(`${base}/ended?d=noord`);
  assert.equal(await page.locator('main a.sg-button').getAttribute('href'), '/?d=noord');
  await context.close();
});

test('a visit that ends with the money says so', async () => {
  const { context, page } = await browsing.open();
  server({ [SESSION]: { status: 401, body: { code: 'payment-returned' } } });
  await page.goto(`${base}/study?d=noord`);
  await page.waitForURL(/\/ended\?d=noord&why=refunded/);
  await heading(page, 'payment.refunded.title');
  await page.locator('.sg-phone').first().waitFor();
  await context.close();
});

test('an address that leads nowhere says whose page this is and whom to call', async () => {
  const { context, page } = await browsing.open();
  server();
  await page.goto(`${base}/nothing-here?d=noord`);
  await page.locator('main .sg-phone', { hasText: department.phone }).waitFor();
  await page.goto(`${base}/nothing-here`);
  await page.locator('.sg-desk', { hasText: known.serviceDesk.phone }).waitFor();
  await page.locator('.sg-choices a', { hasText: 'Klinik Lindenhof' }).click();
  await page.waitForURL(/\/help\?d=lindenhof/);
  await context.close();
});

test('a department’s statements stand in the foot of its pages, each where it belongs', async () => {
  const { context, page } = await browsing.open();
  server();
  await page.goto(`${base}/study?d=noord`);
  const foot = page.locator('#foot a');
  await page.locator('#foot a', { hasText: 'Privacy' }).waitFor();
  assert.deepEqual(await foot.evaluateAll((links) => links.map((link) => link.getAttribute('href'))), [
    '/help?d=noord', '/conditions?d=noord', 'https://noord.example/privacy', '/conditions?d=noord#accessibility', '/conditions?d=noord#imprint']);
  await page.goto(`${base}/conditions?d=noord#imprint`);
  await page.getByText('AZ Noord vzw').waitFor();
  assert.equal(await page.locator('[lang=en]', { hasText: 'AZ Noord vzw' }).count(), 1, 'in its own language');
  await context.close();
});

test('a report says what it is about, when and by whom; its PDF is asked for when it is wanted', async () => {
  const { context, page, faults } = await browsing.open();
  server();
  await page.goto(`${base}/study?d=noord`);
  await page.click('#report');
  await page.waitForURL(/\/report\?d=noord#s1\/1\.2/);
  const text = (await page.textContent('.rp', {}))!;
  for (const part of ['CT thorax', '20 november 2026', 'An Peeters', '21 november 2026', 'Jan Maes', 'Besluit: normaal onderzoek.']) assert.ok(text.includes(part), part);
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), '200 % text');
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await page.evaluate(() => ['.rp-text', '.rp-facts', '.rp-never', '#pdf', '#leave', '#foot', '.sg-aside']
    .filter((selector) => document.querySelector(selector)?.checkVisibility())), ['.rp-text', '.rp-facts', '.rp-never'], 'on paper');
  await page.emulateMedia({ media: 'screen' });
  const asked = stub.count(REPORT);
  await page.click('#pdf');
  await page.waitForURL(/\/provider$/);
  assert.equal(stub.count(REPORT), asked + 1);
  await page.goBack();
  await page.waitForSelector('.rp-text');
  server({ [REPORT]: { status: 503 } });
  await page.click('#pdf');
  await page.getByText(words['nl']!['report.failed']!).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('a wide window has the report beside the pictures', async () => {
  for (const [width, height] of [[900, 700], [960, 700], [1440, 900]] as const) {
    const { context, page, faults } = await browsing.open({ viewport: { width, height } });
    server();
    await page.goto(`${base}/study?d=noord`);
    await page.waitForSelector('.lb-stage');
    await page.click('#report');
    await page.waitForSelector('#report-beside:focus');
    const [picture, beside] = await Promise.all([page.locator('.lb').boundingBox(), page.locator('#report-beside').boundingBox()]);
    assert.ok(picture!.x + picture!.width <= beside!.x && picture!.width >= 300, `${width}: ${JSON.stringify([picture, beside])}`);
    await fair(page, `report beside the pictures, ${width}`);
    const folder = process.env['STUDYGATE_SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/report-beside-${width}.png` });
    const [tab] = await Promise.all([context.waitForEvent('page'), page.click('#pdf')]);
    await tab.waitForURL(/\/provider$/);
    assert.equal(new URL(page.url()).pathname, '/study', 'the pictures stay');
    await page.click('#report-close');
    await page.waitForSelector('#report:focus');
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('who opened an exam and with whom it was shared is a list of sentences; not loaded it says so', async () => {
  const seen = (at: string, who: string, what: string, more: object = {}) => ({ at, who, what, with: null, anonymized: false, ...more });
  const accesses = [seen('2026-11-27T10:00:00Z', 'professional', 'study-shared', { with: 'user' }), seen('2026-11-27T09:59:00Z', 'professional', 'study-shared', { with: 'user' }),
    seen('2026-11-27T09:58:00Z', 'professional', 'study-shared', { with: 'several', anonymized: true }), seen('2026-11-27T09:50:00Z', 'patient', 'images-viewed'), seen('2026-11-27T09:49:00Z', 'patient', 'images-viewed')];
  server({ 'GET /api/studies/s1/accesses': { status: 200, body: { accesses, next: null } } });
  const { page, context, faults } = await browsing.open();
  await page.goto(`${base}/study?d=noord`);
  await page.waitForSelector('.lb-stage');
  await page.click('#accesses');
  await page.waitForSelector('#sheet li');
  const told = await page.locator('#sheet li').allInnerTexts();
  assert.equal(told.length, 4, 'each share, and what was looked at within a quarter of an hour once');
  for (const [n, key] of [[0, 'access.professional.study-shared.user'], [1, 'access.professional.study-shared.user'], [2, 'access.professional.study-shared.several'], [2, 'access.anonymized'], [3, 'access.patient.images-viewed']] as const) {
    assert.ok(told[n]!.includes(words['nl']![key]!), key);
  }
  await fair(page, 'who opened it');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#sheet', { state: 'detached' });
  server({ 'GET /api/studies/s1/accesses': { status: 500 } });
  await page.click('#accesses');
  await page.locator('#sheet', { hasText: words['nl']!['study.error']! }).waitFor();
  assert.deepEqual(faults.filter((fault) => !/500/.test(fault)), []);
  await context.close();
});

test('who knows only the year signs in with it, where the hospital allows that', async () => {
  server(allowing);
  const { page, context, faults } = await browsing.open();
  await page.goto(`${base}/?d=noord`);
  await page.fill('#reference', '４８２９\u200b1703–5682 1');
  await page.fill('#birth-year', '1958');
  await page.click('button[type=submit]');
  await page.waitForSelector('#birth-error');
  assert.equal(stub.count('POST /api/patient/login'), 0);
  await page.click('#birth-partial');
  assert.equal(await page.getAttribute('#birth-partial', 'aria-pressed'), 'true');
  assert.equal(await page.inputValue('#birth-year'), '1958');
  assert.equal(await page.textContent('#birth-hint'), words['nl']!['entrance.birth.partial.hint']);
  await page.click('button[type=submit]');
  await page.waitForURL(/\/code/);
  const sent = stub.calls.find(({ path }) => path === 'POST /api/patient/login')!;
  assert.deepEqual(JSON.parse(sent.body), { reference: '4829170356821', dateOfBirth: '1958' });
  assert.deepEqual(faults, []);
  await context.close();
  server();
  const other = await browsing.open();
  await other.page.goto(`${base}/?d=noord`);
  await other.page.waitForSelector('#birth-year');
  assert.equal(await other.page.locator('#birth-partial').count(), 0);
  await other.context.close();
});

test('a study without pictures says what it holds, and its original is asked for when somebody wants it', async () => {
  const { context, page, faults } = await browsing.open();
  server({
    'GET /api/studies/s1': { status: 200, body: { ...manifest, series: [], report: null, documents: others.slice(2) } },
    'GET /api/studies/s1/documents/1.9.2': { status: 200, body: { ...others[2], url: '/provider', expiresAt: manifest.expiresAt } },
  });
  await page.goto(`${base}/study?d=noord`);
  await page.waitForSelector('#no-images .dc-list');
  assert.deepEqual(await page.locator('.dc-list strong').allTextContents(), ['ecg', 'plan', 'raw'].map((kind) => words['nl']![`document.${kind}`]));
  assert.equal(stub.calls.filter(({ path }) => path.includes('/documents/')).length, 0);
  assert.equal(await page.locator('.dc-way').first().getAttribute('href'), '/document?d=noord#s1/1.9.2');
  await page.locator('.dc-list button').nth(1).click();
  await page.getByText(words['nl']!['documents.failed'] as string).waitFor();
  await page.locator('.dc-list button').first().click();
  await page.waitForURL('**/provider');
  assert.deepEqual(faults.filter((fault) => !fault.includes('404')), []);
  await context.close();
});

test('what a document says is text, whatever it holds, and its images are a way away', async () => {
  const { context, page, faults } = await browsing.open();
  server(kept('contents', 'report'));
  await page.goto(`${base}/document?d=noord#s1/1.9.1`);
  await page.waitForSelector('.dc-table');
  assert.match((await page.locator('.dc-value').first().textContent())!, /<b>knobbel<\/b> links\.\n<\/script>/);
  assert.equal(await page.locator('.dc b, .dc script').count(), 0);
  assert.deepEqual(await page.locator('.dc-heading').evaluateAll((all) => all.map((one) => one.localName)), ['h2', 'h3', 'h2']);
  assert.equal(await page.locator('.dc-table table').count(), 1);
  assert.equal(await page.locator('.dc-images a').getAttribute('href'), '/study?d=noord#s1/1.2');
  assert.equal(stub.calls.filter(({ path }) => path.includes('/series/')).length, 0, 'a report opens no images');
  server(kept('selection', 'key-objects'));
  await page.reload();
  await page.waitForSelector('.dc-pictures img');
  assert.equal(await page.locator('.dc-pictures a').getAttribute('href'), '/study?d=noord#s1/1.2/1');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a report that came as a structured one stands beside the pictures, and is named once', async () => {
  const { context, page, faults } = await browsing.open();
  server({
    'GET /api/studies/s1': { status: 200, body: { ...manifest, report: { state: 'final', document: '1.9.1' }, documents: [{ uid: '1.9.1', kind: 'report', title: 'Radiology Report', state: 'final' }] } },
    [REPORT]: { status: 200, body: { ...report, text: null, pdfUrl: null, contentsUrl: '/store/contents' } },
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${base}/study?d=noord`);
  await page.click('#report');
  await page.waitForSelector('#report-beside .dc-text');
  assert.equal(await page.locator('#documents').count(), 0);
  assert.equal(await page.locator('#report-beside .dc-images a').getAttribute('href'), '/study?d=noord#s1/1.2');
  assert.deepEqual(faults, []);
  await context.close();
});
