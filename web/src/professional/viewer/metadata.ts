/** What the files of a series say beside their pixels (DICOM JSON, PS3.18 F), as far as a viewer needs it. */
export type Vector = readonly [number, number, number];

/** How far pixels lie apart: in the patient, at the detector (an X-ray enlarges what lies before it), or nobody knows. */
export type Scale = 'patient' | 'detector' | 'unknown';

/** Where a picture lies, as far as it is known. */
export type Geometry = {
  readonly rows: number;
  readonly columns: number;
  /** millimetres from row to row, and from column to column; only their ratio counts where the scale is unknown */
  readonly spacing: readonly [number, number];
  readonly scale: Scale;
  readonly position: Vector | null;
  /** along a row, and along a column */
  readonly across: Vector | null;
  readonly down: Vector | null;
  readonly frameOfReference: string | null;
  /** of a projection, where no position says it: towards the right and towards the bottom */
  readonly letters: readonly [string, string] | null;
};

export type Picture = Geometry & {
  readonly modality: string;
  /** of the values after the modality step: `HU`, `Bq/ml`; empty where they are only numbers */
  readonly unit: string;
  readonly facts: Facts;
};

/** What may be shown over a picture. */
export type Facts = {
  readonly patient: string;
  readonly patientId: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly institution: string;
  readonly study: string;
  readonly series: string;
  readonly at: string;
  readonly thickness: string;
  readonly location: string;
  readonly technique: string;
};

type Element = { readonly Value?: readonly unknown[] };
export type Dataset = { readonly [tag: string]: Element };

/** By the instance's UID, one a frame. */
export function readMetadata(all: readonly Dataset[]): ReadonlyMap<string, readonly Picture[]> {
  return new Map(all.map((one) => [text(one, '00080018'), frames(one)]));
}

function frames(whole: Dataset): Picture[] {
  const shared = items(whole, '52009229')[0] ?? {};
  const each = items(whole, '52009230');
  const count = Math.max(1, number(whole, '00280008') ?? each.length);
  const told = factsOf(whole);
  return Array.from({ length: count }, (_, i) => picture(whole, shared, each[i] ?? {}, told));
}

function picture(whole: Dataset, shared: Dataset, own: Dataset, told: Facts): Picture {
  const group = (sequence: string): Dataset => items(own, sequence)[0] ?? items(shared, sequence)[0] ?? whole;
  const orientation = numbers(group('00209116'), '00200037', 6);
  const measures = group('00289110');
  const modality = text(whole, '00080060');
  const letters = texts(whole, '00200020');
  return {
    rows: number(whole, '00280010') ?? 0,
    columns: number(whole, '00280011') ?? 0,
    ...spacing(whole, measures),
    position: vector(numbers(group('00209113'), '00200032', 3)),
    across: vector(orientation?.slice(0, 3) ?? null),
    down: vector(orientation?.slice(3) ?? null),
    frameOfReference: text(whole, '00200052') || null,
    letters: letters.length === 2 ? [letters[0]!, letters[1]!] : null,
    modality,
    unit: unit(whole, group('00289145'), modality),
    facts: { ...told, thickness: text(measures, '00180050') },
  };
}

/**
 * An X-ray whose two spacings are the same was not calibrated: what lies before the detector is smaller than it says
 * (PS3.3 10.7). Where neither is there, the shape of a pixel still is.
 */
function spacing(whole: Dataset, measures: Dataset): Pick<Geometry, 'spacing' | 'scale'> {
  const pair = (value: readonly number[] | null): readonly [number, number] | null =>
    (value && value[0]! > 0 && value[1]! > 0 ? [value[0]!, value[1]!] : null);
  const inPatient = pair(numbers(measures, '00280030', 2));
  const atDetector = pair(numbers(whole, '00181164', 2));
  const projection = /^(CR|DX|MG|IO|PX|XA|RF|RG)$/.test(text(whole, '00080060'));
  if (inPatient) {
    const same = atDetector !== null && Math.abs(inPatient[0] - atDetector[0]) < 1e-6 && Math.abs(inPatient[1] - atDetector[1]) < 1e-6;
    const calibrated = text(whole, '00280A02') !== '' || (atDetector !== null && !same);
    return { spacing: inPatient, scale: projection && !calibrated ? 'detector' : 'patient' };
  }
  if (atDetector) return { spacing: atDetector, scale: 'detector' };
  const shape = pair(numbers(whole, '00280034', 2)) ?? [1, 1];
  return { spacing: shape, scale: 'unknown' };
}

