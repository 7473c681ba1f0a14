// A share between people, in a real browser: staff share a study with two-factor, the recipient finds it with a message, opens
// it with a code by SMS, and sees it no more once it is withdrawn. What may go on goes on with a code, and ends with what it came
// out of; what a group gets anonymized has no name anywhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, signIn } from './account.mjs';
import { desktop, fair, phone, Stack } from './stack.mjs';

const NAME = 'Tom Janssens';
const MOBILE = '+32470100005';
const stack = new Stack();

before(() => stack.start());
after(() => stack.stop());

async function signedIn(name, options = desktop) {
  const opened = await stack.open(options);
  await signIn(stack, opened.page, await account(stack, name));
  return opened;
}

/** From the list to the confirmation, as a person does it. */
async function shared(page) {
  const row = page.locator('tr[data-id]', { hasText: 'A20261120-17' }).first();
  await row.waitFor();
  const id = await row.getAttribute('data-id');
  await row.locator('input[type=checkbox]').check();
  await page.click('#bar-share');
  await page.waitForSelector('#recipient');
  await fair(page, 'share');
  await page.locator('#recipient').pressSequentially('Jans');
  await page.getByRole('option', { name: NAME }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#recipient-0');
  await page.getByRole('button', { name: new RegExp(`favoriet.*${NAME}`) }).click();
  await page.check('#recipient-0-code');
  await page.check('#recipient-0-mail');
  await page.fill('#reason', 'Tweede mening');
  await page.fill('#message', 'Graag uw mening over de knie.');
  await page.check('#agreed');
  await fair(page, 'share filled');
  await page.click('button[type=submit]');
  await page.waitForSelector('#facts');
  await fair(page, 'shared');
  assert.ok((await page.locator('#facts').innerText()).includes(NAME));
  await page.keyboard.press('Escape');
  await page.locator('tr[data-id]').first().waitFor();
  return id;
}

test('staff share, the recipient opens with a code and reads the message, staff withdraw it and the next request is refused', async () => {
  const staff = await signedIn('Ria Claes');
  const id = await shared(staff.page);

  const to = await signedIn(NAME, phone);
  await to.page.locator(`#open-${id}`).waitFor();
  await to.page.locator(`tr[data-id="${id}"] .st-red`).waitFor();
  await fair(to.page, 'list of the recipient');
  const seen = await stack.sent(MOBILE);
  await to.page.locator(`#open-${id}`).click();
  await to.page.waitForSelector('dialog #code');
  await fair(to.page, 'code of a share');
  await to.page.fill('dialog #code', await stack.lastCode(MOBILE, seen));
  await to.page.keyboard.press('Enter');
  await to.page.locator('.vw-strip #messages').waitFor();
  await to.page.locator('.vw-strip #messages').click();
  await to.page.locator('.vw-side', { hasText: 'Graag uw mening over de knie.' }).waitFor();
  assert.ok(!(await to.page.locator('body').innerText()).includes('Tweede mening'), 'the reason is told nobody');
  await to.page.goto(`${stack.base}/professional/studies`);
  await to.page.locator(`tr[data-id="${id}"] .st-green`).waitFor();
  await to.page.goto(`${stack.base}/professional/shares?mine=received`);
  await to.page.locator('.sr-act', { hasText: 'Ria Claes' }).waitFor();
  await fair(to.page, 'shares received');

  await staff.page.goto(`${stack.base}/professional/shares?mine=favourites`);
  await staff.page.locator('.sr-people li', { hasText: NAME }).waitFor();
  await staff.page.goto(`${stack.base}/professional/shares`);
  const line = staff.page.locator('.sr-whom > li', { hasText: NAME }).first();
  await line.waitFor();
  await fair(staff.page, 'shares given');
  assert.match(await line.innerText(), /geopend/);
  await line.getByRole('button', { name: /^Intrekken/ }).click();
  await staff.page.waitForSelector('dialog[open]');
  await staff.page.locator('dialog[open] button[type=submit]').click();
  await staff.page.waitForSelector('dialog', { state: 'detached' });
  assert.equal(await to.page.evaluate(async (study) => (await fetch(`/api/studies/${study}`)).status, id), 404);
  assert.deepEqual([staff.faults, to.faults.filter((fault) => !/403/.test(fault))], [[], []]); // the code is asked for by one
  for (const { context } of [staff, to]) await context.close();
});

const mails = async () => (await stack.json('/local/inbox.json')).filter(({ kind }) => kind === 'mail');
const studies = (page) => page.evaluate(async () => (await (await fetch('/api/studies')).json()).studies);

/** On the page of sharing, with somebody found by name; a group is found in detail. */
async function choose(page, id, find) {
  await page.goto(`${stack.base}/professional/share?studies=${id}`);
  await page.waitForSelector('#recipient');
  await find(page);
  await page.waitForSelector('#recipient-0');
}

const person = (name) => async (page) => {
  await page.locator('#recipient').pressSequentially(name);
  await page.locator('#recipient-list [role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
};

const group = (name) => async (page) => {
  await page.click('#detailed');
  await page.check('dialog #find-group');
  await page.fill('dialog #find-name', name);
  await page.keyboard.press('Enter');
  await page.locator('dialog li button').first().click();
  if (await page.locator('dialog[open]').count()) await page.keyboard.press('Escape');
};

async function send(page) {
  await page.fill('#reason', 'Tweede lezing');
  await page.check('#agreed');
  await page.click('button[type=submit]');
  await page.waitForSelector('#facts');
}

test('what came with a code goes on with one, and is lost with what it came out of', async () => {
  const staff = await signedIn('Ria Claes');
  const { id } = (await studies(staff.page)).find(({ accession }) => accession === 'A20261120-17');
  await choose(staff.page, id, person('Jans'));
  await staff.page.check('#recipient-0-code');
  await staff.page.check('#recipient-0-mail');
  await staff.page.check('#urgent');
  await staff.page.check('#further');
  await staff.page.check('#told');
  await staff.page.fill('#message', 'Graag <b>vandaag</b>.');
  await send(staff.page);

  const tom = await signedIn(NAME);
  const { username } = await account(stack, NAME);
  const mail = await stack.until('the mail', async () => (await mails()).findLast(({ to }) => to === username), 60);
  assert.match(mail.subject, /Dringend/);
  assert.match(mail.text, /A\. ?P\./);
  assert.doesNotMatch(mail.text + mail.html, /Peeters|1958|P-4711|Tweede lezing/);
  assert.doesNotMatch(mail.html, /<b>vandaag/);
  const before = (await studies(tom.page)).find((one) => one.id === id);
  assert.ok(before.code !== null && !/Peeters/.test(before.patient.name), 'initials before the code');
  await stack.post('/local/clock', { advance: 'PT2M' });
  const seen = await stack.sent(MOBILE);
  await tom.page.goto(`${stack.base}/professional/studies/${id}`);
  await tom.page.waitForSelector('dialog #code');
  await tom.page.fill('dialog #code', await stack.lastCode(MOBILE, seen));
  await tom.page.keyboard.press('Enter');
  await tom.page.locator('.vw-strip #messages').waitFor();
  const ria = (await account(stack, 'Ria Claes')).username;
  const opened = async () => (await mails()).filter((one) => one.to === ria && one.text.includes(`/professional/studies/${id}`));
  const told = await stack.until('that it was opened', async () => (await opened())[0], 60);
  assert.match(told.text, new RegExp(NAME));
  assert.doesNotMatch(told.text + told.html, /Peeters|1958|P-4711/);
  await tom.page.reload();
  await tom.page.locator('.vw-strip #messages').waitFor();
  assert.equal((await opened()).length, 1, 'the first time alone');
  await choose(tom.page, id, person('Keller'));
  assert.ok(await tom.page.isChecked('#recipient-0-code'));
  await send(tom.page);
  const anna = await signedIn('Anna Keller');
  assert.ok((await studies(anna.page)).some((one) => one.id === id && one.code !== null));

  const { shares } = await staff.page.evaluate(async () => (await fetch('/api/shares?mine=given')).json());
  const [given] = shares.filter(({ state }) => state === 'active');
  assert.deepEqual([given.recipient.name, given.children, given.openedAt !== null], [NAME, 1, true]);
  assert.equal(await staff.page.evaluate(async (bucket) => (await fetch(`/api/buckets/${bucket}`, { method: 'DELETE', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1' } })).status, given.bucket), 204);
  for (const { page } of [tom, anna]) {
    assert.equal(await page.evaluate(async (study) => (await fetch(`/api/studies/${study}`)).status, id), 404);
    assert.ok(!(await studies(page)).some((one) => one.id === id));
  }
  for (const { context } of [staff, tom, anna]) await context.close();
});

test('what a group gets anonymized has no name anywhere', async () => {
  const staff = await signedIn('Ria Claes');
  const els = await signedIn('Els Wouters');
  const one = (await studies(staff.page)).find(({ hasImages, modalities, patient, accession }) => hasImages && accession !== null && patient.id && modalities.every((modality) => ['CT', 'MR'].includes(modality)));
  await choose(staff.page, one.id, group('Groepspraktijk'));
  await staff.page.uncheck('#recipient-0-code'); // as it was for the last one
  await staff.page.check('#recipient-0-mail');
  await staff.page.check('#anonymize');
  const before = (await mails()).length;
  await send(staff.page);
  const copy = await stack.until('the copies', async () => (await studies(els.page)).find(({ patient }) => patient.anonymized), 240);
  const sent = await stack.until('the mails', async () => { const all = (await mails()).slice(before); return all.length > 0 && all; }, 60);
  for (const mail of sent) for (const known of [one.id, one.patient.id, one.patient.name.split(' ').at(-1)]) assert.ok(!(mail.text + mail.html).includes(known), 'a mail that names nobody');
  const said = await els.page.evaluate(async (id) => {
    const texts = [];
    const get = async (path) => {
      const answer = await fetch(path);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
      texts.push(text);
      return JSON.parse(text);
    };
    const manifest = await get(`/api/studies/${id}`);
    for (const { uid } of manifest.series) await get(`/api/studies/${id}/series/${uid}`);
    return { report: manifest.report, text: texts.join('') };
  }, copy.id);
  assert.equal(said.report, null);
  for (const known of [one.id, one.patient.id, one.patient.name.split(' ').at(-1), one.accession]) assert.ok(!known || !said.text.includes(known), known);
  await els.page.goto(`${stack.base}/professional/studies/${copy.id}`);
  await els.page.locator('.vw-port canvas').first().waitFor();
  await fair(els.page, 'anonymized');
  const shown = await els.page.innerText('body');
  assert.ok(!shown.includes(one.patient.name) && !shown.includes(one.patient.id), shown);
  for (const { context } of [staff, els]) await context.close();
});
