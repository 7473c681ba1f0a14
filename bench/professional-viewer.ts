// See bench/professional-viewer.
import type { Page } from 'playwright-core';
import { filmOf } from '../web/test/film-bytes.ts';
import { gray, planesOf } from '../web/test/planes-bytes.ts';
import { Browsing } from '../web/test/browser/browsing.ts';
import { about, drawn, gray8, jpegs, serve, STUDY } from '../web/test/browser/lightbox.ts';

const SIDE = 512;
const SLICES = 300;
const KINDS = 6;
const without = process.env['STUDYGATE_WAY'] === 'without';
const browsing = new Browsing(without ? ['--disable-gpu', '--disable-3d-apis'] : ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']);

/** A body with the noise of a real scanner, so that a slice packs to some 180 kB. */
function body(kind: number): (x: number, y: number) => number {
  let seed = kind + 1;
  const noise = Array.from({ length: SIDE * SIDE }, () => { seed = (seed * 48_271) % 2_147_483_647; return (seed % 41) - 20; });
  return (x, y) => (Math.hypot(x - 256, (y - 256) * 1.3) < 200 ? 40 + 20 * kind + noise[y * SIDE + x]! : -1000 + Math.abs(noise[y * SIDE + x]!) / 4);
}

const base = await browsing.begin();
browsing.stub.behind = new Set();
const made = await browsing.open({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
await made.page.goto(`${base}/404`);
const bodies = Array.from({ length: KINDS }, (_, kind) => body(kind));
const facts = { ...gray, intercept: -1024, windows: [{ center: 40, width: 400, function: 'LINEAR' as const }] };
const kinds = bodies.map((of) => ({ columns: SIDE, rows: SIDE, facts, values: Array.from({ length: SIDE * SIDE }, (_, i) => Math.round(of(i % SIDE, Math.floor(i / SIDE))) + 1024) }));
const pictures = await jpegs(made.page, bodies.map((of) => (x: number, y: number) => gray8(of(x, y))), SIDE);
await made.context.close();
const frames = Array.from({ length: SLICES }, (_, i) => kinds[i % KINDS]!);
const film = filmOf(frames.map((_, i) => ({ jpeg: pictures[i % KINDS]!, width: SIDE, height: SIDE })), () => pictures[0]!);
serve(browsing.stub, [{ id: STUDY, series: [{ uid: '1.2', modality: 'CT', description: 'CT', frames, film, metadata: frames.map((_, i) => about(`1.2.${i}`, i, { '00280010': [SIDE], '00280011': [SIDE], '00280030': [0.7, 0.7] })) }] }]);
console.log(`each slice ${Math.round((planesOf(kinds.slice(0, 1)).bytes.length) / 1024)} kB packed, ${without ? 'no graphics card' : 'graphics card in software'}`);

const opened = await browsing.open({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
const { page } = opened;
let scripts = 0;
page.on('response', (response) => { if (response.url().includes('/assets/')) void response.body().then((body) => { scripts += body.length; }, () => undefined); });
const start = performance.now();
await page.goto(`${base}/professional/studies/${STUDY}`, { waitUntil: 'commit' });
await page.waitForSelector('.vw-stage[data-image]');
console.log(`first small picture ${Math.round(performance.now() - start)} ms`);
await drawn(page, 151);
console.log(`drawn of stored values ${Math.round(performance.now() - start)} ms, ${Math.round(scripts / 1024)} kB of scripts unpacked`);
await page.waitForTimeout(2_000);
console.log('each slice as soon as the one before is drawn, 60 new ones and back:', await steps(page, 60), await steps(page, -60));
console.log('a hand at the slider over 300 slices in 4 s:', await sweep(page));
const heap = await page.context().newCDPSession(page).then((session) => session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
console.log(`heap ${Math.round(heap.usedSize / 2 ** 20)} MB, buffers ${Math.round((heap.backingStorageSize ?? 0) / 2 ** 20)} MB`);
await browsing.end();

function steps(on: Page, by: number): Promise<string> {
  return on.evaluate(async (count) => {
    const stage = document.querySelector<HTMLElement>('.vw-stage')!;
    const cell = document.querySelector<HTMLElement>('.vw-cell')!;
    const times: number[] = [];
    for (let i = 0; i < Math.abs(count); i++) {
      const wanted = String(Number(stage.dataset['image']) + Math.sign(count));
      const from = performance.now();
      cell.dispatchEvent(new KeyboardEvent('keydown', { key: count < 0 ? 'ArrowUp' : 'ArrowDown', bubbles: true }));
      while (stage.dataset['image'] !== wanted || stage.dataset['grade'] !== 'exact') await new Promise((resolve) => setTimeout(resolve));
      times.push(performance.now() - from);
    }
    times.sort((one, other) => one - other);
    return `median ${times[times.length >> 1]!.toFixed(1)} ms, longest ${times.at(-1)!.toFixed(0)} ms`;
  }, by);
}

function sweep(on: Page): Promise<string> {
  return on.evaluate(async () => {
    const stage = document.querySelector<HTMLElement>('.vw-stage')!;
    const slider = document.querySelector<HTMLInputElement>('.vw-foot input')!;
    const seen: number[] = [];
    const watch = new MutationObserver(() => seen.push(performance.now()));
    watch.observe(stage, { attributes: true, attributeFilter: ['data-image'] });
    const start = performance.now();
    let places = 0;
    for (let last = ''; performance.now() - start < 4_000; await new Promise((resolve) => requestAnimationFrame(resolve))) {
      const value = String(1 + Math.floor(((performance.now() - start) / 4_000) * 299));
      if (value === last) continue;
      last = slider.value = value;
      places++;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    watch.disconnect();
    const gaps = seen.slice(1).map((at, i) => at - seen[i]!);
    return `${places} places, ${new Set(seen).size} drawn, longest gap ${Math.max(...gaps).toFixed(0)} ms`;
  });
}
