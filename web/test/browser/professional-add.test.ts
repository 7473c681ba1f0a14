// A study added by the number of a patient's letter: each step and answer, by keyboard alone, every language at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browsing, everyLanguage, fair, focused, type Opened, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;
before(async () => { base = await browsing.begin(); });
after(() => browsing.end());

const ADD = 'POST /api/studies/references';
const VERIFY = 'POST /api/studies/references/verify';
const nl = words['nl']!;
const NUMBER = '7h2k-9f3q 0000 0000'; // a hospital's own: of another length than ours
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
const visit = { kind: 'professional', now: iso(0), idleUntil: iso(1_800_000), expiresAt: iso(40_000_000), department: null, professional: { name: 'Jan Maes', role: 'professional', state: 'active' } };
const problem = (status: number, code: string, headers: Record<string, string> = {}): Said => ({ status, headers, body: { code, title: '', status, requestId: 'r' } });

function says(more: Record<string, Said>): void {
  const usual: Record<string, Said> = {
    'GET /api/session': { status: 200, body: visit },
    'GET /api/departments': { status: 200, body: { departments: [], serviceDesk: { phone: '+32 3 555 09 00', email: 'servicedesk@studygate.example' } } },
    'GET /api/studies': { status: 200, body: { studies: [], next: null, looked: null, more: false } },
  };
  stub.calls.length = 0;
  stub.say = (path) => more[path] ?? usual[path] ?? { status: 404 };
}

async function form(options: object = {}): Promise<Opened> {
  const all = await browsing.open({ viewport: { width: 1440, height: 900 }, ...options });
  await all.page.goto(`${base}/professional/add`);
  await all.page.locator('#reference').waitFor();
  return all;
}

/** Tab by tab, as somebody without a mouse. */
async function send({ page }: Opened, number = NUMBER, [day, month, year] = ['7', 'maart', '1958']): Promise<void> {
  await page.locator('#reference').focus();
  for (const text of [number, day!, month!, year!]) {
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.locator('#birth-year').focus();
  await page.keyboard.press('Enter');
}

const body = (path: string) => JSON.parse(stub.calls.find((call) => call.path === path)!.body) as unknown;
const heading = (all: Opened, key: string) => all.page.locator('main h1', { hasText: nl[key]! }).waitFor();

test('number and date of birth as they are typed; then it is in the list', async () => {
  says({ [ADD]: { status: 200, body: { next: 'open' } } });
  const all = await form();
  await fair(all.page, 'add');
  await shots(all.page, 'professional-add');
  await all.page.setViewportSize({ width: 1440, height: 900 });
  await send(all);
  await heading(all, 'add.done.title');
  assert.deepEqual(body(ADD), { reference: '7H2K9F3Q00000000', dateOfBirth: '1958-03-07' });
  await focused(all.page, 'H1');
  await fair(all.page, 'added');
  await shots(all.page, 'professional-added');
  await all.page.getByRole('link', { name: nl['missing.list']! }).click();
  await heading(all, 'list.title');
  for (const address of all.addresses) assert.doesNotMatch(address, /7H2K|1958/i);
  assert.deepEqual([all.faults, all.foreign], [[], []]);
  await all.context.close();
});

test('what can be told here is told here, and nothing typed is lost', async () => {
  says({});
  const all = await form();
  const { page } = all;
  await send(all, '7H2K 9F3Q 4MXD 8ZR2 B', ['31', '2', '1958']);
  await page.locator('#summary').waitFor();
  await focused(page, 'summary');
  assert.deepEqual(await page.locator('#summary li').allInnerTexts(), [nl['add.reference.mistyped'], nl['add.birth.unreal']]);
  await fair(page, 'add, wrong');
  await shots(page, 'professional-add-wrong');
  assert.equal(await page.locator('#reference').inputValue(), '7H2K 9F3Q 4MXD 8ZR2 B');
  assert.equal(await page.locator('#birth-day').inputValue(), '31');
  assert.equal(stub.count(ADD), 0);
  await page.locator('#birth-partial').click();
  await send(all, NUMBER, ['', '', '1958']);
  await page.locator('#summary', { hasText: nl['add.refused']! }).waitFor();
  assert.deepEqual(body(ADD), { reference: '7H2K9F3Q00000000', dateOfBirth: '1958' });
  await all.context.close();
});

test('every refusal of the server is one, too many tries say when, and nothing typed is lost', async () => {
  for (const [said, text] of [[problem(401, 'combination-incorrect'), nl['add.refused']!], [problem(429, 'too-many-requests', { 'Retry-After': '120' }), '2'], [{ status: 503 }, nl['sign.unreachable']!]] as const) {
    says({ [ADD]: said });
    const all = await form();
    await send(all);
    await all.page.locator('#summary', { hasText: text }).waitFor();
    assert.equal(await all.page.locator('#reference').inputValue(), NUMBER);
    await fair(all.page, `add, ${said.status}`);
    await all.context.close();
  }
});

test('a code that went to the patient, a pincode that is theirs', async () => {
  for (const [next, title, code] of [
    [{ next: 'otp', channel: 'sms', sentTo: '•••• •• 47', resendAt: null, expiresAt: iso(600_000) }, 'add.code.title', '12 34 56'],
    [{ next: 'pincode', mobile: '•••• •• 47' }, 'add.pincode.title', '1234 5678'],
  ] as const) {
    says({ [ADD]: { status: 200, body: next }, [VERIFY]: problem(401, 'code-incorrect') });
    const all = await form();
    await send(all);
    await heading(all, title);
    await focused(all.page, 'code');
    await fair(all.page, title);
    await shots(all.page, title.replace('.', '-'));
    await all.page.keyboard.type('12');
    await all.page.keyboard.press('Enter');
    await all.page.locator('#code-error').waitFor();
    assert.equal(stub.count(VERIFY), 0);
    await all.page.locator('#code').fill(code);
    await all.page.keyboard.press('Enter');
    await all.page.locator('#code-error', { hasText: nl['add.code.refused']! }).waitFor();
    assert.deepEqual(body(VERIFY), { code: code.replaceAll(' ', '') });
    await everyLanguage(all.page, title, title);
    says({ [VERIFY]: { status: 200, body: { next: 'open' } } });
    await all.page.locator('#code').fill(code);
    await all.page.keyboard.press('Enter');
    await heading(all, 'add.done.title');
    await all.context.close();
  }
});

test('what is not there yet, and what is not paid yet, say what comes next', async () => {
  for (const next of ['wait', 'pay'] as const) {
    says({ [ADD]: { status: 200, body: { next } } });
    const all = await form();
    await send(all);
    await heading(all, `add.${next}.title`);
    await fair(all.page, `add, ${next}`);
    await everyLanguage(all.page, `add, ${next}`, `add.${next}.title`);
    await all.page.getByRole('button', { name: nl['add.again']! }).click();
    await all.page.locator('#reference').waitFor();
    await all.context.close();
  }
});

test('the form speaks every language at 320 px', async () => {
  says({});
  const all = await form({ viewport: { width: 390, height: 844 } });
  await everyLanguage(all.page, 'add', 'add.title');
  await all.context.close();
});

test('a session that is over ends the step, and what was typed is gone', async () => {
  says({ [ADD]: problem(401, 'session-ended') });
  const all = await form();
  says({ [ADD]: problem(401, 'session-ended'), 'GET /api/session': problem(401, 'session-ended') });
  await send(all);
  await all.page.waitForURL(`${base}/professional?why=time`);
  assert.doesNotMatch(await all.page.content(), /7h2k/i);
  await all.context.close();
});
