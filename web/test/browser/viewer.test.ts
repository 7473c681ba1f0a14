// The light box in a real browser: a film that is dragged, single pictures where there is none, a line that is lost, a
// clip, places in the history, a phone upright and on its side, brightness.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { filmOf } from '../film-bytes.ts';
import { Browsing, department, fair, shots, words } from './browsing.ts';
import type { Said } from './stub.ts';

const browsing = new Browsing();
const { stub } = browsing;
let base: string;
const COUNT = 60;
const LONG = 1200;
const FILM = '/store/film-1.bin';
const EXPIRES = '2026-11-27T10:01:00Z';
const phone = { viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true };
/** How grey a picture is tells which one it is. */
const grey = (index: number) => 20 + 3 * index;

before(async () => {
  base = await browsing.begin();
  stub.behind = new Set();
  const { page, context } = await browsing.open();
  server();
  await page.goto(`${base}/help?d=noord`);
  const draw = (greys: readonly number[]) => page.evaluate(async (all) => {
    const made: string[] = [];
    for (const cells of all) {
      const single = cells.length === 1;
      const canvas = new OffscreenCanvas(512, single ? 384 : 512);
      const context = canvas.getContext('2d')!;
      cells.forEach((level, i) => {
        context.fillStyle = `rgb(${level}, ${level}, ${level})`;
        if (single) context.fillRect(0, 0, 512, 384);
        else context.fillRect((i % 4) * 128, Math.floor(i / 4) * 128, 128, 96);
      });
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer());
      made.push(String.fromCharCode(...bytes));
    }
    return made;
  }, greys.map((one) => (Array.isArray(one) ? one as number[] : [one])) as number[][]).then((all) => all.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
  const pictures = await draw(Array.from({ length: COUNT }, (_, i) => grey(i)));
  const firsts = Array.from({ length: Math.ceil(COUNT / 16) }, (_, i) => 16 * i);
  const sheets = await draw(firsts.map((first) => Array.from({ length: Math.min(16, COUNT - first) }, (_, i) => grey(first + i))) as unknown as number[]);
  // padded to the size of real ones, so that a film comes in several parts
  const padded = (jpeg: Uint8Array, size: number) => { const all = new Uint8Array(size); all.set(jpeg); return all; };
  const film = filmOf(pictures.map((jpeg) => ({ jpeg: padded(jpeg, 24_000), width: 512, height: 384 })), (first) => padded(sheets[first / 16]!, 30_000));
  sheetsEnd = film.sheetsEnd;
  const long = filmOf(Array.from({ length: LONG }, (_, i) => ({ jpeg: padded(pictures[i % COUNT]!, 24_000), width: 512, height: 384 })), () => padded(sheets[0]!, 30_000));
  longEnd = long.sheetsEnd;
  stub.objects.set('/store/film-2.bin', long.bytes);
  stub.objects.set(FILM, film.bytes);
  stub.objects.set('/store/small', pictures[0]!);
  pictures.forEach((jpeg, i) => stub.objects.set(`/store/${i}.jpg`, jpeg));
  stub.objects.set('/store/original', new Uint8Array(new Int16Array(64 * 64).map((_, i) => (i % 64 < 32 ? -600 : 40)).buffer));
  await context.close();
});
after(() => browsing.end());

let sheetsEnd = 0;
let longEnd = 0;
const known = { ...department, serviceDesk: null, statements: null };
const line = (id: string) => ({ id, date: '2026-11-20', description: `CT ${id}`, modalities: ['CT'], patient: { name: 'An Peeters' }, hasImages: true, hasReport: true });
const pixels = { offset: 0, length: 8192, frames: 1, rows: 64, columns: 64, samples: 1, bitsAllocated: 16, bitsStored: 16, signed: true, slope: 1, intercept: 0, photometric: 'MONOCHROME2', planar: 0 };
const instance = (i: number, addressed: boolean) => ({
  uid: `1.2.3.${i}`, number: i + 1, frames: 1, transferSyntax: '1.2.840.10008.1.2.1', url: addressed ? '/store/original' : null, preview: addressed ? `/store/${i}.jpg` : null,
  previews: addressed ? [{ frame: 1, small: null, medium: `/store/${i}.jpg`, large: null }] : [], window: { center: 40, width: 400 }, pixels, frameMillis: 0, video: null,
});
const clip = (frames: number) => ({ uid: '1.2.9', number: 1, frames, transferSyntax: '1.2.840.10008.1.2.1', url: null, preview: null, previews: [], window: null, pixels: null, frameMillis: 33, video: null });

