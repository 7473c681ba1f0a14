// A number on paper, in a real browser: staff print it for a study, the patient opens it by what the letter's QR holds and a
// code, five wrong codes block it, an admin unlocks it, staff withdraw it and the patient's next click is refused. Then one
// of copies: whoever opens it learns in no byte whose they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { account, signIn } from './account.mjs';
import { desktop, fair, phone, Stack } from './stack.mjs';

const MOBILE = '+32470999999';
const ACCESSION = 'A20261120-17';
/** What the order and the files say of the patient and of who asked. */
const IDENTITY = ['Peeters', 'P-4711', '470123456', '1958-03-07', '19580307', '07/03/1958', '7 maart 1958', ACCESSION, 'CT thorax', 'Jan Maes', 'Maes^Jan', 'Karim Haddad', 'Haddad^Karim'];
const stack = new Stack();

before(() => stack.start());
after(() => stack.stop());

async function signedIn(name) {
  const opened = await stack.open(desktop);
  await signIn(stack, opened.page, await account(stack, name));
  return opened;
}

/** The study of the order, by its accession number. */
function studyOf(page) {
  return page.evaluate(async (wanted) => {
    const { studies } = await (await fetch('/api/studies')).json();
    return studies.find(({ accession }) => accession === wanted).id;
  }, ACCESSION);
}

async function asking(page) {
  const row = page.locator('tr[data-id]', { hasText: ACCESSION }).first();
  await row.waitFor();
  await row.locator('input[type=checkbox]').check();
  await page.click('#bar-print');
  await page.waitForSelector('#reason');
  await fair(page, 'print');
}

async function printed(page) {
  await asking(page);
  await page.check('#verification-otp-sms');
  await page.fill('#destination', MOBILE);
  await page.fill('#reason', 'Gevraagd aan de balie');
  await page.check('#agreed');
  await page.uncheck('#now');
  await page.click('button[type=submit]');
  await page.waitForSelector('#number');
  await fair(page, 'printed');
  const pdf = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return { type: answer.headers.get('content-type'), begins: String.fromCharCode(...new Uint8Array(await answer.arrayBuffer()).slice(0, 5)) };
  }, await page.getAttribute('#letter', 'href'));
  assert.deepEqual(pdf, { type: 'application/pdf', begins: '%PDF-' });
  return (await page.locator('#number').innerText()).replace(/\s/g, '');
}

/** As the camera opens it; then the date of birth. */
async function upToCode(number) {
  await stack.post('/local/clock', { advance: 'PT2M' });
  const opened = await stack.open(phone);
  const seen = await stack.sent(MOBILE);
  await opened.page.goto(`${stack.base}/?d=noord#${number}`);
  await opened.page.waitForFunction(() => document.querySelector('#reference')?.value !== '');
  if (await opened.page.isVisible('#notice button')) await opened.page.click('#notice button');
  for (const [field, part] of [['day', '7'], ['month', '3'], ['year', '1958']]) await opened.page.fill(`#birth-${field}`, part);
  await opened.page.click('button[type=submit]');
  await opened.page.waitForSelector('#code');
  return { ...opened, code: await stack.lastCode(MOBILE, seen) };
}

async function enter(page, code) {
  await page.fill('#code', code);
  await page.click('button[type=submit]');
}

