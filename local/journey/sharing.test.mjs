// A share between people, in a real browser: staff share a study with two-factor, the recipient finds it with a message, opens
// it with a code by SMS, and sees it no more once it is withdrawn.
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
