import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { type Plane, readHead, unpack } from '../../src/viewer/planes.ts';
import type { GrayFacts } from '../../src/viewer/shading.ts';

type Packed = { columns: number; rows: number; channels: 1 | 3; width: 1 | 2; signed: boolean; samples: number[]; packed: string };

const facts: GrayFacts = { bits: 16, signed: true, inverted: false, scale: null, slope: 1, intercept: 0, modality: null, windows: [], voi: null, extent: null, padding: null };

/** What the server has packed: test/packed.json. */
test('what was packed comes out to the bit', async () => {
  for (const one of JSON.parse(readFileSync(new URL('../packed.json', import.meta.url), 'utf8')) as Packed[]) {
    const plane: Plane = { ...one, from: 0, length: 0, facts: { ...facts, signed: one.signed } };
    const values = await unpack(new Uint8Array(Buffer.from(one.packed, 'base64')), plane);
    const pixels = one.columns * one.rows;
    const interleaved = one.samples.map((_, i) => values[(i % one.channels) * pixels + Math.floor(i / one.channels)]!);
    assert.deepEqual(interleaved, one.samples.map((sample) => sample & (one.width === 2 ? 0xffff : 0xff)));
  }
});

test('too much and too little are not taken for a frame', async () => {
  const plane: Plane = { from: 0, length: 0, columns: 2, rows: 2, channels: 1, width: 1, facts };
  for (const size of [3, 5]) await assert.rejects(unpack(new Uint8Array(deflateRawSync(new Uint8Array(size))), plane));
});

function head(entries: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const told = deflateRawSync(JSON.stringify([facts, null]));
  const bytes = new Uint8Array(16 + 12 * entries.length + told.length);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from('SGPL\u0001'));
  view.setUint32(8, entries.length, true);
  view.setUint32(12, told.length, true);
  entries.forEach(([length, columns, rows, channels, width, which], i) => {
    const at = 16 + 12 * i;
    view.setUint32(at, length!, true);
    view.setUint16(at + 4, columns!, true);
    view.setUint16(at + 6, rows!, true);
    view.setUint8(at + 8, channels!);
    view.setUint8(at + 9, width!);
    view.setUint16(at + 10, which!, true);
  });
  bytes.set(told, 16 + 12 * entries.length);
  return bytes;
}

test('the head says where each frame lies', async () => {
  const bytes = head([[100, 4, 3, 1, 2, 0], [0, 0, 0, 1, 1, 0], [50, 5, 6, 3, 1, 1]]);
  const planes = await readHead(bytes);
  assert.deepEqual(planes[0], { from: bytes.length, length: 100, columns: 4, rows: 3, channels: 1, width: 2, facts });
  assert.equal(planes[1], null);
  assert.deepEqual(planes[2], { from: bytes.length + 100, length: 50, columns: 5, rows: 6, channels: 3, width: 1, facts: null });
  await assert.rejects(readHead(bytes.slice(0, 20)));
  await assert.rejects(readHead(new Uint8Array(40)));
});
