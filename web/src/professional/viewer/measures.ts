import type { Picture, Vector } from './metadata.ts';

/** What a hand does on a picture. */
export type Tool = 'window' | 'scroll' | 'pan' | 'zoom' | 'length' | 'angle' | 'ellipse' | 'rectangle' | 'probe';
export type MeasureTool = Extract<Tool, 'length' | 'angle' | 'ellipse' | 'rectangle' | 'probe'>;
export type Measure = { readonly id: string; readonly tool: MeasureTool; readonly image: string; readonly lines: readonly string[] };
const POINTS: Readonly<Record<MeasureTool, number>> = { length: 2, angle: 3, ellipse: 2, rectangle: 2, probe: 1 };

/** How many points somebody sets with the keys. */
export function pointsOf(tool: Tool): number {
  return tool in POINTS ? POINTS[tool as MeasureTool] : 0;
}

/** A measure as its tool keeps it: where its points lie in the patient, and what was counted within it. */
export type Shape = {
  readonly handles: { readonly points: readonly Vector[] };
  readonly cachedStats?: { readonly [target: string]: Counted };
};
type Counted = { readonly mean?: number | readonly number[]; readonly stdDev?: number | readonly number[]; readonly min?: number | readonly number[]; readonly max?: number | readonly number[]; readonly value?: unknown; readonly index?: readonly [number, number, number] };
/** How numbers and words are written. */
export type Lines = { readonly number: (value: number, digits: number) => string; readonly word: (key: string, holes?: { readonly [name: string]: string | number }) => string };

/** What is written beside a measure. A length of pixels whose distance nobody knows is told as such. */
export function lines(tool: MeasureTool, { handles: { points } }: Shape, counted: Counted | null, picture: Picture | null, real: boolean, say: Lines): string[] | undefined {
  const unit = real && picture?.unit ? ` ${picture.unit}` : '';
  const scale = picture?.scale ?? 'unknown';
  const size = (value: number, of: 'mm' | 'mm²', digits: number) => (scale === 'unknown' ? say.word('lightbox.measure.unknown')
    : say.word(scale === 'detector' ? 'lightbox.measure.detector' : 'lightbox.measure.size', { value: `${say.number(value, digits)} ${of}` }));
  switch (tool) {
    case 'length':
      return points.length < 2 ? undefined : [size(distance(points[0]!, points[1]!), 'mm', 1)];
    case 'angle':
      return points.length < 3 ? undefined : [`${say.number(angle(points[0]!, points[1]!, points[2]!), 1)}°`];
    case 'probe':
      return counted?.value === undefined ? undefined : [`${valueOf(counted.value, say)}${unit}`];
    case 'ellipse': case 'rectangle': {
      if (counted?.mean === undefined || points.length < 4) return undefined;
      const [a, b, c, d] = points as readonly [Vector, Vector, Vector, Vector];
      const area = tool === 'ellipse' ? (Math.PI / 4) * distance(a, b) * distance(c, d) : distance(a, b) * distance(a, c);
      const told = (key: string, value: unknown) => `${say.word(key)} ${valueOf(value, say)}${unit}`;
      return [
        told('lightbox.measure.mean', counted.mean), told('lightbox.measure.deviation', counted.stdDev),
        `${say.word('lightbox.measure.range')} ${valueOf(counted.min, say)} – ${valueOf(counted.max, say)}${unit}`,
        `${say.word('lightbox.measure.area')} ${size(area, 'mm²', 0)}`,
      ];
    }
  }
}

function valueOf(value: unknown, say: Lines): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return say.number(value, 1);
  return Array.from(value as ArrayLike<number>, (one) => say.number(one, 0)).join(' ');
}

export function distance(one: Vector, other: Vector): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** At the second of three points, in degrees. */
export function angle(one: Vector, corner: Vector, other: Vector): number {
  const [a, b] = [minus(one, corner), minus(other, corner)];
  const cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (Math.hypot(...a) * Math.hypot(...b));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

function minus(one: Vector, other: Vector): Vector {
  return [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
}
