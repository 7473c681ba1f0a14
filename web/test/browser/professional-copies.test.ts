// Pictures that may carry text, in a real browser: looked at and covered by pointer and by keyboard alone, light and dark, every language at 320 px.
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

const t = (key: string, holes: Record<string, string> = {}) => words['nl']![key]!.replace(/\{(\w+)\}/g, (_, name: string) => holes[name] ?? '');
const COPY = '5k'.padEnd(26, '0');
const OTHER = '6k'.padEnd(26, '0');
const COPIES = 'GET /api/desk/copies';
const line = { id: COPY, bucket: 'b1', instances: 12, waiting: 3, reason: 'US', madeAt: '2026-11-27T09:00:00Z' };
const picture = { uid: '1.2.1', rows: 480, columns: 640, frames: 1, from: 1, pictures: ['/icon.svg'] };
const pictures = [picture, { ...picture, uid: '1.2.2' }, { ...picture, uid: '1.2.3', frames: 24 }];
const ALL = '26'; // one and one and twenty-four
/** Ten frames at a time; the server gives more. */
const framesOf = (query: URLSearchParams, address = '/icon.svg') => {
  const from = Number(query.get('frame'));
  return { ...pictures[2]!, from, pictures: Array.from({ length: Math.min(10, 25 - from) }, () => address) };
};
const departments = { departments: [{ id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' }, { id: 'lindenhof', name: 'Radiologie', hospital: 'Klinik Lindenhof' }], serviceDesk: {} };
const visit = (role: string) => ({ kind: 'professional', now: new Date().toISOString(), professional: { name: 'Els Peeters', role, state: 'active' },
  department: role === 'service-desk' ? null : { id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord' },
  idleUntil: new Date(Date.now() + 30 * 60_000).toISOString(), expiresAt: new Date(Date.now() + 12 * 60 * 60_000).toISOString() });

function server(more: Record<string, Said> = {}, role = 'department-staff'): void {
  stub.calls.length = 0;
  const waiting = new Set([COPY, OTHER]);
  stub.say = (path, _, query) => {
    if (path === `GET /api/desk/copies/${COPY}` && query.get('instance') === '1.2.3') return { status: 200, body: { id: COPY, instances: [framesOf(query)] } };
    if (more[path]) return more[path];
    const [, decided] = /^POST \/api\/desk\/copies\/(\w+)\/pixels$/.exec(path) ?? [];
    if (decided) {
      waiting.delete(decided);
      return { status: 204 };
    }
    switch (path) {
      case 'GET /api/session': return { status: 200, body: visit(role) };
      case 'GET /api/departments': return { status: 200, body: departments };
      case COPIES: return { status: 200, body: [line, { ...line, id: OTHER, reason: 'SC', waiting: 1 }].filter(({ id }) => waiting.has(id)) };
      case `GET /api/desk/copies/${COPY}`: return { status: 200, body: { id: COPY, instances: pictures } };
      case `GET /api/desk/copies/${OTHER}`: return { status: 200, body: { id: OTHER, instances: [picture] } };
      default: return { status: 404 };
    }
  };
}
const sent = () => stub.calls.filter(({ path }) => path.endsWith('/pixels')).map(({ path, body }) => [path, JSON.parse(body) as unknown]);
const told = (page: Page, number: string) => page.locator('.cp-bar p', { hasText: t('copies.picture', { number, of: '3' }) }).waitFor();

test('copies that wait stand in a list, with how many pictures and why', async () => {
  server();
  const { context, page, faults, foreign } = await browsing.open();
  await page.goto(`${base}/professional/copies`);
  await page.locator(`a[href="/professional/copies/${COPY}"]`).waitFor();
  assert.equal(await page.locator('.dk-table tbody tr').count(), 2);
  await page.locator('.pro-menu a[aria-current=page][href="/professional/copies"]', { hasText: t('menu.copies.short') }).waitFor();
  await fair(page, 'copies');
  await shots(page, 'copies');
  await everyLanguage(page, 'copies', 'copies.title');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('by keyboard alone: each picture is looked at, text is covered by its numbers in all of them, and the next copy follows', async () => {
  server();
  const { context, page, faults } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${base}/professional/copies/${COPY}`);
  await told(page, '1');
  await page.locator('.cp-window').focus();
  await page.keyboard.press('ArrowRight');
  await told(page, '2');
  await page.keyboard.press('+');
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.cp-stage')!.style.width === '150%');
  await page.keyboard.press('-');
  await page.waitForFunction(() => document.querySelector<HTMLElement>('.cp-stage')!.style.width === '100%');
  await page.keyboard.press('End');
  await told(page, '3');
  await page.getByText(t('copies.seen', { seen: '3', of: ALL })).waitFor();
  await page.locator('.cp-window').focus();
  await page.keyboard.press('ArrowDown');
  await page.locator('.cp-frames', { hasText: t('copies.frame', { number: '2', of: '24' }) }).waitFor();
  await page.locator('#frame').focus();
  await page.keyboard.press('End');
  await page.locator(`img[alt*="${t('copies.frame', { number: '24', of: '24' })}"]`).waitFor();
  await page.getByText(t('copies.seen', { seen: '5', of: ALL })).waitFor(); // what was passed over was not seen
  await page.keyboard.press('Home');
  await page.locator('.cp-frames', { hasText: t('copies.frame', { number: '1', of: '24' }) }).waitFor();
  await page.locator('#run').focus();
  await page.keyboard.press('Enter');
  await page.locator('#run[aria-pressed=false]').waitFor();
  await page.locator('.cp-frames', { hasText: t('copies.frame', { number: '24', of: '24' }) }).waitFor();
  await page.getByText(t('copies.seen', { seen: ALL, of: ALL })).waitFor();
  await fair(page, 'copies, frames');
  await shots(page, 'copies, frames');
  await page.locator('#region-add').focus();
  await page.keyboard.press('Enter');
  await focused(page, 'region-1-x');
  const field = async (name: string, value: string) => {
    await page.locator(`#region-1-${name}`).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
  };
  await field('x', '20');
  await field('width', '9000'); // as wide as it can be
  await field('height', '50');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#region-1-width')!.value === '620');
  await page.locator('.cp-numbers input[type=checkbox]').focus();
  await page.keyboard.press('Space');
  await page.locator('#preview').focus();
  await page.keyboard.press('Enter');
  await page.locator('rect.cp-masked').waitFor();
  await fair(page, 'copies, preview');
  await shots(page, 'copies, preview');
  await page.locator('#release').focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('h2', { hasText: t('copies.mask.title') }).waitFor();
  assert.equal(await dialog.locator('.sg-banner').count(), 0); // all of them were looked at
  await fair(page, 'copies, cover');
  await dialog.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.sg-banner-ok', { hasText: t('copies.done') }).waitFor();
  await focused(page, 'H1');
  assert.deepEqual(sent(), [[`POST /api/desk/copies/${COPY}/pixels`, { regions: [{ x: 20, y: 0, width: 620, height: 50 }] }]]);
  await fair(page, 'copies, done');
  await page.locator('.sg-banner-ok a', { hasText: t('copies.next') }).click();
  await page.waitForURL(`${base}/professional/copies/${OTHER}`);
  await page.locator('#release', { hasText: t('copies.clean') }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('a hand draws over text of one picture, and takes it back', async () => {
  server();
  const { context, page, faults } = await browsing.open();
  await page.goto(`${base}/professional/copies/${COPY}`);
  const svg = page.locator('.cp-stage svg');
  await svg.scrollIntoViewIfNeeded();
  const box = (await svg.boundingBox())!;
  const draw = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 4 });
    await page.mouse.up();
  };
  await draw([0.5, 0.5], [0.25, 0.25]);
  await page.locator('.cp-numbers').waitFor();
  const value = async (side: string) => Number(await page.locator(`#region-1-${side}`).inputValue());
  for (const [side, wanted] of [['x', 160], ['y', 120], ['width', 160], ['height', 120]] as const) assert.ok(Math.abs(await value(side) - wanted) <= 2, `${side} ${await value(side)}`);
  await fair(page, 'copies, drawn');
  await shots(page, 'copies, drawn');
  await everyLanguage(page, 'copies, drawn', 'copies.title');
  await page.locator('#onward').click();
  await told(page, '2');
  assert.equal(await page.locator('.cp-numbers').count(), 0); // it is of the first alone
  await page.locator('#release').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.sg-banner', { hasText: t('copies.unseen', { seen: '2', of: ALL }) }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.cp-window').focus();
  await page.keyboard.press('Home');
  await page.locator('.cp-numbers button').click();
  await page.locator('#release', { hasText: t('copies.clean') }).waitFor();
  await focused(page, 'region-add');
  await page.locator('#release').click();
  await dialog.locator('h2', { hasText: t('copies.clean.title') }).waitFor();
  await fair(page, 'copies, no text');
  await shots(page, 'copies, no text');
  await dialog.locator('button[type=submit]').click();
  await page.locator('.sg-banner-ok').waitFor();
  assert.deepEqual(sent(), [[`POST /api/desk/copies/${COPY}/pixels`, { clean: true }]]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('what is covered is covered in each frame; an address that has ended is asked for once more, and then a hand asks', async () => {
  server();
  const say = stub.say;
  let ended = true;
  stub.say = (path, body, query) => (query.get('instance') === '1.2.3' && ended ? { status: 200, body: { id: COPY, instances: [framesOf(query, '/ended.jpg')] } } : say(path, body, query));
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/copies/${COPY}`);
  await page.locator('.cp-window').focus();
  await page.keyboard.press('End');
  await told(page, '3');
  await page.locator('#region-add').click();
  await page.locator('rect.cp-region').waitFor();
  await page.locator('.cp-window').focus();
  await page.keyboard.press('ArrowDown');
  await page.locator('[role=alert]', { hasText: t('desk.failed') }).waitFor();
  await page.getByText(t('copies.seen', { seen: '2', of: ALL })).waitFor(); // a frame that did not come was not seen
  await fair(page, 'copies, a frame that does not come');
  ended = false;
  await page.locator('#again').click();
  await page.locator(`img[alt*="${t('copies.frame', { number: '2', of: '24' })}"]`).waitFor();
  await page.getByText(t('copies.seen', { seen: '3', of: ALL })).waitFor();
  assert.equal(await page.locator('rect.cp-region').count(), 1);
  await everyLanguage(page, 'copies, frames', 'copies.title');
  await context.close();
});

test('nothing waits, not there, not loaded and not done each say what is so', async () => {
  for (const [path, said, more, text] of [
    ['', { [COPIES]: { status: 200, body: [] } }, '', 'copies.none'],
    ['', { [COPIES]: { status: 500 } }, '', 'desk.failed'],
    [`/${COPY}`, { [`GET /api/desk/copies/${COPY}`]: { status: 404 } }, '', 'copies.missing'],
    [`/${COPY}`, { [`GET /api/desk/copies/${COPY}`]: { status: 500 } }, '', 'shell.failed'],
    [`/${COPY}`, { [`POST /api/desk/copies/${COPY}/pixels`]: { status: 403 } }, 'release', 'desk.refused.forbidden'],
  ] as const) {
    server(said);
    const { context, page } = await browsing.open();
    await page.goto(`${base}/professional/copies${path}`);
    if (more === 'release') {
      await page.locator('#release').click();
      await page.locator('dialog[open] button[type=submit]').click();
    }
    await page.getByText(t(text)).first().waitFor();
    await fair(page, `copies, ${text}`);
    await context.close();
  }
});

test('the service desk says which department; a physician has no copies to look at', async () => {
  server({}, 'service-desk');
  const { context, page } = await browsing.open();
  await page.goto(`${base}/professional/copies`);
  await page.getByText(t('copies.choose')).waitFor();
  assert.equal(stub.count(COPIES), 0);
  await page.locator('#whose').selectOption('noord');
  await page.locator(`a[href="/professional/copies/${COPY}?department=noord"]`).waitFor();
  await context.close();
  server({}, 'professional');
  const other = await browsing.open();
  await other.page.goto(`${base}/professional/copies`);
  await other.page.getByText(t('desk.forbidden')).waitFor();
  await other.context.close();
});
