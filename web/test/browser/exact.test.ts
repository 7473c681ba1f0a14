// Exact pixels in a real browser: the same gray before and after the first touch, whatever the file says; made, refused,
// grown and lost ones; a clip in another light.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { grays, type Light, seen } from '../../src/viewer/shading.ts';
import { filmOf } from '../film-bytes.ts';
import { gray, type Made, planesOf } from '../planes-bytes.ts';
import { Browsing, department, fair, shots, words } from './browsing.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;
const SIDE = 64;
const EXPIRES = '2026-11-27T10:01:00Z';
const UNTOUCHED: Light = { window: null, brightness: 0, contrast: 0 };

type Frame = NonNullable<Made>;
/** The same in every row, so that stretching rows changes nothing; softly, so that a JPEG keeps it. */
const ramp = (from: number, to: number, rows = SIDE) => Array.from({ length: SIDE * rows }, (_, i) => Math.round(from + ((to - from) * (i % SIDE)) / (SIDE - 1)));
const of = (values: readonly number[], facts: object, rows = SIDE): Frame => ({ columns: SIDE, rows, values, facts: { ...gray, ...facts } });
const linear = (center: number, width: number, explanation = '') => ({ center, width, function: 'LINEAR' as const, explanation });
const KINDS: readonly (readonly [string, Frame])[] = [
  ['a CT with padding and two windows', of(ramp(-400, 500).map((value, i) => (i % SIDE < 8 ? -2000 : value)), { padding: [-2000, -1500], windows: [linear(40, 800, 'ABDOMEN'), linear(300, 2000)] })],
  ['MONOCHROME1', of(ramp(0, 4095), { bits: 12, signed: false, inverted: true, windows: [linear(2048, 4096)] })],
  ['a sigmoid', of(ramp(-300, 300), { windows: [{ center: 0, width: 300, function: 'SIGMOID' }] })],
  ['a table of gray', of(ramp(0, 255), { bits: 8, signed: false, voi: { first: 0, bits: 12, entries: Array.from({ length: 256 }, (_, i) => Math.round(4095 * Math.sqrt(i / 255))) } })],
  ['a table of values', of(ramp(0, 255), { bits: 8, signed: false, modality: { first: 0, bits: 16, entries: Array.from({ length: 256 }, (_, i) => 10 * i) }, windows: [linear(1000, 3000)] })],
  ['no word of the file', of(ramp(100, 900), { extent: [100, 900] })],
  ['fractions', of(ramp(1, 60_000), { bits: 16, signed: false, scale: { step: 0.001, start: -10 }, windows: [{ center: 20, width: 60, function: 'LINEAR_EXACT' }] })],
  ['pixels twice as high as wide', of(ramp(-400, 400, SIDE / 2), { windows: [linear(0, 900)] }, SIDE / 2)],
  ['colour', { columns: SIDE, rows: SIDE, channels: 3, width: 1, values: [...ramp(0, 250), ...ramp(250, 0), ...ramp(40, 90)], facts: null }],
];
/** What is to be seen of a frame, as RGB, one row. */
function expected({ values, channels = 1, facts }: Frame, light: Light = UNTOUCHED): number[] {
  const row = Array.from({ length: SIDE }, (_, x) => x);
  const table = facts ? grays(facts, light) : seen(null, light);
  if (channels === 1) return row.flatMap((x) => { const level = table[values[x]! & 0xffff]!; return [level, level, level]; });
  return row.flatMap((x) => [0, 1, 2].map((channel) => table[values[channel * SIDE * SIDE + x]!]!));
}

type Store = { film: ReturnType<typeof filmOf>; planes: ReturnType<typeof planesOf> };
const stores: Record<string, Store> = {};
const CLIP = 40;

