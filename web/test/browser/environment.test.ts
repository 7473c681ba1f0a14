// Two environments in a real browser, each a server of its own: the question, what is remembered, the way there and back; for
// patients and for professionals, by keyboard, light and dark, every language at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsing, department, fair, shots, words } from './browsing.ts';
import { type Said, Stub } from './stub.ts';

const browsing = new Browsing();
const abroad = new Stub();
let belgium: string;
let netherlands: string;
/** Where the edge sees the browser. */
let visitor: string | null = 'NL';
const t = (key: string, holes: Record<string, string> = {}) => words['nl']![key]!.replace(/\{(\w+)\}/g, (_, name: string) => holes[name]!);

before(async () => {
  belgium = await browsing.begin();
  netherlands = await abroad.open();
  const portals = () => [{ country: 'BE', name: 'Studygate België', origin: belgium }, { country: 'NL', name: 'Studygate Nederland', origin: netherlands }];
  const say = (here: string) => (path: string): Said => {
    switch (path) {
      case 'GET /api/environments': return { status: 200, body: { here: portals().map(({ country, name }) => ({ country, name })).find(({ country }) => country === here), others: portals().filter(({ country }) => country !== here), visitor } };
      case 'GET /api/departments': return { status: 200, body: { departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'zuid', name: 'Radiologie', hospital: 'Ziekenhuis Zuid' }], serviceDesk: null } };
      case 'GET /api/departments/noord': return { status: 200, body: { ...department, logo: null, brand: { light: '#0b5c63', dark: '#7fd1c9' }, partialBirthDates: false, statements: {}, serviceDesk: null } };
      default: return { status: 401, body: { code: 'session-ended' } };
    }
  };
  browsing.stub.say = say('BE');
  abroad.say = say('NL');
});
after(async () => {
  await browsing.end();
  await abroad.close();
});

const dialog = (page: Page) => page.locator('dialog#environment');
const menu = (page: Page) => page.locator('nav#environment summary');
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('#environment').count(), 0);
}

for (const path of ['/', '/professional']) {
  test(`${path}: whoever is in another country is asked; what is remembered is a country`, async () => {
    visitor = 'NL';
    const { context, page, faults } = await browsing.open();
    await page.goto(belgium + path);
    await dialog(page).waitFor();
    assert.deepEqual(await dialog(page).locator('dd').allTextContents(), ['Nederland', 'België (Studygate België)']);
    assert.ok(await dialog(page).getByText(t('environment.note')).isVisible());
    await fair(page, `${path} question`);
    await shots(page, `environment-question${path}`);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of [...Object.keys(words).filter((one) => one !== 'nl'), 'nl']) {
      await page.evaluate((code) => document.querySelector<HTMLElement>(`#language button[lang=${code}]`)!.click(), language);
      await dialog(page).locator('h2', { hasText: words[language]!['environment.title']! }).waitFor();
      assert.ok(await page.evaluate(() => { const box = document.querySelector('dialog#environment')!; return box.scrollWidth <= box.clientWidth && document.documentElement.scrollWidth <= innerWidth; }), language);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('#environment-remember').check();
    await page.locator('#environment-go').press('Enter');
    await page.waitForURL(`${netherlands}${path}`);
    await menu(page).waitFor();
    const kept = await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }]);
    assert.deepEqual(kept, [kept[0], { 'studygate.environment.from': 'BE' }]);
    assert.ok((await menu(page).boundingBox())!.x < 40, 'in the upper left');
    await menu(page).press('Enter');
    await fair(page, `${path} menu`);
    await shots(page, `environment-menu${path}`);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#environment details').getAttribute('open'), null);

    await page.goto(belgium + path);
    await page.waitForURL(`${netherlands}${path}`);
    await menu(page).click();
    await page.locator('#environment-once').click();
    await page.waitForURL(`${belgium}${path}`);
    await quiet(page);
    assert.equal(await page.evaluate(() => localStorage.getItem('studygate.environment')), 'NL', 'once: the choice stays');
    await page.reload();
    await quiet(page);

    const next = await context.newPage();
    await next.goto(belgium + path);
    await next.waitForURL(`${netherlands}${path}`);
    await menu(next).click();
    await next.locator('#environment-clear').click();
    await next.waitForURL(`${belgium}${path}`);
    await quiet(next);
    assert.equal(await next.evaluate(() => localStorage.getItem('studygate.environment')), null);
    const last = await context.newPage();
    await last.goto(belgium + path);
    await dialog(last).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`${path}: whoever stays is asked again another time, unless that is remembered; Escape stays`, async () => {
    visitor = 'NL';
    const { context, page, faults } = await browsing.open();
    await page.goto(belgium + path);
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await page.reload();
    await quiet(page);
    const next = await context.newPage();
    await next.goto(belgium + path);
    await dialog(next).waitFor();
    await next.locator('#environment-remember').check();
    await next.locator('#environment-stay').click();
    const last = await context.newPage();
    await last.goto(belgium + path);
    await quiet(last);
    assert.equal(await last.evaluate(() => localStorage.getItem('studygate.environment')), 'BE');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('nobody is asked at home, where no country is known, or with a letter of this environment in hand', async () => {
  for (const [where, path] of [['BE', '/'], [null, '/'], ['NL', '/?d=noord#7H2K9F3QXW5BT0CA']] as const) {
    visitor = where;
    const { context, page } = await browsing.open();
    await page.goto(belgium + path);
    await quiet(page);
    await context.close();
  }
});

test('an address leads to no environment but those of our own list', async () => {
  visitor = 'BE';
  const { context, page, addresses } = await browsing.open();
  for (const query of ['from=XX', 'from=https://evil.example', 'once=%3Cscript%3E', 'clear=evil', 'from=BE', 'from=NL&from=XX']) {
    await page.goto(`${belgium}/professional?${query}`);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(page.url(), `${belgium}/professional`, query);
    if (query !== 'from=NL&from=XX') assert.equal(await page.locator('#environment').count(), 0, query);
  }
  assert.ok(addresses.every((address) => address.startsWith(belgium)));
  await context.close();
});