test('staff print, the patient comes in, is blocked by five wrong codes, unlocked by an admin, and refused once it is withdrawn', async () => {
  const staff = await signedIn('Ria Claes');
  const number = await printed(staff.page);

  const patient = await upToCode(number);
  await enter(patient.page, patient.code);
  await patient.page.waitForSelector('canvas.lb-picture[data-grade]');
  assert.deepEqual(patient.faults, []);

  const wrong = await upToCode(number);
  const answers = await wrong.page.evaluate(async (code) => {
    const all = [];
    for (let time = 1; time <= 6; time++) {
      const answer = await fetch('/api/patient/otp/verify', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1' }, body: JSON.stringify({ code: time < 6 ? (code === '000000' ? '111111' : '000000') : code }) });
      all.push(answer.status);
    }
    return all;
  }, wrong.code);
  assert.deepEqual(answers, Array(6).fill(401), 'the right one as the sixth too');
  await wrong.context.close();
  const { status } = await stack.login(number, '1958-03-07');
  assert.equal(status, 401, 'blocked');

  const admin = await signedIn('Bart De Wit');
  await admin.page.goto(`${stack.base}/professional/numbers?state=blocked`);
  const line = admin.page.locator('tbody tr', { hasText: 'Gevraagd aan de balie' }).first();
  await line.waitFor();
  await fair(admin.page, 'numbers');
  await line.getByRole('button', { name: /^Deblokkeren/ }).click();
  await admin.page.waitForSelector('dialog[open] textarea');
  await admin.page.fill('dialog[open] textarea', 'De patiënt belde');
  await admin.page.locator('dialog[open] button.sg-button:not(.sg-button-plain)').click();
  await admin.page.waitForSelector('dialog', { state: 'detached' });
  await admin.context.close();

  const again = await upToCode(number);
  await enter(again.page, again.code);
  await again.page.waitForSelector('canvas.lb-picture[data-grade]');

  const id = await studyOf(staff.page);
  await staff.page.goto(`${stack.base}/professional/studies/${id}/access`);
  const mine = staff.page.locator('tr', { hasText: 'Gevraagd aan de balie' }).first();
  await mine.waitFor();
  await fair(staff.page, 'who has access');
  await mine.getByRole('button', { name: /^Intrekken/ }).click();
  await staff.page.waitForSelector('dialog[open]');
  await staff.page.locator('dialog[open] button.sg-button:not(.sg-button-plain)').click();
  await staff.page.waitForSelector('dialog', { state: 'detached' });
  assert.equal(await again.page.evaluate(async () => (await fetch('/api/studies')).status), 401);
  assert.equal((await stack.login(number, '1958-03-07')).status, 401);
  assert.deepEqual(staff.faults, []);
  for (const { context } of [staff, again, patient]) await context.close();
});

/** All that an address gives, whole; what is packed is unpacked too. */
async function bytesOf(request, url) {
  const answer = await request.get(url);
  assert.equal(answer.status(), 200, url.split('?')[0]);
  const body = await answer.body();
  return body[0] === 0x1f && body[1] === 0x8b ? Buffer.concat([body, gunzipSync(body)]) : body;
}

/** Everything that the API tells of a study, and every object that it gives an address of. */
async function reachable(request, base, study) {
  const found = new Map();
  const json = async (path) => {
    const body = await bytesOf(request, base + path);
    found.set(path, body);
    return JSON.parse(body);
  };
  const addresses = new Set();
  const gather = (value) => {
    if (typeof value === 'string') { if (/^https?:/.test(value)) addresses.add(value); }
    else if (value && typeof value === 'object') Object.values(value).forEach(gather);
  };
  const manifest = await json(`/api/studies/${study}`);
  gather(manifest.series);
  for (const { uid } of manifest.series) {
    gather(await json(`/api/studies/${study}/series/${uid}?exact=true`));
    for (let from = ''; from !== null;) { // a page alone has the addresses of files
      const part = await json(`/api/studies/${study}/series/${uid}?limit=100${from && `&from=${from}`}`);
      gather(part);
      from = part.next;
    }
  }
  for (const url of addresses) found.set(new URL(url).pathname, await bytesOf(request, url));
  return { manifest, found };
}

function names(bytes, identity) {
  return identity.filter((one) => ['utf8', 'latin1', 'utf16le'].some((encoding) => bytes.includes(Buffer.from(one, encoding))));
}

test('an anonymized number is opened by the real date of birth, and in no byte behind it is anybody named', async () => {
  const staff = await signedIn('Ria Claes');
  await asking(staff.page);
  await staff.page.check('#verification-date-of-birth');
  await staff.page.check('#anonymize');
  assert.equal(await staff.page.locator('input[name=access]').count(), 1, 'the report is out of reach');
  await staff.page.fill('#reason', 'Zonder naam gevraagd');
  await staff.page.check('#agreed');
  await staff.page.uncheck('#now');
  await staff.page.click('button[type=submit]');
  await staff.page.waitForSelector('.pr-copies');
  const number = (await staff.page.locator('#number').innerText()).replace(/\s/g, '');
  const early = await (await stack.login(number, '1958-03-07')).json();
  await staff.page.waitForSelector('.pr-copies .sg-banner-ok', { timeout: 240_000 });
  assert.ok(['wait', 'open'].includes(early.next), `before all copies are there it is asked to wait: ${early.next}`);
  await fair(staff.page, 'printed without a name');

  const { context, page, faults } = await stack.open(phone);
  const bodies = [];
  page.on('response', (answer) => {
    if (!new URL(answer.url()).pathname.startsWith('/assets/')) bodies.push(answer.body().then((body) => [answer.url().split('?')[0], body], () => null));
  });
  await page.goto(`${stack.base}/?d=noord#${number}`);
  await page.waitForFunction(() => document.querySelector('#reference')?.value !== '');
  if (await page.isVisible('#notice button')) await page.click('#notice button');
  for (const [field, part] of [['day', '7'], ['month', '3'], ['year', '1958']]) await page.fill(`#birth-${field}`, part);
  await page.click('button[type=submit]');
  await page.waitForSelector('canvas.lb-picture[data-grade]');
  await fair(page, 'a study without a name');
  const shown = await page.locator('html').evaluate((root) => root.outerHTML);
  assert.match(shown, /\d Anonymous/);
  assert.deepEqual(names(Buffer.from(shown), IDENTITY), [], 'the page');
  assert.equal(await page.locator('#report, #report-from').count(), 0);

  // the original, as its department reads it: none of its names of things is among those of the copy
  const original = await studyOf(staff.page);
  const whole = await staff.context.request.get(`${stack.base}/api/studies/${original}`);
  const series = (await whole.json()).series.map(({ uid }) => uid);
  const { instances } = await (await staff.context.request.get(`${stack.base}/api/studies/${original}/series/${series[0]}`)).json();
  const identity = [...IDENTITY, original, ...series, instances[0].uid, instances.at(-1).uid];

  const { studies } = await (await context.request.get(`${stack.base}/api/studies`)).json();
  assert.equal(studies.length, 1);
  assert.deepEqual([studies[0].patient.anonymized, studies[0].patient.birthDate, studies[0].patient.id, studies[0].hasReport], [true, null, null, false]);
  const { manifest, found } = await reachable(context.request, stack.base, studies[0].id);
  assert.equal(manifest.report, null);
  assert.equal(manifest.series.reduce((sum, { instances: count }) => sum + count, 0), 300);
  assert.ok(found.size > 600, `${found.size} of what is told and lies there`); // 300 files, a picture or more of each, films, what is told
  for (const [path, bytes] of [...found, ...(await Promise.all(bodies)).filter(Boolean)]) assert.deepEqual(names(bytes, identity), [], path);
  for (const [status, path] of [[404, `/api/studies/${studies[0].id}/report`], [404, `/api/studies/${original}`]]) assert.equal((await context.request.get(stack.base + path)).status(), status, path);
  assert.deepEqual([faults, staff.faults], [[], []]);
  for (const one of [context, staff.context]) await one.close();
});
