// What does not fit is held back; staff of the department find it with its reason, match it by hand, and it opens for the patient.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { desktop, root, Stack } from './stack.mjs';

const NUMBER = 'DESK-2026-HELD-471133';
const BORN = '1980-02-29';
const UID = '1.3.6.1.4.1.5962.1.2.4.20040826185059.5457';
const stack = new Stack();
let noord;
let accounts;

before(async () => {
  await stack.start();
  const { s3, departments, accounts: all } = await stack.json('/local/config.json');
  accounts = all;
  noord = departments[0];
  const upload = join(stack.folder, 'held');
  mkdirSync(upload);
  writeFileSync(join(upload, 'mr'), readFileSync(join(root, '.tools/pydicom/test_files/MR_small_RLE.dcm')));
  writeFileSync(join(upload, 'order'), JSON.stringify({
    type: 'order', accession: 'DESK-1', placedAt: new Date().toISOString(),
    patient: { id: 'E-1', issuer: 'NOORD', familyName: 'Eigen', givenName: 'Eva', birthDate: BORN },
    studies: [{ uid: UID, description: 'MR', expectedInstances: 1 }],
    reference: { number: NUMBER, verification: 'date-of-birth', report: false },
  }));
  const put = stack.aws(noord, s3, 's3', 'cp', '--recursive', upload, `s3://${s3.inbox}/in/${noord.id}/held/`);
  assert.equal(put.status, 0, put.stderr);
  await stack.quiet();
});
after(() => stack.stop());

/** The code of an authenticator app at this moment, by the clock of the system. */
async function code(secret) {
  const bits = [...secret.toUpperCase().replace(/=+$/, '')].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.parse((await stack.json('/local/clock')).now) / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Signs in and gives the cookie. */
async function signIn(account) {
  let cookie = '';
  const step = async (call, body) => {
    const answer = await fetch(`${stack.base}/api/account/${call}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1', cookie }, body: JSON.stringify(body),
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const told = await answer.json();
    assert.equal(answer.status, 200, `${call}: ${JSON.stringify(told)}`);
    return told.next;
  };
  await step('login', { username: account.username });
  const next = await step('password', { password: account.password });
  if (next === 'totp') await step('challenge', { code: await code(account.totpSecret) });
  return cookie;
}

const seen = async (cookie) => (await stack.json('/api/studies', { headers: { cookie } })).studies;

async function patient() {
  const opened = await stack.login(NUMBER, BORN);
  assert.equal(opened.status, 200);
  return { next: (await opened.json()).next, cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

test('a study of another patient than its order is held back, found at the desk with its reason, matched, and opens', async () => {
  assert.equal((await patient()).next, 'wait'); // nothing of somebody else's is shown
  const staff = accounts.find(({ role, department }) => role === 'department-staff' && department === noord.id);
  const [name, value] = (await signIn(staff)).split('=');
  const { context, page } = await stack.open(desktop);
  await context.addCookies([{ name, value, url: stack.base }]);
  await page.goto(`${stack.base}/professional/desk`);
  await page.locator('.dk-table tbody tr', { hasText: UID }).first().waitFor(); // the receipt
  await page.locator('.sg-banner a[href*="part=studies"]').click();
  await page.locator('.dk-table tbody tr .dk-acts button').first().click();
  await page.locator('dialog .dk-side', { hasText: 'E-1' }).waitFor();
  await page.locator('dialog .dk-pictures img').first().waitFor();
  assert.ok(await page.locator('dialog .dk-pictures img').first().evaluate((img) => img.decode().then(() => img.naturalWidth > 0)), 'whoever judges sees a picture');
  if (process.env.STUDYGATE_SHOTS) await page.screenshot({ path: join(process.env.STUDYGATE_SHOTS, 'walk-compare.png') });
  await page.locator('dialog .sg-actions .sg-button').first().click();
  await page.locator('dialog textarea').fill('The same woman: compared with the request form.');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.dk-said .sg-icon').waitFor();
  await stack.quiet();
  const opened = await patient();
  assert.equal(opened.next, 'open');
  assert.deepEqual((await seen(opened.cookie)).map(({ hasImages }) => hasImages), [true]);
  await page.goto(`${stack.base}/professional/desk?part=orders`);
  await page.locator('#sought').fill('eva eigen');
  await page.keyboard.press('Enter');
  await page.locator('.dk-table tbody tr', { hasText: 'DESK-1' }).waitFor();
  assert.equal(await page.locator('.dk-table tbody tr').count(), 1);
  if (process.env.STUDYGATE_SHOTS) await page.screenshot({ path: join(process.env.STUDYGATE_SHOTS, 'walk-orders.png') });
  await context.close();
});

test('to a physician there is no desk, and nobody of another department finds anything', async () => {
  const orders = await stack.json('/api/desk/orders', { headers: { cookie: await signIn(accounts.find(({ role, department }) => role === 'department-admin' && department === noord.id)) } });
  const { id } = orders.find(({ accession }) => accession === 'DESK-1');
  for (const account of [accounts.find(({ role, state }) => role === 'professional' && (!state || state === 'active')), accounts.find(({ role, department }) => role === 'department-admin' && department !== noord.id)]) {
    const answer = await fetch(`${stack.base}/api/desk/orders/${id}/unlock`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1', cookie: await signIn(account) }, body: JSON.stringify({ reason: 'x' }),
    });
    assert.equal(answer.status, 404, account.role);
  }
});
