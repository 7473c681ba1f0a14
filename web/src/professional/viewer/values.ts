import type { Negative } from '../../viewer/darkroom.ts';
import type { GrayFacts, Window } from '../../viewer/shading.ts';

/** A frame after the modality step, as a tool measures it and a graphics card draws it. */
export type Measured = {
  readonly values: Int16Array | Uint16Array | Float32Array | Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** red, green and blue of a pixel beside one another */
  readonly colour: boolean;
  readonly inverted: boolean;
  readonly low: number;
  readonly high: number;
  readonly window: Window;
  /** whether the values are those of the modality, and not grays of a table of the file */
  readonly real: boolean;
};

const COLOUR: Window = { center: 128, width: 256, function: 'LINEAR' };

export function measured({ values, rows, columns, facts }: Negative): Measured {
  if (!facts) return { values: interleaved(values, rows * columns), rows, columns, colour: true, inverted: false, low: 0, high: 255, window: COLOUR, real: false };
  const tabled = facts.voi !== null && facts.windows.length === 0;
  const table = realsOf(facts, tabled);
  const out = table.room(values.length);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const real = table.reals[values[i]!]!;
    if (Number.isNaN(real)) continue;
    out[i] = real;
    if (real < low) low = real;
    if (real > high) high = real;
  }
  if (low > high) [low, high] = [0, 0];
  if (table.nothing) blacken(values, out, table.reals, facts.inverted ? high : low);
  return { values: out, rows, columns, colour: false, inverted: facts.inverted, low, high, window: windowOf(facts, low, high, tabled), real: !tabled };
}

/** With which window the file wants to be seen. */
function windowOf(facts: GrayFacts, low: number, high: number, tabled: boolean): Window {
  const own = facts.windows[0];
  if (own) return { center: own.center, width: own.width, function: own.function };
  const [from, to] = tabled ? [0, 2 ** facts.voi!.bits - 1] : facts.extent ?? [low, high];
  return { center: (from + to) / 2, width: Math.max(1e-6, to - from), function: 'LINEAR_EXACT' };
}

type Reals = { readonly reals: Float64Array; readonly nothing: boolean; readonly room: (length: number) => Int16Array | Uint16Array | Float32Array };
/** Slices of one series mostly share what is said of them. */
const known = new WeakMap<GrayFacts, Reals>();

/** Of each stored value, modulo 2^16, what it stands for; not a number where it is no part of the picture. */
function realsOf(facts: GrayFacts, tabled: boolean): Reals {
  const had = known.get(facts);
  if (had) return had;
  const { bits, signed, scale, padding, modality, slope, intercept, voi } = facts;
  const reals = new Float64Array(65_536);
  const shift = 32 - bits;
  let [low, high, whole, nothing] = [Infinity, -Infinity, true, false];
  for (let value = 0; value < 2 ** bits; value++) {
    const packed = signed ? (value << shift) >> shift : value;
    const stored = scale ? packed * scale.step + scale.start : packed;
    const modal = modality ? entry(modality, stored) : stored * slope + intercept;
    let real = tabled ? entry(voi!, modal) : modal;
    if ((scale && packed === 0) || (padding && stored >= padding[0] && stored <= padding[1])) [real, nothing] = [NaN, true];
    reals[packed & 0xffff] = real;
    if (Number.isNaN(real)) continue;
    low = Math.min(low, real);
    high = Math.max(high, real);
    whole &&= Number.isInteger(real);
  }
  const room = whole && low >= -32_768 && high <= 32_767 ? (length: number) => new Int16Array(length)
    : whole && low >= 0 && high <= 65_535 ? (length: number) => new Uint16Array(length) : (length: number) => new Float32Array(length);
  const made = { reals, nothing, room };
  known.set(facts, made);
  return made;
}

/** What is no part of the patient is as dark as the darkest that is. */
function blacken(values: Uint16Array, out: Int16Array | Uint16Array | Float32Array, reals: Float64Array, darkest: number): void {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(reals[values[i]!]!)) out[i] = darkest;
}

function entry({ first, entries }: { readonly first: number; readonly entries: readonly number[] }, value: number): number {
  return entries[Math.min(entries.length - 1, Math.max(0, Math.round(value) - first))]!;
}

function interleaved(values: Uint16Array, size: number): Uint8Array {
  const out = new Uint8Array(3 * size);
  for (let i = 0; i < size; i++) for (let channel = 0; channel < 3; channel++) out[3 * i + channel] = values[channel * size + i]!;
  return out;
}

/** From which value to which a window reaches. */
export function rangeOf({ center, width, function: kind }: Window): { lower: number; upper: number } {
  const half = width / 2;
  return kind === 'LINEAR' ? { lower: center - 0.5 - (width - 1) / 2, upper: center - 0.5 + (width - 1) / 2 } : { lower: center - half, upper: center + half };
}
