// A department's own settings in a real browser: each of their states, by keyboard alone, light and dark, every language at 320 px.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsing, everyLanguage, fair, focused, heading, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;

before(async () => { base = await browsing.begin(); });
after(() => browsing.end());

const READ = 'GET /api/desk/policy';
const CHANGE = 'PUT /api/desk/policy';
type Rules = Record<string, unknown> & { policy: Record<string, unknown>; contact: Record<string, unknown> };
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
const example = { ...JSON.parse(readFileSync(new URL('../../../docs/department.example.json', import.meta.url), 'utf8')) as Rules, logo: `data:image/png;base64,${PNG}` };
const lines = [
  { version: 3, at: '2026-11-27T14:05:00Z', by: 'An Claes', changed: ['brand.light', 'policy.payment.prices.MR', 'policy.report'] },
  { version: 2, at: '2026-11-20T09:00:00Z', by: 'Jan Maes', changed: ['contact.phone', 'statements.privacy.nl'] },
  { version: 1, at: '2026-11-01T08:00:00Z', by: null, changed: [] },
];
const departments = {
  departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }], serviceDesk: null,
};
const visit = (role: string) => ({ kind: 'professional', now: new Date().toISOString(), department: role === 'service-desk' ? null : { id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' },
  professional: { name: 'Jan Maes', role, state: 'active' }, idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });

/** A department as the server keeps it; `more` says otherwise. */
function server(more: Record<string, Said> = {}, role = 'department-admin'): { version: number; rules: Rules } {
  stub.calls.length = 0;
  const at = { version: 3, rules: structuredClone(example) as Rules };
  stub.say = (path, body) => {
    if (more[path]) return more[path];
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit(role) };
      case 'GET /api/departments': return { status: 200, body: departments };
      case READ: return { status: 200, body: { version: at.version, at: lines[0]!.at, by: at.version === 3 ? 'An Claes' : 'Jan Maes', policy: at.rules, versions: lines } };
      case 'GET /api/desk/policy/versions/1': return { status: 200, body: { ...lines[2], policy: { ...example, policy: { ...example.policy, report: 'never' } } } };
      case 'GET /api/desk/policy/versions/3': return { status: 200, body: { ...lines[0], policy: at.rules } };
      case CHANGE: {
        const told = JSON.parse(body) as { version: number; policy: Rules };
        at.version = told.version + 1;
        at.rules = told.policy;
        return { status: 200, body: { version: at.version } };
      }
      default: return { status: 404 };
    }
  };
  return at;
}
const t = (key: string) => words['nl']![key]!;
const sent = () => stub.calls.filter((call) => call.path === CHANGE).map((call) => JSON.parse(call.body) as { version: number; department?: string; policy: Rules });

async function arrive(page: Page, query = ''): Promise<void> {
  await page.goto(`${base}/professional/policy${query}`);
  await page.locator('#patients-title').waitFor();
}

