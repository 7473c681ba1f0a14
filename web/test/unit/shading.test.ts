import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { adjusted, type GrayFacts, grays, type Light } from '../../src/viewer/shading.ts';

const facts: GrayFacts = { bits: 12, signed: false, inverted: false, scale: null, slope: 1, intercept: -1024, modality: null, windows: [], voi: null, extent: null, padding: null };
const untouched: Light = { window: null, brightness: 0, contrast: 0 };

test('the linear function is that of PS3.3 C.11.2.1.2.1', () => {
  const out = grays({ ...facts, windows: [{ center: 40, width: 400, function: 'LINEAR' }] }, untouched);
  assert.equal(out[1024 + 40 - 200], 0);
  assert.equal(out[1024 + 40 + 199], 255);
  assert.equal(out[1024 + 40], Math.round((0.5 / 399 + 0.5) * 255));
});

test('a window of one parts dark from light', () => {
  const out = grays({ ...facts, windows: [{ center: 40, width: 1, function: 'LINEAR' }] }, untouched);
  assert.deepEqual([out[1024 + 39], out[1024 + 40]], [0, 255]);
});

test('exact and sigmoid have their middle at the centre', () => {
  for (const kind of ['LINEAR_EXACT', 'SIGMOID'] as const) {
    assert.equal(grays({ ...facts, windows: [{ center: 40, width: 400, function: kind }] }, untouched)[1064], 128);
  }
});

test('signed values lie where their bits say', () => {
  const out = grays({ ...facts, signed: true, intercept: 0, windows: [{ center: 0, width: 4096, function: 'LINEAR_EXACT' }] }, untouched);
  assert.deepEqual([out[0xf800], out[0], out[2047]], [0, 128, 255]);
});

test('what is inverted is so after its window', () => {
  const out = grays({ ...facts, inverted: true, windows: [{ center: 40, width: 400, function: 'LINEAR' }] }, untouched);
  assert.deepEqual([out[0], out[4095]], [255, 0]);
});

test('a table stands in place of the slope, another in place of the window', () => {
  const modality = { first: 10, bits: 16, entries: [0, 100, 200] };
  const out = grays({ ...facts, modality, windows: [{ center: 100, width: 200, function: 'LINEAR_EXACT' }] }, untouched);
  assert.deepEqual([out[0], out[10], out[11], out[12], out[4095]], [0, 0, 128, 255, 255]);
  const voi = { first: 0, bits: 8, entries: [0, 51, 255] };
  assert.deepEqual([...grays({ ...facts, intercept: 0, voi }, untouched).subarray(0, 4)], [0, 51, 255, 255]);
});

test('without a word of the file all there is lies between black and white', () => {
  const out = grays({ ...facts, extent: [-1024, 1023] }, untouched);
  assert.deepEqual([out[0], out[2047], out[4095]], [0, 255, 255]);
  assert.deepEqual(new Set(grays({ ...facts, extent: [5, 5] }, untouched)), new Set([0]));
});

test('brighter lowers the middle, harder narrows the width', () => {
  const own = { center: 40, width: 400, function: 'LINEAR' } as const;
  assert.deepEqual(adjusted(own, 50, 0), { ...own, center: -160 });
  assert.deepEqual(adjusted(own, 0, 50), { ...own, width: 200 });
});

test('a window of the person stands in place of the file\'s', () => {
  const out = grays({ ...facts, windows: [{ center: 40, width: 400, function: 'LINEAR' }] }, { ...untouched, window: { center: -600, width: 500, function: 'LINEAR' } });
  assert.equal(out[1024 - 850], 0);
  assert.equal(out[1024 - 351], 255);
});

test('padding is black, inverted or not', () => {
  const out = grays({ ...facts, inverted: true, intercept: 0, padding: [0, 9], windows: [{ center: 2048, width: 4096, function: 'LINEAR_EXACT' }] }, untouched);
  assert.deepEqual([out[0], out[9], out[10], out[4095]], [0, 0, 254, 0]);
});

test('fractions have a step and a start, and 0 is none of them', () => {
  const out = grays({ ...facts, bits: 16, intercept: 0, scale: { step: 0.001, start: -0.001 }, padding: [0.099, 0.1011], windows: [{ center: 0.5, width: 1, function: 'LINEAR_EXACT' }] }, untouched);
  assert.deepEqual([out[0], out[1], out[101], out[501], out[1001]], [0, 0, 0, 128, 255]);
});

test('untouched, every gray of all there is stays itself', () => {
  const out = grays({ ...facts, bits: 10, intercept: 0, extent: [0, 510] }, untouched);
  for (let value = 0; value <= 510; value++) assert.equal(out[value], Math.round(value / 2));
});

/** What the server draws with the same facts: test/grays.json, written down by its tests. */
test('untouched, the grays are those that were drawn', () => {
  const cases = JSON.parse(readFileSync(new URL('../grays.json', import.meta.url), 'utf8')) as { facts: GrayFacts; grays: [number, number][] }[];
  assert.ok(cases.length > 10);
  for (const { facts: told, grays: right } of cases) {
    const out = grays(told, untouched);
    for (const [value, gray] of right) assert.equal(out[value & 0xffff], gray, `${value} of ${JSON.stringify(told)}`);
  }
});
