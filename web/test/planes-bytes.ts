import { constants, deflateRawSync } from 'node:zlib';
import type { Facts, GrayFacts } from '../src/viewer/shading.ts';

/** A frame of stored values, one channel after another; null where there are no exact pixels. */
export type Made = { readonly columns: number; readonly rows: number; readonly channels?: 1 | 3; readonly width?: 1 | 2; readonly values: ArrayLike<number>; readonly facts: Facts } | null;

export const gray: GrayFacts = {
  bits: 16, signed: true, inverted: false, scale: null, slope: 1, intercept: 0, modality: null, windows: [], voi: null, extent: null, padding: null,
};

/** An object of exact pixels as docs/planes.md describes it. */
export function planesOf(frames: readonly Made[]): { bytes: Uint8Array<ArrayBuffer>; headEnd: number } {
  const facts = [...new Set(frames.flatMap((frame) => (frame ? [frame.facts] : [])))];
  const told = deflateRawSync(JSON.stringify(facts));
  const once = new Map([...new Set(frames)].map((frame) => [frame, frame ? pack(frame) : new Uint8Array()] as const));
  const packed = frames.map((frame) => once.get(frame)!);
  const headEnd = 16 + 12 * frames.length + told.length;
  const bytes = new Uint8Array(headEnd + packed.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from('SGPL\u0001'));
  view.setUint32(8, frames.length, true);
  view.setUint32(12, told.length, true);
  let from = headEnd;
  frames.forEach((frame, i) => {
    const at = 16 + 12 * i;
    view.setUint32(at, packed[i]!.length, true);
    view.setUint16(at + 4, frame?.columns ?? 0, true);
    view.setUint16(at + 6, frame?.rows ?? 0, true);
    view.setUint8(at + 8, frame?.channels ?? 1);
    view.setUint8(at + 9, frame?.width ?? 2);
    view.setUint16(at + 10, frame ? facts.indexOf(frame.facts) : 0, true);
    bytes.set(packed[i]!, from);
    from += packed[i]!.length;
  });
  bytes.set(told, headEnd - told.length);
  return { bytes, headEnd };
}

function pack({ columns, rows, channels = 1, width = 2, values }: NonNullable<Made>): Uint8Array {
  const size = columns * rows;
  const bytes = new Uint8Array(size * channels * width);
  const bits = 8 * width;
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < size; i++) {
      const at = (x: number) => values[channel * size + x]!;
      const [x, y] = [i % columns, Math.floor(i / columns)];
      const predicted = y === 0 ? (x === 0 ? 0 : at(i - 1)) : x === 0 ? at(i - columns) : (3 * (at(i - 1) + at(i - columns)) - 2 * at(i - columns - 1)) >> 2;
      const difference = ((at(i) - predicted) << (32 - bits)) >> (32 - bits);
      const folded = (difference << 1) ^ (difference >> 31);
      const from = channel * size * width;
      bytes[from + i] = folded & 0xff;
      if (width === 2) bytes[from + size + i] = (folded >> 8) & 0xff;
    }
  }
  return deflateRawSync(bytes, { level: 6, strategy: constants.Z_FILTERED });
}