before(async () => {
  base = await browsing.begin();
  stub.behind = new Set();
  const { page, context } = await browsing.open();
  await page.goto(`${base}/404`);
  const jpegs = (rows: readonly (readonly number[])[]) => page.evaluate(async ([all, side]) => {
    const made: string[] = [];
    for (const row of all) {
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext('2d')!;
      const image = new ImageData(side, side);
      for (let i = 0; i < side * side; i++) {
        for (let channel = 0; channel < 3; channel++) image.data[4 * i + channel] = row[3 * (i % side) + channel]!;
        image.data[4 * i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      made.push(String.fromCharCode(...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer())));
    }
    return made;
  }, [rows, SIDE] as const).then((all) => all.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  const store = async (frames: readonly (Frame | null)[]) => {
    const pictures = await jpegs(frames.map((frame) => (frame ? expected(frame) : Array.from({ length: 3 * SIDE }, () => 90))));
    return { film: filmOf(pictures.map((jpeg) => ({ jpeg, width: SIDE, height: SIDE })), () => pictures[0]!), planes: planesOf(frames) };
  };
  const kinds = KINDS.map(([, frame]) => frame);
  stores['kinds'] = await store([...kinds, null]);
  stores['grown'] = await store([kinds[8]!, ...kinds, null]);
  stores['clip'] = await store(Array.from({ length: CLIP }, (_, i) => of(ramp(-400, 10 * i), { windows: [linear(40, 800)] })));
  const large: Frame = { columns: 4200, rows: 4200, width: 1, values: new Uint8Array(4200 * 4200).map((_, i) => (i % 4200 < 2100 ? 50 : 200)), facts: { ...gray, bits: 8, signed: false, extent: [0, 255] } };
  stores['large'] = { film: stores['kinds']!.film, planes: planesOf([large, ...Array.from({ length: KINDS.length }, () => null)]) };
  for (const [name, { film, planes }] of Object.entries(stores)) {
    stub.objects.set(`/store/film-${name}.bin`, film.bytes);
    stub.objects.set(`/store/planes-${name}.bin`, planes.bytes);
  }
  stub.objects.set('/store/refused.bin', 403);
  await context.close();
});
after(() => browsing.end());

type Told = { state: 'ready' | 'making' | 'none'; store?: string; url?: string };
type World = { store?: string; planes?: Told[]; clip?: boolean };
/** How often exact pixels were asked for; each answer in turn, the last one for ever. */
let asked = 0;
function server({ store = 'kinds', planes = [{ state: 'ready' }], clip = false }: World = {}): void {
  stub.calls.length = stub.ranges.length = asked = 0;
  let now = store;
  const line = { id: 's1', date: '2026-11-20', description: 'CT', modalities: ['CT'], patient: { name: 'An Peeters' }, hasImages: true, hasReport: false };
  const known = { ...department, serviceDesk: null, statements: null };
  const size = () => stores[now]!.film.bytes && new DataView(stores[now]!.film.bytes.buffer).getUint32(12, true);
  const bare = (uid: string, number: number, frames: number) => ({ uid, number, frames, transferSyntax: '1.2.840.10008.1.2.4.90', rows: SIDE, columns: SIDE, url: null,
    preview: null, previews: [], window: null, pixels: null, video: null, frameMillis: clip ? 40 : 0 });
  const series = (query: URLSearchParams) => {
    let told = null;
    if (query.get('exact') === 'true') {
      const { state, store: next = now, url } = planes[Math.min(asked++, planes.length - 1)]!;
      now = next;
      told = state === 'ready' ? { state, url: url ?? `/store/planes-${now}.bin`, generation: now === 'grown' ? 2 : 1, headEnd: stores[now]!.planes.headEnd }
        : { state, url: null, generation: null, headEnd: null };
    }
    // of a series that has grown, the new one lies first: the others keep their names
    const all = clip ? [bare('1.2.9', 1, size())] : Array.from({ length: size() }, (_, i) => bare(`1.2.3.${now === 'grown' ? i - 1 : i}`.replace('-1', '99'), i + 1, 1));
    const from = Number(query.get('from')?.split('.')[0] ?? 0);
    return { instances: all.slice(clip ? 0 : from).slice(0, Number(query.get('limit') ?? all.length)), next: null, expiresAt: EXPIRES, planes: told,
      film: { url: `/store/film-${now}.bin`, generation: now === 'grown' ? 2 : 1, pictures: size(), sheetsEnd: stores[now]!.film.sheetsEnd } };
  };
  const usual: Record<string, (query: URLSearchParams) => unknown> = {
    'GET /api/departments/noord': () => known,
    'GET /api/session': () => ({ kind: 'patient', now: new Date().toISOString(), department,
      idleUntil: new Date(Date.now() + 900_000).toISOString(), expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    'GET /api/studies': () => ({ studies: [line], next: null }),
    'GET /api/studies/s1': () => ({ ...line, department, state: 'complete', report: null, reportFrom: null, documents: [], expiresAt: EXPIRES,
      series: [{ uid: '1.2', number: 1, description: 'Reeks', modality: 'CT', instances: clip ? 1 : size(), frames: size(), preview: null }] }),
    'GET /api/studies/s1/series/1.2': series,
  };
  stub.say = (path, _, query) => (usual[path] ? { status: 200, body: usual[path]!(query) } : { status: 404 });
}

/** The row in the middle of the canvas, as RGB. */
const row = (page: Page) => page.evaluate(() => {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
  return [...canvas.getContext('2d')!.getImageData(0, canvas.height / 2, canvas.width, 1).data].filter((_, i) => i % 4 < 3);
});
const shown = (page: Page, image: number, grade = 'medium') => page.waitForSelector(`canvas.lb-picture[data-image="${image}"][data-grade="${grade}"]`);
const open = async (page: Page, image: number) => {
  await page.goto(`${base}/study?d=noord#s1/1.2/${image}`);
  await shown(page, image);
};
const slide = (page: Page, tone: string, ...values: number[]) => page.evaluate(([name, all]) => {
  const input = document.querySelector<HTMLInputElement>(`[data-tone=${name}]`)!;
  for (const value of all) {
    input.value = String(value);
    input.dispatchEvent(new Event('input'));
  }
}, [tone, values] as const);
/** Waits until exactly this is drawn. */
const draws = (page: Page, image: number, wanted: readonly number[]) => page.waitForFunction(([which, all]) => {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
  if (canvas.dataset['image'] !== String(which) || canvas.dataset['grade'] !== 'exact' || canvas.style.filter !== '') return false;
  const data = canvas.getContext('2d')!.getImageData(0, canvas.height / 2, canvas.width, 1).data;
  return all.length === 3 * canvas.width && all.every((level, i) => data[4 * Math.floor(i / 3) + (i % 3)] === level);
}, [image, wanted] as const);
/** Notes each time when something else is seen than a picture, the old one or the new. */
const watch = (page: Page) => page.evaluate(() => {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
  const seen = new Set<string>();
  Object.assign(window, { seen });
  const look = () => seen.add(canvas.hidden ? 'hidden' : canvas.style.filter !== '' ? 'filtered' : canvas.dataset['grade']!);
  look();
  new MutationObserver(look).observe(canvas, { attributes: true });
});
const watched = (page: Page) => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);

for (const [i, [kind, frame]] of KINDS.entries()) {
  test(`the same before and after the first touch, and as the standard says when touched: ${kind}`, async () => {
    const { context, page, faults, foreign } = await browsing.open();
    server();
    await open(page, i + 1);
    const before = await row(page);
    before.forEach((level, x) => assert.ok(Math.abs(level - expected(frame)[x]!) <= 4, `${x}: ${level}, not ${expected(frame)[x]}`)); // a JPEG is nearly so
    await page.click('#lb-light-button');
    await watch(page);
    await slide(page, 'contrast', 5, 0);
    await draws(page, i + 1, expected(frame));
    assert.equal(await page.evaluate(() => { const { width, height } = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!; return width / height; }), 1, 'in its shape');
    await slide(page, 'brightness', 20);
    await slide(page, 'contrast', -30);
    await draws(page, i + 1, expected(frame, { window: null, brightness: 20, contrast: -30 }));
    assert.deepEqual((await watched(page)).sort(), ['exact', 'medium']);
    await page.focus('.lb-stage');
    await page.keyboard.press('r');
    await shown(page, i + 1);
    assert.deepEqual([faults, foreign], [[], []]);
    await context.close();
  });
}

test('presets, and the windows that the file itself has', async () => {
  const { context, page, faults } = await browsing.open();
  server();
  await open(page, 1);
  const frame = KINDS[0]![1];
  await page.click('#lb-light-button');
  await page.click('#viewer-preset-bones');
  await draws(page, 1, expected(frame, { ...UNTOUCHED, window: { center: 400, width: 1800, function: 'LINEAR' } }));
  assert.deepEqual(await page.locator('[id^=viewer-own-]').allTextContents(), ['ABDOMEN', words['nl']!['viewer.own']!.replace('{number}', '2')]);
  await page.click('#viewer-own-1');
  await draws(page, 1, expected(frame, { ...UNTOUCHED, window: { center: 300, width: 2000, function: 'LINEAR' } }));
  assert.deepEqual(await page.locator('.lb-presets [aria-pressed=true]').evaluateAll((all) => all.map(({ id }) => id)), ['viewer-own-1']);
  await fair(page, 'windows of the file');
  await shots(page, 'viewer windows of the file');
  await page.click('#viewer-own-0');
  await draws(page, 1, expected(frame));
  await page.click('#viewer-own-0');
  await shown(page, 1);
  await page.focus('.lb-stage');
  await page.keyboard.press('ArrowRight');
  await shown(page, 2);
  await page.locator('#viewer-own-0').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await context.close();
});

test('the head alone is read before a hand is near; the picture in hand then, those beside it when it is touched', async () => {
  const { context, page } = await browsing.open();
  server({ store: 'clip', clip: true });
  await open(page, 5);
  const parts = () => stub.ranges.filter(({ path }) => path.startsWith('/store/planes'));
  const { planes } = stores['clip']!;
  while (parts().length < 1) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(parts().map(({ first, last }) => [first, last + 1]), [[0, planes.headEnd]]);
  await page.click('#lb-light-button');
  while (parts().length < 2) await page.evaluate(() => new Promise(requestAnimationFrame));
  await slide(page, 'brightness', 10);
  await shown(page, 5, 'exact');
  await page.focus('.lb-stage');
  for (let image = 6; image < 16; image++) {
    await page.keyboard.press('ArrowRight');
    await shown(page, image, 'exact');
  }
  const bytes = parts().flatMap(({ first, last }) => [first, last]);
  assert.equal(new Set(bytes).size, bytes.length, 'nothing twice');
  await context.close();
});

test('where no exact pixels are to be had, the filter of the browser does', async () => {
  for (const [planes, image] of [[[{ state: 'none' }], 1], [[{ state: 'ready' }], KINDS.length + 1]] as const) {
    const { context, page, faults } = await browsing.open();
    server({ planes: [...planes] });
    await open(page, image);
    await page.click('#lb-light-button');
    await slide(page, 'brightness', 20);
    await page.waitForFunction(() => document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!.style.filter === 'brightness(1.2) contrast(1)');
    assert.equal(await page.locator('.lb-note').textContent(), '');
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('as long as they are made the picture stays as it is and that is said; then they are there, without a flash', async () => {
  const { context, page, faults } = await browsing.open();
  server({ planes: [{ state: 'making' }, { state: 'making' }, { state: 'ready' }] });
  await open(page, 1);
  await page.click('#lb-light-button');
  await watch(page);
  await slide(page, 'brightness', 20);
  await page.locator('.lb-note', { hasText: words['nl']!['viewer.preparing']! }).waitFor();
  await fair(page, 'being made');
  await shots(page, 'viewer being made');
  await draws(page, 1, expected(KINDS[0]![1], { ...UNTOUCHED, brightness: 20 }));
  assert.equal(await page.locator('.lb-note').textContent(), '');
  assert.deepEqual((await watched(page)).sort(), ['exact', 'medium']);
  assert.equal(asked, 3);
  assert.deepEqual(faults, []);
  await context.close();
});

test('of a picture with more pixels than a canvas of a phone takes, as many are drawn as it does', async () => {
  const { context, page, faults } = await browsing.open();
  server({ store: 'large' });
  await open(page, 1);
  await page.click('#lb-light-button');
  await slide(page, 'contrast', 0);
  await shown(page, 1, 'exact');
  const found = await page.evaluate(() => {
    const { width, height } = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
    const context = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!.getContext('2d')!;
    return [width, height, ...[0.25, 0.75].map((part) => context.getImageData(Math.floor(part * width), 9, 1, 1).data[0])];
  });
  assert.deepEqual(found, [4096, 4096, 50, 200]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('an address that is refused is asked for again', async () => {
  const { context, page, faults } = await browsing.open();
  server({ planes: [{ state: 'ready', url: '/store/refused.bin' }, { state: 'ready' }] });
  await open(page, 1);
  await page.click('#lb-light-button');
  await slide(page, 'brightness', 20);
  await draws(page, 1, expected(KINDS[0]![1], { ...UNTOUCHED, brightness: 20 }));
  assert.equal(asked, 2);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a series that has grown meanwhile: who looks at a picture stays at it, and its pixels are its own', async () => {
  const { context, page, faults } = await browsing.open();
  server({ planes: [{ state: 'ready', url: '/store/refused.bin' }, { state: 'ready', store: 'grown' }] });
  await page.goto(`${base}/study?d=noord#s1/1.2/3`); // as soon as it is drawn, the series is known to have grown
  await shown(page, 4);
  await page.click('#lb-light-button');
  await slide(page, 'brightness', 20);
  await draws(page, 4, expected(KINDS[2]![1], { ...UNTOUCHED, brightness: 20 }));
  assert.equal(await page.locator('.lb-place').textContent(), `Beeld 4 van ${KINDS.length + 2}`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('no line: it is said, the old picture stays, and what was wanted is there when the line is', async () => {
  const { context, page } = await browsing.open();
  server();
  await open(page, 1);
  await page.route('**/store/planes-*', (route) => route.abort());
  await page.click('#lb-light-button');
  await watch(page);
  await slide(page, 'brightness', 20);
  await page.locator('.lb-line', { hasText: words['nl']!['viewer.offline']! }).waitFor();
  assert.equal(await page.locator('canvas.lb-picture').getAttribute('data-grade'), 'medium');
  await page.unroute('**/store/planes-*');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await draws(page, 1, expected(KINDS[0]![1], { ...UNTOUCHED, brightness: 20 }));
  await page.locator('.lb-line:empty').waitFor({ state: 'attached' });
  assert.deepEqual((await watched(page)).sort(), ['exact', 'medium']);
  await context.close();
});

test('a device that saves bytes asks for them when the light is opened', async () => {
  const { context, page } = await browsing.open();
  server();
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await open(page, 1);
  await page.waitForURL(/#s1\/1\.2\/1$/);
  assert.equal(asked, 0);
  await page.click('#lb-light-button');
  await slide(page, 'brightness', 20);
  await shown(page, 1, 'exact');
  assert.equal(asked, 1);
  await context.close();
});

test('a clip runs in another light, and every picture of it is exact', async () => {
  const { context, page, faults } = await browsing.open();
  server({ store: 'clip', clip: true });
  await open(page, 1);
  await page.click('#lb-light-button');
  await slide(page, 'brightness', 10);
  await shown(page, 1, 'exact');
  await watch(page);
  await page.click('#lb-play');
  for (const image of [12, 39, 3, 20]) { // from its end it begins again
    await page.waitForFunction(([from]) => Math.abs(Number(document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!.dataset['image']) - from!) <= 1, [image]);
  }
  await page.click('#lb-play');
  const image = await page.evaluate(() => new Promise<number>((resolve) => setTimeout(() => resolve(Number(document.querySelector<HTMLInputElement>('.lb-steps .lb-slider')!.value)))));
  await draws(page, image, expected(of(ramp(-400, 10 * (image - 1)), { windows: [linear(40, 800)] }), { ...UNTOUCHED, brightness: 10 }));
  assert.deepEqual(await watched(page), ['exact']);
  assert.deepEqual(faults, []);
  await context.close();
});
