import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pixels } from '../../src/lib/answers.ts';
import { adjusted, canWindow, extent, range, shade, values } from '../../src/viewer/windowing.ts';

const ct: Pixels = {
  offset: 1000, length: 32, frames: 2, rows: 2, columns: 2, samples: 1, bitsAllocated: 16, bitsStored: 12,
  signed: false, slope: 1, intercept: -1024, photometric: 'MONOCHROME2', planar: 0,
};

test('the bytes of a frame lie one after the other', () => {
  assert.deepEqual(range(ct, 1), { first: 1000, last: 1007 });
  assert.deepEqual(range(ct, 2), { first: 1008, last: 1015 });
});

test('stored values become real ones, whatever lies above the stored bits', () => {
  const bytes = new Uint16Array([0xf000, 1024, 1064, 0x0fff]).buffer;
  assert.deepEqual([...values(bytes, ct)], [-1024, 0, 40, 3071]);
  const signed = values(new Uint16Array([0x0fff, 0x0800, 0x07ff, 0]).buffer, { ...ct, signed: true, intercept: 0 });
  assert.deepEqual([...signed], [-1, -2048, 2047, 0]);
  const narrow = values(new Uint8Array([0, 1, 200, 255]).buffer, { ...ct, bitsAllocated: 8, bitsStored: 8, slope: 2, intercept: 1 });
  assert.deepEqual([...narrow], [1, 3, 401, 511]);
});

test('the window of DICOM: black below, white above, half in the middle', () => {
  const out = new Uint8ClampedArray(16);
  shade(new Float32Array([-1000, 39.5, 1000, -160.5]), { center: 40, width: 401 }, false, out);
  assert.deepEqual([out[0], out[4], out[8], out[12]], [0, 128, 255, 0]);
  assert.equal(out[3], 255);
  shade(new Float32Array([-1000, 39.5, 1000, 0]), { center: 40, width: 401 }, true, out);
  assert.deepEqual([out[0], out[8]], [255, 0]);
});

test('brighter lowers the middle, more contrast narrows the width', () => {
  const own = { center: 40, width: 400 };
  assert.deepEqual(adjusted(own, 0, 0), own);
  assert.equal(adjusted(own, 50, 0).center, -160);
  assert.equal(adjusted(own, 0, 50).width, 200);
  assert.equal(adjusted(own, 0, -50).width, 800);
});

test('a file without a window is shown from its darkest to its lightest', () => {
  assert.deepEqual(extent(new Float32Array([-10, 30, 0])), { center: 10, width: 40 });
});

test('only plain gray is windowed', () => {
  assert.equal(canWindow(ct), true);
  assert.equal(canWindow(null), false);
  assert.equal(canWindow({ ...ct, samples: 3, photometric: 'RGB' }), false);
  assert.equal(canWindow({ ...ct, bitsAllocated: 1 }), false);
});
