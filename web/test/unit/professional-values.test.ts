import assert from 'node:assert/strict';
import { test } from 'node:test';
import { angle, distance, lines } from '../../src/professional/viewer/measures.ts';
import { readMetadata } from '../../src/professional/viewer/metadata.ts';
import { measured, rangeOf } from '../../src/professional/viewer/values.ts';
import { type GrayFacts, grays } from '../../src/viewer/shading.ts';
import { gray } from '../planes-bytes.ts';

const frame = (values: readonly number[], facts: Partial<GrayFacts>) => ({ values: Uint16Array.from(values), rows: 1, columns: values.length, facts: { ...gray, ...facts } });
const UNTOUCHED = { window: null, brightness: 0, contrast: 0 };

test('values of the modality in the smallest kind that holds all of them', () => {
  const ct = measured(frame([0, 1024, 1324], { bits: 12, signed: false, intercept: -1024 }));
  assert.deepEqual([...ct.values], [-1024, 0, 300]);
  assert.ok(ct.values instanceof Int16Array);
  assert.ok(measured(frame([40_000], { bits: 16, signed: false })).values instanceof Uint16Array);
  const fraction = measured(frame([3], { bits: 12, signed: false, slope: 0.5 }));
  assert.ok(fraction.values instanceof Float32Array);
  assert.equal(fraction.values[0], 1.5);
  const scaled = measured(frame([0, 1, 5], { bits: 16, signed: false, scale: { step: 0.25, start: -1 } }));
  assert.deepEqual([...scaled.values], [-0.75, -0.75, 0.25], 'nothing is as dark as the darkest');
});

test('what is no part of the patient is dark, however the picture is turned to its negative', () => {
  const padding = [-2000 & 0xffff, 10, 500];
  assert.deepEqual([...measured(frame(padding, { padding: [-2000, -1500] })).values], [10, 10, 500]);
  assert.deepEqual([...measured(frame(padding, { padding: [-2000, -1500], inverted: true })).values], [500, 10, 500]);
  assert.deepEqual([measured(frame(padding, { padding: [-2000, -1500] })).low, measured(frame([7], { padding: [7, 7] })).high], [10, 0]);
});

test('with the window that is drawn first: linear ones give the gray of the standard', () => {
  for (const facts of [{ windows: [{ center: 40, width: 400, function: 'LINEAR' as const }] }, { windows: [{ center: 40, width: 400, function: 'LINEAR_EXACT' as const }] }, { extent: [0, 800] as const }]) {
    const all = Array.from({ length: 90 }, (_, i) => 10 * i);
    const { values, window } = measured(frame(all, facts));
    const { lower, upper } = rangeOf(window);
    const table = grays({ ...gray, ...facts }, UNTOUCHED);
    values.forEach((value, i) => {
      const level = Math.min(255, Math.max(0, ((value - lower) / (upper - lower)) * 255));
      assert.ok(Math.abs(level - table[all[i]!]!) <= 0.51, `${value}: ${level}, not ${table[all[i]!]}`);
    });
  }
});

test('grays of a table of the file are told apart from values', () => {
  const table = measured(frame([0, 1, 2], { bits: 8, signed: false, voi: { first: 0, bits: 8, entries: [0, 200, 255] } }));
  assert.deepEqual([[...table.values], table.real, rangeOf(table.window)], [[0, 200, 255], false, { lower: 0, upper: 255 }]);
});

test('colour lies pixel by pixel', () => {
  const { values, colour } = measured({ values: Uint16Array.from([1, 2, 10, 20, 100, 200]), rows: 1, columns: 2, facts: null });
  assert.deepEqual([[...values], colour], [[1, 10, 100, 2, 20, 200], true]);
});

const say = { number: (value: number, digits: number) => value.toFixed(digits), word: (key: string, holes: Readonly<Record<string, string | number>> = {}) => [key.split('.').at(-1), ...Object.values(holes)].join(' ') };
const picture = (tags: object) => readMetadata([{ '00080018': { Value: ['1'] }, '00080060': { Value: ['CT'] }, '00280030': { Value: [1, 1] }, ...tags }]).get('1')![0]!;

test('what is written beside a measure', () => {
  const points = [[0, 0, 0], [3, 4, 0], [0, 0, 0], [10, 0, 0]] as const;
  const shape = { handles: { points } };
  assert.equal(distance(points[0], points[1]), 5);
  assert.equal(angle([1, 0, 0], [0, 0, 0], [0, 7, 0]), 90);
  assert.deepEqual(lines('length', shape, null, picture({}), true, say), ['size 5.0 mm']);
  assert.deepEqual(lines('length', shape, null, null, true, say), ['unknown']);
  assert.deepEqual(lines('length', shape, null, picture({ '00080060': { Value: ['DX'] } }), true, say), ['detector 5.0 mm']);
  assert.deepEqual(lines('probe', shape, { value: 41.23 }, picture({}), true, say), ['41.2 HU']);
  assert.deepEqual(lines('probe', shape, { value: 41.23 }, picture({}), false, say), ['41.2'], 'a gray of a table is no HU');
  assert.deepEqual(lines('probe', shape, { value: [1, 2, 3] }, null, true, say), ['1 2 3']);
  assert.deepEqual(lines('ellipse', shape, { mean: 40, stdDev: 2, min: 30, max: 50 }, picture({}), true, say), ['mean 40.0 HU', 'deviation 2.0 HU', 'range 30.0 – 50.0 HU', 'area size 39 mm²']);
  assert.equal(lines('ellipse', shape, {}, picture({}), true, say), undefined);
});
