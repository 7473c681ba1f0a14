// Cornerstone3D reads the originals of the same series over the same line, in the browser of somebody who is signed in.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phone } from '../../local/journey/stack.mjs';

const PATH = '/cornerstone/';

/** Null, said aloud, where its packages are not there. */
export async function cornerstone(line) {
  if (!existsSync(new URL('./node_modules/@cornerstonejs/core', import.meta.url))) {
    console.log('Cornerstone3D is not here (npm ci in bench/web): ours are measured alone');
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'studygate-cornerstone-'));
  try {
    const { built } = await import('./cornerstone/build.mjs');
    await built(folder);
    line.shelf.set(PATH, { type: 'text/html', body: readFileSync(join(folder, 'index.html')) });
    for (const file of readdirSync(join(folder, 'assets'))) {
      line.shelf.set(`${PATH}assets/${file}`, { type: 'text/javascript', body: readFileSync(join(folder, 'assets', file)) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { round: (stack, ours, slower, places, millis) => round(stack, ours, slower, places, millis) };
}

/** `ours` is a context with an open visit. */
async function round(stack, ours, slower, places, millis) {
  const page = await ours.newPage();
  await page.setViewportSize(phone.viewport);
  await (await ours.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
  const first = async () => {
    await page.goto(stack.base + PATH);
    await page.waitForFunction(() => window.told?.first > 0, undefined, { polling: 20, timeout: 60_000 });
    return Math.round(await page.evaluate(() => window.told.first));
  };
  const cold = await first();
  const warm = await first(); // its scripts are in the browser's cache now, as ours are after a login
  const touched = await page.evaluate(async () => {
    const start = performance.now();
    window.viewport.setProperties({ voiRange: { lower: -1350, upper: 150 } });
    window.viewport.render();
    while (window.told.rendered <= start) await new Promise((resolve) => requestAnimationFrame(resolve));
    return Math.round(performance.now() - start);
  });
  const drag = await page.evaluate(async ([count, time]) => {
    void window.ahead();
    const from = 150;
    const start = performance.now();
    const before = window.told.places.length;
    for (let i = 0; i < count; i++) {
      const due = (i * time) / (count - 1);
      while (performance.now() - start < due) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - (performance.now() - start))));
      void window.viewport.setImageIdIndex(from + i).catch(() => undefined);
    }
    const ended = performance.now();
    while (window.told.places.at(-1).at !== from + count - 1 && performance.now() < ended + 20_000) await new Promise((resolve) => setTimeout(resolve, 10));
    const last = window.told.places.at(-1);
    const drawn = window.told.places.slice(before).filter(({ now }) => now <= ended + 50);
    const gaps = drawn.map(({ now }, i) => now - (i === 0 ? start : drawn[i - 1].now));
    return { drawn: drawn.length, gap: Math.round(Math.max(...gaps, ended - (drawn.at(-1)?.now ?? start))), rest: last.at === from + count - 1 ? Math.round(Math.max(0, last.now - ended)) : Infinity };
  }, [places, millis]);
  await page.close();
  return { cold, warm, touched, ...drag };
}
