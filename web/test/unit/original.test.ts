import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pixels } from '../../src/lib/answers.ts';
import { factsOf, isPlain, type Original, range, values } from '../../src/viewer/original.ts';
import { grays } from '../../src/viewer/shading.ts';

const ct: Pixels = {
  offset: 1000, length: 32, frames: 2, rows: 2, columns: 2, samples: 1, bitsAllocated: 16, bitsStored: 12,
  signed: false, slope: 1, intercept: -1024, photometric: 'MONOCHROME2', planar: 0,
};
const of = (frame: number): Original => ({ key: '1', address: '/1', frame, pixels: ct, window: null });
const bytes = (...words: number[]) => new Uint8Array(new Uint16Array(words).buffer);

test('the bytes of a frame lie one after the other', () => {
  assert.deepEqual(range(of(1)), { start: 1000, end: 1008 });
  assert.deepEqual(range(of(2)), { start: 1008, end: 1016 });
});

test('what lies above the stored bits is not looked at, signs are kept', () => {
  assert.deepEqual([...values(bytes(0xf000, 1024, 1064, 0x0fff), ct)], [0, 1024, 1064, 4095]);
  assert.deepEqual([...values(bytes(0x0fff, 0x0800, 0x07ff, 0), { ...ct, signed: true })], [0xffff, 0xf800, 2047, 0]);
  assert.deepEqual([...values(new Uint8Array([0, 1, 200, 255]), { ...ct, bitsAllocated: 8, bitsStored: 8 })], [0, 1, 200, 255]);
});

test('the file’s window, or without one all there is from its darkest to its lightest', () => {
  const all = values(bytes(1024, 1064, 1104, 1024), ct);
  const untouched = { window: null, brightness: 0, contrast: 0 };
  const own = grays(factsOf({ ...of(1), window: { center: 40, width: 400 } }, all), untouched);
  assert.deepEqual([own[1024 - 160], own[1064], own[1024 + 239]], [0, 128, 255]);
  const none = grays(factsOf(of(1), all), untouched);
  assert.deepEqual([none[1024], none[1064], none[1104]], [0, 128, 255]);
  const signed = { ...ct, signed: true, intercept: 0, photometric: 'MONOCHROME1' };
  const inverted = grays(factsOf({ ...of(1), pixels: signed }, values(bytes(0xf80, 0, 0x80, 0), signed)), untouched);
  assert.deepEqual([inverted[0xff80], inverted[0], inverted[128]], [255, 127, 0]);
});

test('only plain gray is read so', () => {
  assert.equal(isPlain(ct), true);
  assert.equal(isPlain(null), false);
  assert.equal(isPlain({ ...ct, samples: 3, photometric: 'RGB' }), false);
  assert.equal(isPlain({ ...ct, bitsAllocated: 1 }), false);
});
