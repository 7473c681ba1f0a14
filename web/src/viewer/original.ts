import type { Pixels } from '../lib/answers.ts';
import type { GrayFacts } from './shading.ts';

/** Exact pixels as they lie in an object itself: of plain gray that is not compressed, until those of the whole series are made. */
export type Original = {
  readonly key: string;
  readonly address: string;
  readonly frame: number;
  readonly pixels: Pixels;
  readonly window: { readonly center: number; readonly width: number } | null;
};

export function isPlain(pixels: Pixels | null): pixels is Pixels {
  return pixels !== null && pixels.samples === 1 && /^MONOCHROME[12]$/.test(pixels.photometric)
    && (pixels.bitsAllocated === 8 || pixels.bitsAllocated === 16);
}

/** The bytes of one frame within the object, from `start` up to, not with, `end`. */
export function range({ pixels, frame }: Original): { start: number; end: number } {
  const length = (pixels.rows * pixels.columns * pixels.bitsAllocated) / 8;
  const start = pixels.offset + (frame - 1) * length;
  return { start, end: start + length };
}

/** Stored values modulo 2^16: what lies above the stored bits is not looked at. */
export function values(bytes: Uint8Array, { rows, columns, bitsAllocated, bitsStored, signed }: Pixels): Uint16Array {
  const out = new Uint16Array(rows * columns);
  const shift = 32 - bitsStored;
  for (let i = 0; i < out.length; i++) {
    const raw = bitsAllocated === 16 ? bytes[2 * i]! | (bytes[2 * i + 1]! << 8) : bytes[i]!;
    out[i] = signed ? (raw << shift) >> shift : (raw << shift) >>> shift;
  }
  return out;
}

export function factsOf({ pixels, window }: Original, all: Uint16Array): GrayFacts {
  const { bitsStored: bits, signed, slope, intercept } = pixels;
  return {
    bits, signed, slope, intercept, inverted: pixels.photometric === 'MONOCHROME1', scale: null, modality: null, voi: null, padding: null,
    windows: window ? [{ ...window, function: 'LINEAR' }] : [],
    extent: window ? null : extent(all, pixels),
  };
}

function extent(all: Uint16Array, { signed, slope, intercept }: Pixels): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of all) {
    const real = (signed ? (value << 16) >> 16 : value) * slope + intercept;
    if (real < low) low = real;
    if (real > high) high = real;
  }
  return [low, high];
}