type World = { opened?: boolean; film?: boolean; address?: string; clip?: number; more?: Record<string, Said> };
function server({ opened = false, film = true, address = FILM, clip: moving = 0, more = {} }: World = {}): void {
  stub.calls.length = 0;
  stub.ranges.length = 0;
  const exam = (id: string) => ({
    ...line(id), department, state: 'complete', documents: [], report: { state: 'final', document: null }, reportFrom: null, expiresAt: EXPIRES,
    series: ['1.2', '1.5'].map((uid, i) => ({ uid, number: i + 1, description: `Reeks ${i + 1}`, modality: 'CT', instances: moving ? 1 : COUNT, frames: moving || COUNT, preview: '/store/small' })),
  });
  const series = (query: URLSearchParams) => {
    const [from, one] = [Number(query.get('from')?.split('.')[0] ?? 0), query.get('instance')];
    const all = moving ? [clip(moving)] : Array.from({ length: COUNT }, (_, i) => instance(i, !film || one === `1.2.3.${i}`));
    const some = all.filter((each, i) => (one ? each.uid === one : moving || i >= from)).slice(0, Number(query.get('limit') ?? COUNT));
    return { instances: some, next: null, expiresAt: EXPIRES, film: film ? { url: moving > COUNT ? '/store/film-2.bin' : address, generation: 1, pictures: moving || COUNT, sheetsEnd: moving > COUNT ? longEnd : sheetsEnd } : null };
  };
  const usual: Record<string, (query: URLSearchParams) => unknown> = {
    'GET /api/departments/noord': () => known,
    'GET /api/session': () => ({ kind: 'patient', now: new Date().toISOString(), department,
      idleUntil: new Date(Date.now() + 900_000).toISOString(), expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    'GET /api/studies': (query) => ({ studies: [line('s1'), line('s2')], next: null, opened: opened && query.get('open') === 'first'
      ? { ...exam('s1'), opened: { uid: '1.2', picture: COUNT / 2, pictures: series(new URLSearchParams({ from: `${COUNT / 2}.1`, limit: '1' })) } } : null }),
    'GET /api/patient/otp': () => ({ channel: 'sms', sentTo: '••• 47', resendAt: null, expiresAt: EXPIRES }),
    'POST /api/patient/otp/verify': () => ({ next: 'open' }),
    'GET /api/studies/s1': () => exam('s1'), 'GET /api/studies/s2': () => exam('s2'),
    ...Object.fromEntries(['s1', 's2'].flatMap((id) => ['1.2', '1.5'].map((uid) => [`GET /api/studies/${id}/series/${uid}`, series]))),
    'GET /api/studies/s1/report': () => ({ state: 'final', text: 'Besluit: normaal.', language: 'nl', pdfUrl: null, signedBy: 'Jan Maes', at: '2026-11-21T14:30:00Z', versions: [] }),
  };
  stub.say = (path, _, query) => more[path] ?? (usual[path] ? { status: 200, body: usual[path]!(query) } : { status: 404 });
}

/** What is drawn, and what is told of it. */
const seen = (page: Page) => page.evaluate(() => {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
  const [level] = canvas.width ? canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data : [0];
  return { image: Number(canvas.dataset['image']), grade: canvas.dataset['grade'], level: level!, label: document.querySelector('.lb-place')!.textContent, hidden: canvas.hidden };
});
const shown = (page: Page, image: number, grade = 'medium') => page.waitForSelector(`canvas.lb-picture[data-image="${image}"][data-grade="${grade}"]`);
const label = (image: number) => `Beeld ${image} van ${COUNT}`;
const open = async (page: Page, hash = '') => { await page.goto(`${base}/study?d=noord${hash}`); await page.waitForSelector('canvas.lb-picture[data-image]:not([hidden])'); };

test('a film is dragged: each picture is drawn as it is passed, and the label never runs ahead', async () => {
  const { context, page, faults, foreign } = await browsing.open();
  server();
  await open(page);
  await shown(page, 31);
  assert.deepEqual(await seen(page), { image: 31, grade: 'medium', level: grey(30), label: label(31), hidden: false });
  assert.equal(await page.locator('.st-series img[src="/store/small"]').count(), 2, 'the small pictures of the series came after it');
  const drag = await page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('.lb-steps .lb-slider')!;
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
    const wrong: string[] = [];
    const drawn = new Set<number>();
    const look = () => {
      const image = Number(canvas.dataset['image']);
      drawn.add(image);
      const [level] = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      const told = document.querySelector('.lb-place')!.textContent!;
      if (Math.abs(level! - (20 + 3 * (image - 1))) > 1) wrong.push(`picture ${image} is ${level}`);
      if (told !== `Beeld ${image} van ${count}`) wrong.push(`picture ${image} is called ${told}`);
    };
    for (let round = 0; round < 2; round++) {
      for (let image = 1; image <= count; image++) {
        slider.value = String(round === 0 ? image : count + 1 - image);
        slider.dispatchEvent(new Event('input'));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        look();
      }
    }
    return { wrong, drawn: drawn.size };
  }, COUNT);
  assert.deepEqual(drag.wrong, []);
  assert.ok(drag.drawn >= COUNT - 2, `${drag.drawn} drawn`);
  await shown(page, 1);
  const whole = (stub.objects.get(FILM) as Uint8Array).length;
  while (stub.ranges.reduce((sum, { first, last }) => sum + last + 1 - first, 0) < whole) await page.evaluate(() => new Promise(requestAnimationFrame));
  const parts = stub.ranges.filter(({ path }) => path === FILM).sort((one, other) => one.first - other.first);
  parts.forEach(({ first }, i) => assert.equal(first, i === 0 ? 0 : parts[i - 1]!.last + 1, 'each byte once, none left out'));
  assert.equal(stub.ranges.filter(({ path }) => path.endsWith('.jpg')).length, 0, 'no single picture');
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

for (const [name, world] of [['no film', { film: false }], ['a film that is gone', { address: '/store/gone' }]] as const) {
  test(`${name}: pictures come one by one`, async () => {
    const { context, page, faults } = await browsing.open();
    server(world);
    stub.objects.set('/store/gone', 404);
    await open(page);
    await shown(page, 31);
    assert.equal((await seen(page)).level, grey(30));
    await page.focus('.lb-stage');
    for (let image = 32; image < 36; image++) {
      await page.keyboard.press('ArrowRight');
      await shown(page, image);
      assert.deepEqual([(await seen(page)).level, (await seen(page)).label], [grey(image - 1), label(image)]);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('the page of a code becomes the study: one answer brings the first picture and its film', async () => {
  const { context, page, faults, foreign } = await browsing.open();
  server({ opened: true });
  await page.goto(`${base}/code?d=noord`);
  await page.fill('#code', '204816');
  await page.evaluate(() => { (window as { same?: boolean }).same = true; });
  stub.calls.length = 0;
  await page.click('main button[type=submit]');
  await shown(page, 31);
  assert.deepEqual(await seen(page), { image: 31, grade: 'medium', level: grey(30), label: label(31), hidden: false });
  assert.equal(await page.evaluate(() => (window as { same?: boolean }).same), true, 'no other document');
  assert.match(page.url(), /\/study\?d=noord#s1\/1\.2/);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'where a screen reader begins');
  assert.doesNotMatch(await page.content(), /204816|••• 47/);
  assert.deepEqual(['/api/session', '/api/studies', '/api/studies/s1'].map((path) => stub.count(`GET ${path}`)), [1, 1, 0]);
  await page.reload();
  await shown(page, 31);
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('a lost line is said and mended by itself; what was there stays', async () => {
  for (const film of [true, false]) {
    const { context, page } = await browsing.open();
    server({ film });
    await page.route('**/store/**', (route) => (new URL(route.request().url()).pathname === '/store/30.jpg' ? route.continue() : route.abort()));
    if (!film) await open(page);
    else await page.goto(`${base}/study?d=noord`);
    await page.locator('.lb-line', { hasText: words['nl']!['viewer.offline']! }).waitFor();
    if (!film) await shown(page, 31);
    assert.equal(await page.locator('.lb-missing:not([hidden])').count(), 0, 'nobody says that it cannot be shown');
    await page.unroute('**/store/**');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('.lb-line:empty').waitFor({ state: 'attached' });
    await page.focus('.lb-stage');
    await page.keyboard.press('Home');
    await shown(page, 1);
    assert.equal((await seen(page)).level, grey(0));
    await context.close();
  }
});

test('the browser says that there is no line, then that there is one; the series’ answer is waited for too', async () => {
  const { context, page } = await browsing.open();
  server({ more: { 'GET /api/studies/s1/series/1.2': { status: 503 } } });
  await page.goto(`${base}/study?d=noord`);
  const offline = page.locator('.lb-line', { hasText: words['nl']!['viewer.offline']! });
  await offline.waitFor();
  server();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await shown(page, 31);
  await page.locator('.lb-line:empty').waitFor({ state: 'attached' });
  await context.setOffline(true);
  await offline.waitFor();
  await fair(page, 'without a line');
  await shots(page, 'viewer without a line');
  assert.equal((await seen(page)).level, grey(30));
  await context.setOffline(false);
  await page.locator('.lb-line:empty').waitFor({ state: 'attached' });
  await context.close();
});

test('a clip opens where it begins and runs at its own speed', async () => {
  const { context, page } = await browsing.open();
  server({ clip: COUNT });
  await open(page);
  await shown(page, 1);
  assert.deepEqual([(await seen(page)).level, (await seen(page)).label], [grey(0), label(1)]);
  const took = await page.evaluate(() => new Promise<number>((resolve) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!;
    let from = 0;
    new MutationObserver(() => {
      const image = Number(canvas.dataset['image']);
      if (image > 10 && !from) from = performance.now() - (image - 1) * 33;
      if (image > 50) resolve((performance.now() - from) / ((image - 1) * 33));
    }).observe(canvas, { attributeFilter: ['data-image'] });
    document.getElementById('lb-play')!.click();
  }));
  assert.ok(took > 0.9 && took < 1.3, `${took} of its time`);
  await page.click('#lb-play');
  await context.close();
});

test('a video is shown by the player of the browser, and what it cannot play can be kept', async () => {
  const { context, page, faults, foreign } = await browsing.open(phone);
  const video = { ...clip(1), url: '/store/original', video: { url: '/store/clip.mp4' } };
  const answer = { status: 200, body: { instances: [video], film: null, next: null, expiresAt: EXPIRES } };
  server({ clip: 1, more: { 'GET /api/studies/s1/series/1.2': answer } });
  stub.objects.set('/store/clip.mp4', await readFile(new URL('../clip.mp4', import.meta.url)));
  await page.goto(`${base}/study?d=noord`);
  const player = page.locator('video.lb-video');
  await player.waitFor();
  await page.waitForFunction(() => document.querySelector('video')!.readyState >= 2);
  await player.evaluate((one: HTMLVideoElement) => one.play());
  await page.waitForFunction(() => document.querySelector('video')!.ended);
  assert.deepEqual(await player.evaluate((one: HTMLVideoElement) => [one.videoWidth, one.videoHeight, one.duration]), [64, 48, 1]);
  assert.equal(await page.locator('#lb-light-button').isVisible(), false, 'it has its own tools');
  await fair(page, 'a video');
  await shots(page, 'video');
  stub.objects.set('/store/clip.mp4', new Uint8Array(2000));
  await page.reload();
  await page.locator('.lb-missing button').waitFor();
  assert.equal(await player.count(), 0);
  assert.deepEqual([faults, foreign], [[], []]);
  await context.close();
});

test('a clip of 1,200 pictures is passed from end to end and begins again', async () => {
  const { context, page, faults } = await browsing.open();
  server({ clip: LONG });
  await open(page);
  await shown(page, 1);
  await page.focus('.lb-stage');
  for (const [key, image] of [['End', LONG], ['PageUp', LONG - 10], ['Home', 1]] as const) {
    await page.keyboard.press(key);
    await shown(page, image);
    const { level, label: told } = await seen(page);
    assert.deepEqual([level, told], [grey((image - 1) % COUNT), `Beeld ${image.toLocaleString('nl-BE')} van ${LONG.toLocaleString('nl-BE')}`]);
  }
  await page.keyboard.press('End');
  await shown(page, LONG);
  await page.keyboard.press(' ');
  await page.waitForFunction(() => ['2', '3', '4'].includes(document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!.dataset['image']!));
  assert.deepEqual(faults, []);
  await context.close();
});

test('Back, reload and Help come back to the same exam, series and picture, and the address names nobody', async () => {
  const { context, page, addresses, faults } = await browsing.open();
  server();
  await open(page);
  await page.waitForURL(/#s1\/1\.2\/31$/);
  await page.click('[id="series-1.5"]');
  await shown(page, 31);
  await page.focus('.lb-stage');
  for (const image of [32, 33, 34]) {
    await page.keyboard.press('ArrowRight');
    await shown(page, image);
  }
  await page.waitForURL(/#s1\/1\.5\/34$/);
  const there = async (image: number, uid: string, id: string) => {
    await shown(page, image);
    assert.equal(await page.locator('[id^=series-][aria-current=true]').getAttribute('id'), `series-${uid}`);
    assert.equal(await page.textContent('main h1'), `CT ${id}`);
  };
  await page.reload();
  await there(34, '1.5', 's1');
  await page.click('#foot a[href^="/help"]');
  await page.locator('main a.sg-link', { hasText: words['nl']!['help.exam']! }).first().click();
  await there(34, '1.5', 's1');
  await page.click('#report');
  await page.waitForSelector('.rp-text');
  await page.locator('.rp-back a').click();
  await there(34, '1.5', 's1');
  await page.click('#report');
  await page.waitForSelector('.rp-text');
  await page.goBack();
  await there(34, '1.5', 's1');
  await page.click('#study-s2');
  await page.waitForURL(/#s2\/1\.2\/31$/);
  await there(31, '1.2', 's2');
  await page.goBack();
  await there(34, '1.5', 's1');
  assert.doesNotMatch(addresses.join(), /Peeters|thorax|Reeks|2026/i);
  assert.deepEqual(faults, []);
  await context.close();
});

test('Back from a report beside the pictures closes it, and reload opens it again', async () => {
  const { context, page } = await browsing.open({ viewport: { width: 1440, height: 900 } });
  server();
  await open(page);
  await page.waitForURL(/#s1\/1\.2\/31$/);
  await page.click('#report');
  await page.waitForSelector('#report-beside:focus');
  await page.waitForURL(/\/report$/);
  await page.reload();
  await page.waitForSelector('#report-beside');
  await shown(page, 31);
  await page.goBack();
  await page.waitForSelector('#report');
  await page.click('#report');
  await page.waitForSelector('#report-beside');
  await page.click('#report-close');
  await page.waitForSelector('#report:focus');
  await page.waitForURL(/#s1\/1\.2\/31$/);
  await context.close();
});

test('a phone shows picture, slider, notice and the way to the report at once; on its side the picture takes all of it', async () => {
  const { context, page, faults } = await browsing.open(phone);
  server();
  await open(page);
  await shown(page, 31);
  for (const selector of ['.lb-stage', '.lb-steps .lb-slider', '.lb-warning', '#report']) {
    const box = (await page.locator(selector).boundingBox())!;
    assert.ok(box.y >= 0 && box.y + box.height <= 664, `${selector}: ${JSON.stringify(box)}`);
  }
  assert.ok((await page.locator('.lb-stage').boundingBox())!.height >= 280);
  const folder = process.env['STUDYGATE_SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/viewer-upright.png` });
  await page.click('#lb-light-button');
  const seenAtOnce = async (names: readonly string[], height: number) => {
    for (const name of names) {
      const box = (await page.locator(name).boundingBox())!;
      assert.ok(box.y >= -1 && box.y + box.height <= height + 1, `${name} is seen: ${JSON.stringify(box)}`);
    }
  };
  await seenAtOnce(['.lb-stage', '.lb-steps', '.lb-warning', '.lb-light', '.lb-tools'], 664); // what a tool does, and the tool
  await page.click('#lb-light-button');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => scrollTo(0, 0));
  await seenAtOnce(['.lb-stage', '.lb-steps', '.lb-warning', '.lb-tools', '#report'], 900);
  await page.setViewportSize({ width: 844, height: 390 });
  await page.waitForSelector('.lb-full');
  await fair(page, 'on its side');
  if (folder) await page.screenshot({ path: `${folder}/viewer-lying.png` });
  const before = (await page.locator('.lb-stage').boundingBox())!;
  await page.locator('.lb-stage').tap();
  await page.locator('.lb-tools').waitFor({ state: 'hidden' });
  if (folder) await page.screenshot({ path: `${folder}/viewer-lying-bare.png` });
  const bare = (await page.locator('.lb-stage').boundingBox())!;
  await page.keyboard.press('Tab');
  await page.locator('.lb-tools').waitFor({ state: 'visible' });
  await page.locator('.lb-stage').tap();
  await page.locator('.lb-tools').waitFor({ state: 'hidden' });
  assert.ok(bare.width === 844 && bare.height > before.height && bare.height >= 350, JSON.stringify(bare));
  await page.locator('.lb-warning').waitFor({ state: 'visible' });
  await page.locator('.lb-stage').tap();
  await page.locator('.lb-tools').waitFor({ state: 'visible' });
  await page.click('#lb-full');
  await page.locator('#report').waitFor({ state: 'visible' });
  await page.setViewportSize({ width: 390, height: 664 });
  assert.deepEqual(faults, []);
  await context.close();
});

test('full screen by a button, and back by the same place or by Escape', async () => {
  const { context, page } = await browsing.open();
  server();
  await open(page);
  await page.click('#lb-full');
  await page.waitForSelector('.lb-full');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'lb-full');
  assert.equal(await page.locator('#report').isVisible(), false);
  await fair(page, 'full');
  await shots(page, 'viewer full');
  await page.click('#lb-full');
  await page.waitForSelector('.lb:not(.lb-full)');
  assert.equal(await page.locator('#report').isVisible(), true);
  await context.close();
});

test('a preset shows exact pixels; until they are there the old picture stays', async () => {
  const { context, page, faults } = await browsing.open();
  server();
  await open(page);
  await shown(page, 31);
  await page.click('#lb-light-button');
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas.lb-picture')! as HTMLCanvasElement;
    Object.assign(window, { flashes: 0 });
    new MutationObserver(() => { if (canvas.hidden || canvas.dataset['grade'] !== 'exact') (window as unknown as { flashes: number }).flashes++; })
      .observe(canvas, { attributes: true });
  });
  await page.click('#viewer-preset-lungs');
  await shown(page, 31, 'exact');
  const levels = () => page.evaluate(() => [16, 48].map((x) => document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!.getContext('2d')!.getImageData(x, 32, 1, 1).data[0]));
  const level = (value: number, center: number, width: number) => Math.min(255, Math.max(0, Math.round(((value - (center - 0.5 - (width - 1) / 2)) / (width - 1)) * 255)));
  assert.deepEqual(await levels(), [level(-600, -600, 1500), level(40, -600, 1500)]);
  await page.click('#viewer-preset-soft');
  await page.waitForFunction(() => document.querySelector<HTMLCanvasElement>('canvas.lb-picture')!.getContext('2d')!.getImageData(16, 32, 1, 1).data[0] === 0);
  assert.equal(await page.getAttribute('#viewer-preset-soft', 'aria-pressed'), 'true');
  await page.focus('.lb-stage');
  await page.keyboard.press('ArrowRight');
  await shown(page, 32, 'exact');
  assert.equal(await page.evaluate(() => (window as unknown as { flashes: number }).flashes), 0);
  await fair(page, 'presets');
  await shots(page, 'viewer presets');
  const stage = (await page.locator('.lb-stage').boundingBox())!;
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y - 90, { steps: 6 });
  await page.mouse.up();
  assert.deepEqual(await page.locator('[data-tone]').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)), ['30', '20'], 'a finger does what the sliders do');
  await page.focus('.lb-stage');
  await page.keyboard.press('r');
  await shown(page, 32);
  assert.equal((await seen(page)).level, grey(31));
  assert.deepEqual(faults, []);
  await context.close();
});