/** Opens what changes, and puts it in force. */
async function save(page: Page): Promise<void> {
  await page.locator('#po-save').click();
  await page.locator('dialog[open] .sg-button', { hasText: t('policy.confirm.go') }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

test('all that a department decides is shown, with a line of help each, fair in each theme and language', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await arrive(page);
  for (const [id, value] of [['policy-verification', 'otp-sms'], ['policy-countryPrefixes', '+32 +31'], ['policy-validityMaximum', '6'], ['policy-payment-price', '15.00'],
    ['policy-payment-prices-MR', '25.00'], ['hospital', 'AZ Noord'], ['brand-light', '#0b5cad'], ['policy-quiet', '10'], ['policy-retention', '10'], ['policy-technicalAddress', 'radiology-it@example.org']]) {
    assert.equal(await page.locator(`#po-${id}`).inputValue(), value, id);
  }
  assert.equal(await page.locator('#po-statements-privacy-nl').inputValue(), 'https://example.org/privacy');
  assert.deepEqual(await page.locator('.po-versions strong').allTextContents(), ['Versie 3', 'Versie 2', 'Versie 1']);
  await page.locator('.po-versions li', { hasText: t('policy.operator') }).waitFor();
  assert.equal(await page.locator('.po-bar').count(), 0); // nothing is unsaved
  await fair(page, 'policy');
  await shots(page, 'policy');
  await everyLanguage(page, 'policy', 'policy.title');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('a change is typed, looked at and put in force by keyboard alone', async () => {
  const at = server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#po-hospital').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Ziekenhuis Zuid');
  await page.locator('.po-bar').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('dialog[open] .po-differ', { hasText: 'Ziekenhuis Zuid' }).waitFor();
  assert.deepEqual(await page.locator('.po-differ dt').allTextContents(), [t('policy.field.hospital')]);
  await page.locator('.po-differ', { hasText: 'AZ Noord' }).waitFor();
  await fair(page, 'policy, what changes');
  await shots(page, 'policy changes');
  assert.deepEqual(sent(), []);
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await focused(page, 'po-hospital');
  await page.keyboard.press('Enter');
  const go = page.locator('dialog[open] .sg-button', { hasText: t('policy.confirm.go') });
  await go.focus();
  await page.keyboard.press('Enter');
  await page.locator('#po-said', { hasText: t('policy.saved') }).waitFor();
  await focused(page, 'po-said');
  assert.equal(sent().length, 1);
  assert.equal(sent()[0]!.version, 3);
  const { logo: _, ...before } = example;
  const { logo, ...after } = at.rules;
  assert.deepEqual(after, { ...before, hospital: 'Ziekenhuis Zuid' });
  assert.equal(logo, example['logo']);
  assert.equal(await page.locator('.po-bar').count(), 0);
  await fair(page, 'policy, saved');
  await context.close();
});

test('each kind of field is sent as the server keeps it', async () => {
  server();
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await arrive(page);
  await page.locator('#po-policy-report').selectOption('after');
  await page.locator('#po-days').fill('21');
  await page.locator('#po-policy-countryPrefixes').fill('+32, +33');
  await page.locator('#po-policy-validityDefault').fill('3');
  await page.locator('#po-policy-validityDefault-unit').selectOption('W');
  await page.locator('#po-policy-printing label', { hasText: t('policy.verification.date-of-birth') }).click();
  await page.locator('#po-policy-minimumComplexityBits').fill('50');
  await page.locator('#po-policy-payment-price').fill('12,5');
  await page.locator('#po-modality').selectOption('CT');
  await page.locator('#po-policy-payment-prices-CT').fill('30');
  await page.locator('.po-price', { has: page.locator('#po-policy-payment-prices-MR') }).locator('button').click();
  await page.locator('#po-policy-partialBirthDates label').click();
  await page.locator('#po-policy-unlimited label').click();
  await page.locator('#po-contact-email').fill('');
  await page.locator('#po-own').selectOption('fr');
  await page.locator('#po-languages label', { hasText: 'Deutsch' }).click();
  await page.locator('#po-tongue').selectOption('en');
  await page.locator('#po-statements-diagnosis-en').fill('Not for diagnosis.');
  await page.locator('#po-policy-quiet').fill('20');
  await page.locator('#po-policy-retention').fill('');
  await page.locator('#po-logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(`${PNG}AAAA`, 'base64') });
  await page.locator('#po-conditionsVersion button').click();
  await save(page);
  await page.locator('#po-said', { hasText: t('policy.saved') }).waitFor();
  const { policy: rules } = sent()[0]!;
  const { policy } = rules;
  const payment = policy['payment'] as Record<string, unknown>;
  assert.deepEqual([policy['report'], policy['countryPrefixes'], policy['validityDefault'], policy['printing'], policy['minimumComplexityBits'], policy['partialBirthDates'], policy['unlimited'], policy['quiet'], policy['retention']],
    ['after-21-days', ['+32', '+33'], 'P3W', ['otp-email', 'otp-sms'], 50, true, true, 'PT20M', undefined]);
  assert.deepEqual([payment['price'], payment['prices']], [1250, { CT: 3000 }]);
  assert.deepEqual(rules['languages'], ['fr', 'nl', 'en', 'de']);
  assert.equal(rules.contact['email'], undefined);
  assert.deepEqual((rules['statements'] as Record<string, unknown>)['diagnosis'], { en: 'Not for diagnosis.' });
  assert.match(String(rules['conditionsVersion']), /^\d{4}-\d{2}-\d{2}$/);
  assert.match(String(rules['logo']), /^data:image\/png;base64,/);
  await context.close();
});

test('a colour tells its contrast while it is chosen; a file that is no small picture is told at once', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#po-brand-light').fill('#ffcc00');
  await page.locator('#po-brand-light-ratio.po-bad').waitFor();
  await page.locator('#po-brand-light').fill('#0b5c7a');
  await page.locator('#po-brand-light-ratio.po-good').waitFor();
  assert.equal(await page.locator('.po-preview.po-light').evaluate((of) => getComputedStyle(of).getPropertyValue('--brand')), '#0b5c7a');
  await page.locator('#po-brand-light').fill('blue');
  await page.locator('#po-brand-light-ratio', { hasText: t('policy.colour.none') }).waitFor();
  await page.locator('#po-logo').setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(33 * 1024) });
  await page.locator('.po-logo .sg-error', { hasText: t('policy.fault.too-large') }).waitFor();
  await page.locator('#po-logo').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
  await page.locator('.po-logo .sg-error', { hasText: t('policy.fault.not-a-picture') }).waitFor();
  await fair(page, 'policy, logo refused');
  await context.close();
});

test('all that the server finds wrong stands beside its field, and the summary leads there', async () => {
  server({ [CHANGE]: { status: 400, body: { code: 'bad-request', errors: [{ field: 'brand.light', code: 'contrast' }, { field: 'policy.validityDefault', code: 'over-maximum' }, { field: 'policy.payment.freeRoute', code: 'missing' }, { field: 'contact.phone', code: 'something-new' }] } } });
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#po-policy-validityDefault').fill('9');
  await save(page);
  await focused(page, 'po-faults');
  await page.locator('#po-policy-validityDefault-error', { hasText: t('policy.fault.over-maximum') }).waitFor();
  await page.locator('#po-contact-phone-error', { hasText: t('policy.fault.wrong') }).waitFor();
  assert.equal(await page.locator('#po-policy-validityDefault').inputValue(), '9');
  assert.equal(await page.locator('#po-brand-light').getAttribute('aria-invalid'), 'true');
  await fair(page, 'policy, faults');
  await shots(page, 'policy faults');
  for (const [i, id] of ['po-brand-light', 'po-policy-validityDefault', 'po-policy-payment-freeRoute', 'po-contact-phone'].entries()) {
    await page.locator('#po-faults a').nth(i).press('Enter');
    await focused(page, id);
  }
  await context.close();
});

test('somebody else was quicker: who, what, and the own input stays', async () => {
  const at = server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('#po-hospital').fill('Mijn naam');
  await page.locator('#po-name').fill('Mijn dienst');
  at.version = 4;
  at.rules = { ...structuredClone(example), hospital: 'Hun naam', conditionsVersion: '2027-01' } as Rules;
  const plain = stub.say;
  stub.say = (path, body, query) => (path === CHANGE && (JSON.parse(body) as { version: number }).version === 3 ? { status: 409, body: { code: 'version-changed', version: 4, by: 'Jan Maes', at: '2026-11-28T02:00:00Z' } } : plain(path, body, query));
  await save(page);
  await focused(page, 'po-said');
  const banner = page.locator('#po-said .sg-banner');
  await banner.filter({ hasText: 'Jan Maes' }).waitFor();
  await banner.filter({ hasText: t('policy.overtaken.fields').replace('{fields}', `${t('policy.field.conditionsVersion')}, ${t('policy.field.hospital')}`) }).waitFor();
  await banner.filter({ hasText: t('policy.overtaken.both').replace('{fields}', t('policy.field.hospital')) }).waitFor();
  assert.deepEqual([await page.locator('#po-hospital').inputValue(), await page.locator('#po-name').inputValue()], ['Mijn naam', 'Mijn dienst']);
  await fair(page, 'policy, overtaken');
  await shots(page, 'policy overtaken');
  await save(page);
  await page.locator('#po-said', { hasText: t('policy.saved') }).waitFor();
  const last = sent().at(-1)!;
  assert.deepEqual([last.version, last.policy['hospital'], last.policy['name'], last.policy['conditionsVersion']], [4, 'Mijn naam', 'Mijn dienst', '2027-01']);
  await context.close();
});

test('an earlier version is looked at and taken back as another change', async () => {
  server();
  const { context, page } = await browsing.open();
  await arrive(page);
  await page.locator('.po-versions button').first().click();
  await page.locator('dialog[open]', { hasText: t('policy.version.now') }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.po-versions button').last().click();
  await page.locator('dialog[open] .po-differ', { hasText: t('policy.report.never') }).waitFor();
  await page.locator('dialog[open] summary').click();
  await page.locator('dialog[open] .po-whole', { hasText: 'radiology-it@example.org' }).waitFor();
  await fair(page, 'policy, a version');
  await shots(page, 'policy version');
  assert.deepEqual(sent(), []);
  await page.locator('dialog[open] .sg-button', { hasText: t('policy.take') }).click();
  await page.locator('#po-said', { hasText: t('policy.taken') }).waitFor();
  assert.equal(await page.locator('#po-policy-report').inputValue(), 'never');
  await save(page);
  await page.locator('#po-said', { hasText: t('policy.saved') }).waitFor();
  assert.deepEqual([sent()[0]!.version, sent()[0]!.policy.policy['report']], [3, 'never']);
  await context.close();
});

test('whoever leaves with something unsaved is asked, by a link and by Back', async () => {
  server();
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/account`);
  await page.locator('.pro-menu').waitFor();
  await page.locator('.pro-menu a[href="/professional/policy"]').click();
  await page.locator('#patients-title').waitFor();
  await page.locator('#po-name').fill('Anders');
  await page.locator('.po-bar').waitFor();
  await page.locator('.pro-menu a[href="/professional/desk"]').click();
  await page.locator('dialog[open]', { hasText: t('policy.leave.text') }).waitFor();
  await fair(page, 'policy, leaving');
  await page.locator('dialog[open] .sg-button', { hasText: t('policy.leave.stay') }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#po-name').inputValue(), 'Anders');
  await page.goBack();
  await page.locator('dialog[open]', { hasText: t('policy.leave.text') }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/professional/policy');
  await page.locator('dialog[open] .sg-button', { hasText: t('policy.leave.go') }).click();
  await page.waitForURL(`${base}/professional/account`);
  await page.locator('.pro-menu a[href="/professional/policy"]').click();
  await page.locator('#po-name').waitFor();
  assert.equal(await page.locator('#po-name').inputValue(), 'Radiologie Noord');
  await page.locator('#po-name').fill('Anders');
  await page.locator('.po-bar button', { hasText: t('policy.drop') }).click();
  await page.locator('#po-said', { hasText: t('policy.dropped') }).waitFor();
  assert.equal(await page.locator('#po-name').inputValue(), 'Radiologie Noord');
  await context.close();
});

test('the service desk chooses the department; the one it is about stands in what is sent', async () => {
  server({}, 'service-desk');
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/policy`);
  await heading(page, 'policy.title');
  await page.locator('.sg-banner', { hasText: t('policy.choose') }).waitFor();
  await fair(page, 'policy, no department yet');
  await page.locator('#whose').selectOption('noord');
  await page.locator('#patients-title').waitFor();
  assert.equal(new URL(page.url()).search, '?department=noord');
  await page.locator('#po-name').fill('Anders');
  await page.locator('.po-bar').waitFor();
  await page.locator('#whose').selectOption('lindenhof');
  await page.locator('dialog[open] .sg-button', { hasText: t('policy.leave.stay') }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#whose').inputValue(), 'noord');
  await save(page);
  await page.locator('#po-said', { hasText: t('policy.saved') }).waitFor();
  assert.equal(sent()[0]!.department, 'noord');
  await context.close();
});

test('who may not see it is told so; what fails can be tried again, and what was typed stays', async () => {
  server({ [READ]: { status: 403, body: { code: 'forbidden' } } }, 'department-staff');
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/policy`);
  await page.locator('.sg-banner', { hasText: t('policy.forbidden') }).waitFor();
  assert.equal(await page.locator('.pro-menu a[href="/professional/policy"]').count(), 0);
  await fair(page, 'policy, forbidden');
  server({ [READ]: { status: 500 } });
  await page.reload();
  await page.locator('main', { hasText: t('shell.unreachable') }).waitFor();
  server({ [CHANGE]: { status: 500 } });
  await page.locator('main button', { hasText: t('shell.again') }).click();
  await page.locator('#po-name').fill('Anders');
  await save(page);
  await page.locator('#po-said', { hasText: t('policy.failed') }).waitFor();
  assert.equal(await page.locator('#po-name').inputValue(), 'Anders');
  await context.close();
});

test('without payment nothing of it is asked, and turning it on asks for what it needs', async () => {
  const at = server();
  const { payment: _, ...free } = at.rules.policy;
  at.rules = { ...at.rules, policy: free };
  const { context, page } = await browsing.open();
  await arrive(page);
  assert.equal(await page.locator('#po-policy-payment-price').count(), 0);
  await page.locator('#po-policy-payment label').click();
  await page.locator('#po-policy-payment-price').fill('9');
  await page.locator('#po-policy-payment-freeRoute-nl').fill('Bel ons.');
  await save(page);
  await page.locator('#po-said', { hasText: t('policy.saved') }).waitFor();
  assert.deepEqual(sent()[0]!.policy.policy['payment'], { currency: 'EUR', methods: ['card'], afterRefund: 'end', afterLostDispute: 'end', receipt: true, price: 900, freeRoute: { nl: 'Bel ons.' } });
  await context.close();
});
