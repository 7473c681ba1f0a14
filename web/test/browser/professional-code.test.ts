// What was shared, where it is opened: the label and why it is in the list, the code that some ask for, the message beside
// the images. By keyboard alone, light and dark, on a phone and a wide screen.
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
const STUDY = `GET /api/studies/${ONE}`;
const OTP = 'POST /api/buckets/b1/otp';
const VERIFY = 'POST /api/buckets/b1/otp/verify';
const needed: Said = { status: 403, body: { code: 'code-needed', title: 'x', status: 403, requestId: 'r', bucket: 'b1' } };
const manifest = {
  id: ONE, date: '2026-11-20', description: 'CT thorax', modalities: ['CT'], patient: { name: 'An Peeters', birthDate: '1958-03-07', id: 'P-1', sex: 'F' }, accession: 'A1', department: null, state: 'complete',
  series: [], documents: [], report: null, reportFrom: null, message: null, opened: null, expiresAt: new Date(Date.now() + 600_000).toISOString(), prior: [], reasons: [{ kind: 'shared', by: 'Jan Maes', until: '2026-12-28T22:59:59Z' }],
};
const message = { by: 'Jan Maes', at: '2026-11-27T09:00:00Z', text: 'Graag uw mening.\n<b>Dank</b>' };
const visit = { kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role: 'professional', department: null }, department: null,
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() };
const line = (id: string, colour: string) => ({
  id, date: '2026-11-20', time: null, description: 'CT thorax', modalities: ['CT'], patient: { name: 'An Peeters', birthDate: '1958-03-07', id: 'P-1', sex: 'F' }, accession: 'A1', department: { id: 'noord', name: 'Noord' },
  hasImages: true, hasReport: false, reportState: null, reasons: manifest.reasons, new: false, unreadReport: false, labels: [{ text: 'Message', colour }], code: null,
});
const sent = (seconds = 60): Said => ({ status: 202, body: { sentTo: '•••• •• 47', resendAt: new Date(Date.now() + seconds * 1000).toISOString(), expiresAt: new Date(Date.now() + 600_000).toISOString() } });

function server(more: Record<string, Said | (() => Said)> = {}): void {
  stub.calls.length = 0;
  stub.say = (path) => {
    const own = more[path];
    if (own) return typeof own === 'function' ? own() : own;
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit };
      case 'GET /api/departments': return { status: 200, body: { departments: [], serviceDesk: { phone: '+32 3 555 09 00', email: null } } };
      case 'GET /api/studies': return { status: 200, body: { studies: [{ ...line(ONE, 'red'), code: 'b1', patient: { name: 'A.P.', birthDate: null, id: null, sex: null } }, line(TWO, 'green')], next: null, looked: null, more: false } };
      case STUDY: return { status: 200, body: manifest };
      case OTP: return sent();
      case VERIFY: return { status: 200, body: { next: 'open' } };
      default: return { status: 404 };
    }
  };
}

async function asked(page: Page): Promise<void> {
  await page.goto(`${base}/professional/studies/${ONE}`);
  await page.locator('dialog h2', { hasText: t('share.code.title') }).waitFor();
}

