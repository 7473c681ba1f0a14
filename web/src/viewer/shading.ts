/** How stored values become gray (DICOM PS3.3 C.11.1 and C.11.2), as the object of exact pixels says it; null for colour, whose values are what is seen. */
export type Facts = GrayFacts | null;

export type GrayFacts = {
  readonly bits: number;
  readonly signed: boolean;
  readonly inverted: boolean;
  /** what a value stands for, where the file has fractions or more than 16 bits: value * step + start, and nothing for 0 */
  readonly scale: { readonly step: number; readonly start: number } | null;
  readonly slope: number;
  readonly intercept: number;
  /** a table in place of slope and intercept */
  readonly modality: Table | null;
  readonly windows: readonly (Window & { readonly explanation?: string })[];
  /** a table in place of a window */
  readonly voi: Table | null;
  /** from darkest to brightest, where the file says nothing */
  readonly extent: readonly [number, number] | null;
  /** no part of the patient, both ends included: black, whatever is chosen */
  readonly padding: readonly [number, number] | null;
};

export type Window = { readonly center: number; readonly width: number; readonly function: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID' };
type Table = { readonly first: number; readonly bits: number; readonly entries: readonly number[] };

/** What a person chose: a window of its own, or the file's, lighter and harder by -100 to 100. */
export type Light = { readonly window: Window | null; readonly brightness: number; readonly contrast: number };

const WHOLE: Window = { center: 127.5, width: 255, function: 'LINEAR_EXACT' };

/** For each stored value, modulo 2^16, its gray: worked out once for many pictures. */
export function grays(facts: GrayFacts, light: Light): Uint8ClampedArray {
  const level = levels(facts, light);
  const out = new Uint8ClampedArray(65_536);
  const shift = 32 - facts.bits;
  for (let value = 0; value < 2 ** facts.bits; value++) {
    const packed = facts.signed ? (value << shift) >> shift : value;
    const stored = facts.scale ? packed * facts.scale.step + facts.scale.start : packed;
    if (isNothing(facts, packed, stored)) continue; // black
    const real = facts.modality ? entry(facts.modality, stored) : stored * facts.slope + facts.intercept;
    const gray = Math.min(255, Math.max(0, Math.round(level(real))));
    out[packed & 0xffff] = facts.inverted ? 255 - gray : gray;
  }
  return out;
}

function isNothing({ scale, padding }: GrayFacts, packed: number, stored: number): boolean {
  return (scale !== null && packed === 0) || (padding !== null && stored >= padding[0] && stored <= padding[1]);
}

function entry({ first, entries }: Table, value: number): number {
  return entries[Math.min(entries.length - 1, Math.max(0, Math.round(value) - first))]!;
}

function levels(facts: GrayFacts, { window, brightness, contrast }: Light): (real: number) => number {
  const own = window ?? facts.windows[0];
  if (own) return windowed(adjusted(own, brightness, contrast));
  const untouched = brightness === 0 && contrast === 0; // a gray stays itself, not nearly
  const after = untouched ? (gray: number) => gray : windowed(adjusted(WHOLE, brightness, contrast));
  if (facts.voi) {
    const { voi } = facts;
    const most = 2 ** voi.bits - 1;
    return (real) => after(entry(voi, real) * 255 / most);
  }
  const [low, high] = facts.extent ?? [0, 1];
  return high > low ? (real) => after((real - low) / (high - low) * 255) : () => 0;
}

/** What is seen of values in some light: of gray as it is drawn, of colour for each of its channels. */
export function seen(facts: Facts, light: Light): Uint32Array<ArrayBuffer> {
  if (facts) return new Uint32Array(grays(facts, light)).map((gray) => 0xff000000 | (gray * 0x010101));
  const level = windowed(adjusted(WHOLE, light.brightness, light.contrast));
  return Uint32Array.from({ length: 256 }, (_, value) => Math.min(255, Math.max(0, Math.round(level(value)))));
}

/** Values, one channel after another, as opaque RGBA, the red byte first: machines of browsers are little endian. */
export function draw(values: Uint16Array, facts: Facts, table: Uint32Array, rgba: Uint8ClampedArray<ArrayBuffer>): void {
  const out = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const size = out.length;
  if (facts) for (let i = 0; i < size; i++) out[i] = table[values[i]!]!;
  else for (let i = 0; i < size; i++) out[i] = 0xff000000 | (table[values[2 * size + i]!]! << 16) | (table[values[size + i]!]! << 8) | table[values[i]!]!;
}

function windowed({ center, width, function: kind }: Window): (real: number) => number {
  switch (kind) {
    case 'SIGMOID':
      return (real) => 255 / (1 + Math.exp(-4 * (real - center) / width));
    case 'LINEAR_EXACT':
      return (real) => ((real - center) / width + 0.5) * 255;
    case 'LINEAR':
      return width > 1 ? (real) => ((real - (center - 0.5)) / (width - 1) + 0.5) * 255 : (real) => (real <= center - 0.5 ? 0 : 255);
  }
}

/** Brightness moves the middle of what is shown, contrast narrows it. */
export function adjusted(own: Window, brightness: number, contrast: number): Window {
  return { ...own, center: own.center - (brightness / 100) * own.width, width: own.width * 2 ** (-contrast / 50) };
}
