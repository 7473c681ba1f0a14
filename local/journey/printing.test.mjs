// A number on paper, in a real browser: staff print it for a study, the patient opens it by what the letter's QR holds and a
// code, five wrong codes block it, an admin unlocks it, staff withdraw it and the patient's next click is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, signIn } from './account.mjs';
import { desktop, fair, phone, Stack } from './stack.mjs';

const MOBILE = '+32470999999';
const stack = new Stack();

before(() => stack.start());
after(() => stack.stop());

async function signedIn(name) {
  const opened = await stack.open(desktop);
  await signIn(stack, opened.page, await account(stack, name));
  return opened;
}

async function printed(page) {
  const row = page.locator('tr[data-id]', { hasText: 'A20261120-17' }).first();
  await row.waitFor();
  await row.locator('input[type=checkbox]').check();
  await page.click('#bar-print');
  await page.waitForSelector('#reason');
  await fair(page, 'print');
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

  const id = await staff.page.evaluate(async () => {
    const { studies } = await (await fetch('/api/studies')).json();
    return studies.find(({ accession }) => accession === 'A20261120-17').id;
  });
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