test('the list tells that a message came, in a word too, and who shared it until when; it is passed on from there', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await page.goto(`${base}/professional/studies`);
  await page.locator('.st-red', { hasText: t('label.message.red') }).waitFor();
  await page.locator('.st-row', { hasText: 'A.P.' }).getByText(t('row.code')).waitFor();
  await page.locator('.st-green', { hasText: t('label.message.green') }).waitFor();
  await page.locator('.st-why').first().click();
  await page.locator('.st-details', { hasText: 'Jan Maes' }).waitFor();
  assert.match(await page.locator('.st-details').innerText(), /28 december 2026/);
  await fair(page, 'list with messages');
  await shots(page, 'share-list');
  await page.locator('.st-row input').first().check();
  await page.click('#bar-share');
  await page.waitForURL(/\/professional\/share\?studies=4k0+$/);
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('a study that asks for a code says where it was sent; a wrong one says whom to ask, the right one opens', async () => {
  let proved = false;
  const wrong: Said = { status: 401, body: { code: 'code-incorrect' } };
  let answer = wrong;
  server({ [STUDY]: () => (proved ? { status: 200, body: manifest } : needed), [VERIFY]: () => answer });
  const { context, page, faults } = await browsing.open();
  await asked(page);
  await focused(page, 'code');
  await page.locator('dialog', { hasText: '47' }).waitFor();
  await fair(page, 'code');
  await shots(page, 'share-code');
  await page.keyboard.press('Enter');
  await page.locator('#code-error').waitFor();
  await page.fill('#code', '123 456');
  await page.keyboard.press('Enter');
  await page.locator('#code-error', { hasText: t('share.code.wrong') }).waitFor();
  await focused(page, 'code');
  await fair(page, 'code wrong');
  await shots(page, 'share-code-wrong');
  answer = { status: 200, body: { next: 'open' } };
  proved = true;
  await page.keyboard.type('654321');
  await page.keyboard.press('Enter');
  await page.locator('.vw-about h1', { hasText: 'CT thorax' }).waitFor();
  assert.equal(await page.locator('dialog').count(), 0);
  assert.deepEqual(stub.calls.filter(({ path }) => path === VERIFY).map(({ body }) => JSON.parse(body)), [{ code: '123456' }, { code: '654321' }]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('another code after the wait, which is counted; then the newest alone counts', async () => {
  let wait = 2;
  server({ [STUDY]: needed, [OTP]: () => sent(wait) });
  const { context, page } = await browsing.open();
  await asked(page);
  await page.waitForSelector('#again-wait');
  await page.waitForSelector('#again');
  wait = 60;
  await page.click('#again');
  await page.getByText(t('sign.again.done')).waitFor();
  await focused(page, 'code');
  await page.waitForSelector('#again-wait');
  assert.equal(stub.count(OTP), 2);
  await context.close();
});

test('blocked or withdrawn, no mobile, too often, not reached: each says whom to ask or to try again', async () => {
  let answer: Said = { status: 404 };
  server({ [STUDY]: needed, [OTP]: () => answer });
  const { context, page } = await browsing.open();
  for (const [said, key] of [[{ status: 404 }, 'share.code.gone'], [{ status: 409, body: { code: 'mobile-unreachable' } }, 'share.code.mobile'], [{ status: 503 }, 'sign.unreachable']] as const) {
    answer = said;
    await asked(page);
    await page.locator('dialog [role=alert]', { hasText: t(key) }).waitFor();
    await page.locator('dialog a[href^="tel:"]').waitFor();
    await fair(page, key);
  }
  answer = sent();
  await page.getByRole('button', { name: t('shell.again') }).click();
  await focused(page, 'code');
  answer = { status: 429, headers: { 'retry-after': '600' } };
  await asked(page);
  await page.locator('dialog [role=alert]', { hasText: '10' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('main h1', { hasText: t('list.title') }).waitFor();
  await context.close();
});

test('a message is a series of its own, and reads as it was written', async () => {
  server({ [STUDY]: { status: 200, body: { ...manifest, messages: [message] } } });
  for (const width of [390, 1440]) {
    const { context, page, faults } = await browsing.open({ viewport: { width, height: 844 } });
    await page.goto(`${base}/professional/studies/${ONE}`);
    const entry = page.locator('.vw-strip button', { hasText: 'Jan Maes' });
    await entry.waitFor();
    await fair(page, `message series ${width}`);
    await entry.focus();
    await page.keyboard.press('Enter');
    await page.locator('.vw-side', { hasText: t('lightbox.messages') }).waitFor();
    assert.match(await page.locator('.vw-side').innerText(), /Graag uw mening\.\n<b>Dank<\/b>/, 'a message is text');
    await fair(page, `message ${width}`);
    if (width === 390) await shots(page, 'share-message');
    await page.locator('.vw-side').focus();
    await page.keyboard.press('Escape');
    await focused(page, 'messages');
    assert.equal(await page.getAttribute('#share', 'href'), `/professional/share?studies=${ONE}`);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('each language fits the code on a narrow page', async () => {
  server({ [STUDY]: needed });
  const { context, page } = await browsing.open();
  await asked(page);
  await focused(page, 'code');
  await everyLanguage(page, 'code', 'lightbox.title');
  await context.close();
});
