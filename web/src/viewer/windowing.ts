import type { Pixels } from '../lib/answers.ts';

/** Brightness is the middle of what is shown, contrast how narrow it is. */
export type Window = { readonly center: number; readonly width: number };

/** Only plain gray is windowed here; colour keeps the browser's own filter. */
export function canWindow(pixels: Pixels | null): pixels is Pixels {
  return pixels !== null && pixels.samples === 1 && /^MONOCHROME[12]$/.test(pixels.photometric)
    && (pixels.bitsAllocated === 8 || pixels.bitsAllocated === 16);
}

export function frameBytes(pixels: Pixels): number {
  return (pixels.rows * pixels.columns * pixels.samples * pixels.bitsAllocated) / 8;
}

/** The bytes of one frame within the object, first and last included, for a Range request. */
export function range(pixels: Pixels, frame: number): { first: number; last: number } {
  const first = pixels.offset + (frame - 1) * frameBytes(pixels);
  return { first, last: first + frameBytes(pixels) - 1 };
}

/** Stored values as real ones (DICOM PS3.3 C.11.1): what lies above the stored bits is not looked at. */
export function values(bytes: ArrayBuffer, pixels: Pixels): Float32Array {
  const count = pixels.rows * pixels.columns;
  const out = new Float32Array(count);
  const view = new DataView(bytes);
  const wide = pixels.bitsAllocated === 16;
  const shift = 32 - pixels.bitsStored;
  for (let i = 0; i < count; i++) {
    const raw = wide ? view.getUint16(2 * i, true) : view.getUint8(i);
    const stored = pixels.signed ? (raw << shift) >> shift : (raw << shift) >>> shift;
    out[i] = stored * pixels.slope + pixels.intercept;
  }
  return out;
}

export function extent(real: Float32Array): Window {
  let low = Infinity;
  let high = -Infinity;
  for (const value of real) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { center: (low + high) / 2, width: Math.max(1, high - low) };
}

/** The linear function of DICOM PS3.3 C.11.2.1.2.1, as opaque gray. */
export function shade(real: Float32Array, { center, width }: Window, inverted: boolean, out: Uint8ClampedArray): void {
  const span = Math.max(1, width - 1);
  const low = center - 0.5 - span / 2;
  for (let i = 0; i < real.length; i++) {
    const level = Math.min(255, Math.max(0, ((real[i]! - low) / span) * 255));
    const gray = inverted ? 255 - level : level;
    out[4 * i] = gray;
    out[4 * i + 1] = gray;
    out[4 * i + 2] = gray;
    out[4 * i + 3] = 255;
  }
}

/** Sliders of -100 to 100 around the file's own window: brighter means a lower middle, more contrast a narrower width. */
export function adjusted(own: Window, brightness: number, contrast: number): Window {
  const width = Math.max(1, own.width * 2 ** (-contrast / 50));
  return { center: own.center - (brightness / 100) * own.width, width };
}