function unit(whole: Dataset, transformation: Dataset, modality: string): string {
  const said = text(transformation, '00281054') || text(whole, '00281054');
  if (modality === 'CT') return said === '' || said === 'HU' ? 'HU' : '';
  if (modality === 'PT') return { BQML: 'Bq/ml', GML: 'g/ml', CNTS: '', CPS: '/s' }[text(whole, '00541001')] ?? '';
  return said === 'HU' ? 'HU' : '';
}

function factsOf(one: Dataset): Facts {
  const technique = [
    number(one, '00180060') !== null && `${number(one, '00180060')} kV`,
    number(one, '00181151') !== null && `${number(one, '00181151')} mA`,
    number(one, '00180080') !== null && `TR ${number(one, '00180080')}`,
    number(one, '00180081') !== null && `TE ${number(one, '00180081')}`,
  ].filter(Boolean).join(' · ');
  return {
    patient: person(one, '00100010'),
    patientId: text(one, '00100020'),
    birthDate: date(text(one, '00100030')),
    sex: text(one, '00100040'),
    institution: text(one, '00080080'),
    study: text(one, '00081030'),
    series: text(one, '0008103E'),
    at: moment(one),
    thickness: text(one, '00180050'),
    location: text(one, '00201041'),
    technique,
  };
}

function moment(one: Dataset): string {
  const day = date(text(one, '00080022') || text(one, '00080020'));
  const time = /^(\d\d)(\d\d)/.exec(text(one, '00080032') || text(one, '00080030'));
  return [day, time && `${time[1]}:${time[2]}`].filter(Boolean).join(' ');
}

function date(said: string): string {
  return said.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function person(one: Dataset, tag: string): string {
  const name = one[tag]?.Value?.[0] as { readonly Alphabetic?: string } | undefined;
  const [family = '', given = ''] = (name?.Alphabetic ?? '').split('^');
  return [family, given].filter(Boolean).join(', ');
}

function items(one: Dataset, tag: string): readonly Dataset[] {
  return (one[tag]?.Value ?? []).filter((item): item is Dataset => typeof item === 'object' && item !== null);
}

function texts(one: Dataset, tag: string): readonly string[] {
  return (one[tag]?.Value ?? []).filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
}

function text(one: Dataset, tag: string): string {
  return texts(one, tag)[0] ?? '';
}

function number(one: Dataset, tag: string): number | null {
  const said = texts(one, tag)[0];
  const value = said === undefined || said.trim() === '' ? NaN : Number(said);
  return Number.isFinite(value) ? value : null;
}

function numbers(one: Dataset, tag: string, count: number): readonly number[] | null {
  const all = texts(one, tag).map(Number);
  return all.length >= count && all.slice(0, count).every(Number.isFinite) ? all.slice(0, count) : null;
}

function vector(all: readonly number[] | null): Vector | null {
  return all ? [all[0]!, all[1]!, all[2]!] : null;
}

export function cross([a, b, c]: Vector, [d, e, f]: Vector): Vector {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

export function dot([a, b, c]: Vector, [d, e, f]: Vector): number {
  return a * d + b * e + c * f;
}

/** Of which directions of the patient one is made, the greatest part first: `R`, `AR`. */
export function lettersOf([x, y, z]: Vector): string {
  const parts: readonly (readonly [number, string])[] = [[x, x < 0 ? 'R' : 'L'], [y, y < 0 ? 'A' : 'P'], [z, z < 0 ? 'F' : 'H']];
  return parts.filter(([size]) => Math.abs(size) > 0.0872).sort(([one], [other]) => Math.abs(other) - Math.abs(one)).slice(0, 2).map(([, letter]) => letter).join('');
}

/** The letters of the opposite side. */
export function opposite(letters: string): string {
  return letters.replace(/[RLAPHF]/g, (letter) => ({ R: 'L', L: 'R', A: 'P', P: 'A', H: 'F', F: 'H' })[letter]!);
}

/** Where along its stack a picture lies; null where no position is known. */
export function depth({ position, across, down }: Geometry, along: Geometry | null = null): number | null {
  const axis = along ?? { across, down };
  return position && axis.across && axis.down ? dot(position, cross(axis.across, axis.down)) : null;
}

/** Whether two pictures are cut in the same direction. */
export function isParallel(one: Geometry, other: Geometry): boolean {
  if (!one.across || !one.down || !other.across || !other.down) return false;
  return Math.abs(dot(cross(one.across, one.down), cross(other.across, other.down))) > 0.99;
}
