import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Picture, Pictures } from '../../src/viewer/pictures.ts';
import { type Loaded, Singles } from '../../src/viewer/singles.ts';

const bitmap = () => ({ width: 512, height: 384, close: () => undefined }) as ImageBitmap;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Pictures by number; what is loaded waits until the test lets it come. */
function played(count: number, first: Picture | null = null) {
  const flights: { index: number; signal: AbortSignal; come: (loaded: Loaded) => void }[] = [];
  const told: { changed: (number | undefined)[]; line: boolean[]; expired: number } = { changed: [], line: [], expired: 0 };
  const pictures = {
    count, at: async (index: number) => ({ medium: index === 99 ? null : String(index) }) as Picture, expire: () => { told.expired++; },
  } as unknown as Pictures;
  const singles = new Singles(pictures, 50, { changed: (index) => told.changed.push(index), line: (up) => told.line.push(up) }, first,
    (address, signal) => new Promise((come) => flights.push({ index: Number(address), signal, come })));
  return { singles, flights, told };
}

test('the picture in hand comes first, then what lies around, four at once', async () => {
  const { flights, singles } = played(100);
  await settled();
  assert.deepEqual(flights.map(({ index }) => index), [50, 51, 49, 52]);
  flights[0]!.come(bitmap());
  await settled();
  assert.deepEqual(flights.slice(4).map(({ index }) => index), [48]);
  const shot = singles.at(50);
  assert.ok(shot && shot !== 'spoilt');
  assert.deepEqual(shot.whole, { width: 512, height: 384 });
  assert.equal(singles.at(51), null);
});

test('what is on its way for a place that was left is aborted', async () => {
  const { singles, flights } = played(100);
  await settled();
  singles.aim(80, 30);
  assert.ok(flights.every(({ signal }) => signal.aborted));
  for (const flight of flights.slice()) flight.come('no line');
  await settled();
  assert.deepEqual(flights.slice(4).map(({ index }) => index), [80, 81, 79, 82]);
});

test('a refused address is asked for anew, once; what is not there is spoilt', async () => {
  const { singles, flights, told } = played(100);
  await settled();
  flights[0]!.come('refused');
  await settled();
  assert.equal(told.expired, 1);
  const again = flights.filter(({ index }) => index === 50);
  assert.equal(again.length, 2);
  again[1]!.come('refused');
  await settled();
  assert.equal(singles.at(50), 'spoilt');
  singles.aim(99, 0);
  for (const flight of flights.slice()) flight.come(bitmap());
  await settled();
  assert.equal(singles.at(99), 'spoilt');
});

test('no line: told once, nothing is given up, and a hint that it is back is taken', async () => {
  // a browser tells of its line; here nobody does
  const nobody = { addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(globalThis, nobody);
  const { singles, flights, told } = played(100);
  await settled();
  for (const flight of flights.slice()) flight.come('no line');
  await settled();
  assert.deepEqual([told.line, flights.length], [[false], 4]);
  assert.equal(singles.at(50), null);
  singles.hurry();
  await settled();
  flights[4]!.come(bitmap());
  await settled();
  assert.deepEqual(told.line, [false, true]);
  singles.close();
});

test('the first picture comes before anything else is known', async () => {
  const { flights, told } = played(0, { medium: '50' } as Picture);
  await settled();
  assert.deepEqual(flights.map(({ index }) => index), [50]);
  flights[0]!.come(bitmap());
  await settled();
  assert.deepEqual(told.changed, [50]);
});

test('of what was loaded the nearest 24 are kept', async () => {
  const { singles, flights } = played(100);
  for (let index = 50; index < 95; index++) {
    singles.aim(index, 20);
    await settled();
    for (const flight of flights.splice(0)) flight.come(bitmap());
    await settled();
  }
  const kept = Array.from({ length: 100 }, (_, i) => i).filter((i) => singles.at(i) !== null);
  assert.ok(kept.length <= 24 && kept.every((index) => index > 65), kept.join());
});
