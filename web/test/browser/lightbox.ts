// A study of made pictures for the professionals' light box: what each test of it shares.
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { filmOf } from '../film-bytes.ts';
import { gray, type Made, planesOf } from '../planes-bytes.ts';
import { department } from './browsing.ts';
import type { Stub } from './stub.ts';

export const EXPIRES = '2026-11-27T10:01:00Z';
export const SIDE = 128;
export const SLICES = 24;
/** Millimetres from row to row and from column to column: unlike, so that nobody mistakes one for the other. */
export const SPACING = [0.8, 0.5] as const;
export const STUDY = 'k3j9m2n4p5q6r7s8t9v0w1x2y3';
export const PRIOR = 'a3j9m2n4p5q6r7s8t9v0w1x2y3';

type Frame = NonNullable<Made>;
const SOFT = { center: 40, width: 400, function: 'LINEAR' as const, explanation: '' };
const ct = { ...gray, bits: 16, signed: true, intercept: -1024, windows: [SOFT] };

/** Where the square of 300 HU lies. */
export const SQUARE = { x: 30, y: 40, size: 20 } as const;

/** Air, a body of 50 HU, and within it a square of 300 HU and noise of plus and minus 10 around 100 HU. */
export function hounsfield(x: number, y: number, slice: number): number {
  if (x >= SQUARE.x && x < SQUARE.x + SQUARE.size && y >= SQUARE.y && y < SQUARE.y + SQUARE.size) return 300;
  if (x >= 70 && x < 100 && y >= 70 && y < 100) return (x + y) % 2 === 0 ? 110 : 90;
  if (Math.hypot(x - 64, y - 64) < 58) return 50 + slice;
  return -1000;
}
const slice = (index: number): Frame => ({ columns: SIDE, rows: SIDE, facts: ct, values: Array.from({ length: SIDE * SIDE }, (_, i) => hounsfield(i % SIDE, Math.floor(i / SIDE), index) + 1024) });

export type Tags = Readonly<Record<string, readonly unknown[]>>;
const dataset = (tags: Tags) => Object.fromEntries(Object.entries(tags).map(([tag, Value]) => [tag, { Value }]));
export const about = (uid: string, index: number, more: Tags = {}) => dataset({
  '00080018': [uid], '00080060': ['CT'], '00080080': ['Ziekenhuis Noord'], '00080022': ['20261120'], '00080032': ['101500'], '00081030': ['CT hoofd'], '0008103E': ['Axiaal'],
  '00100010': [{ Alphabetic: 'Peeters^An' }], '00100020': ['P-1'], '00100030': ['19580307'], '00100040': ['F'],
  '00180050': [2], '00180060': [120], '00200032': [-32, -51, -24 + 2 * index], '00200037': [1, 0, 0, 0, 1, 0], '00200052': ['1.9'],
  '00280010': [SIDE], '00280011': [SIDE], '00280030': [...SPACING], '00281054': ['HU'], ...more,
});

export type MadeSeries = {
  readonly uid: string; readonly modality: string; readonly description: string; readonly frames: readonly Made[]; readonly metadata: readonly object[]; readonly film: ReturnType<typeof filmOf>;
  readonly planes?: 'ready' | 'none' | 'making'; readonly originals?: readonly Uint8Array[]; readonly syntax?: string;
};

/** JPEGs of frames as they would be drawn: enough to be told from one another. */
export async function jpegs(page: Page, grays: readonly ((x: number, y: number) => number)[], side = SIDE): Promise<Uint8Array[]> {
  const rows = grays.map((of) => Array.from({ length: side * side }, (_, i) => of(i % side, Math.floor(i / side))));
  const all = await page.evaluate(async ([pictures, size]) => {
    const made: string[] = [];
    for (const picture of pictures) {
      const canvas = new OffscreenCanvas(size, size);
      const image = new ImageData(size, size);
      picture.forEach((level, i) => image.data.set([level, level, level, 255], 4 * i));
      canvas.getContext('2d')!.putImageData(image, 0, 0);
      made.push(String.fromCharCode(...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer())));
    }
    return made;
  }, [rows, side] as const);
  return all.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
}

export function gray8(value: number, center = 40, width = 400): number {
  return Math.min(255, Math.max(0, Math.round(((value - (center - 0.5)) / (width - 1) + 0.5) * 255)));
}

export async function volume(page: Page, uid: string, more: (index: number) => Tags = () => ({}), count = SLICES, description = 'Axiaal'): Promise<MadeSeries> {
  const pictures = await jpegs(page, Array.from({ length: count }, (_, i) => (x: number, y: number) => gray8(hounsfield(x, y, i))));
  return {
    uid, modality: 'CT', description, frames: Array.from({ length: count }, (_, i) => slice(i)), metadata: Array.from({ length: count }, (_, i) => about(`${uid}.${i}`, i, more(i))),
    film: filmOf(pictures.map((jpeg) => ({ jpeg, width: SIDE, height: SIDE })), () => pictures[0]!),
  };
}

export type MadeStudy = { readonly id: string; readonly series: readonly MadeSeries[]; readonly more?: object };

/** What the server says of these studies. */
export function serve(stub: Stub, studies: readonly MadeStudy[], more: Readonly<Record<string, unknown>> = {}): void {
  const known = { ...department, serviceDesk: null, statements: null, logo: null, brand: { light: '#0b5c63', dark: '#7fd1c9' }, partialBirthDates: false };
  const heads = new Map<MadeSeries, number>();
  for (const { id, series } of studies) {
    for (const one of series) {
      const planes = planesOf(one.frames);
      heads.set(one, planes.headEnd);
      stub.objects.set(`/store/${id}/${one.uid}/film.bin`, one.film.bytes);
      stub.objects.set(`/store/${id}/${one.uid}/planes.bin`, planes.bytes);
      stub.objects.set(`/store/${id}/${one.uid}/metadata.json.gz`, gzipSync(JSON.stringify(one.metadata)));
      one.originals?.forEach((bytes, i) => stub.objects.set(`/store/${id}/${one.uid}/${i}.dcm`, bytes));
    }
  }
  const visit = { kind: 'professional', now: new Date().toISOString(), idleUntil: new Date(Date.now() + 1_800_000).toISOString(), expiresAt: new Date(Date.now() + 43_200_000).toISOString(), professional: { name: 'Dr. Jan Maes', role: 'professional', department: null } };
  const line = ({ id, series, more: own = {} }: MadeStudy) => ({
    id, date: '2026-11-20', description: 'CT hoofd', modalities: ['CT'], patient: { name: 'Peeters, An', birthDate: '1958-03-07', id: 'P-1', sex: 'F' }, accession: 'A1', department: known,
    state: 'complete', report: null, reportFrom: null, message: null, documents: [], opened: null, expiresAt: EXPIRES, prior: [], reasons: [{ kind: 'requested' }],
    series: series.map((one, i) => ({ uid: one.uid, number: i + 1, description: one.description, modality: one.modality, instances: one.frames.length, frames: one.frames.length, preview: null })), ...own,
  });
  stub.say = (path, _, query) => {
    if (path in more) return { status: 200, body: typeof more[path] === 'function' ? (more[path] as () => unknown)() : more[path] };
    if (path === 'GET /api/session') return { status: 200, body: visit };
    if (path === 'GET /api/departments') return { status: 200, body: { departments: [], serviceDesk: null } };
    const [, id, uid] = /^GET \/api\/studies\/(\w+)(?:\/series\/([\d.]+))?$/.exec(path) ?? [];
    const study = studies.find((one) => one.id === id);
    if (!study) return { status: 404 };
    if (!uid) return { status: 200, body: line(study) };
    const series = study.series.find((one) => one.uid === uid);
    if (!series) return { status: 404 };
    const at = `/store/${id}/${uid}`;
    const exact = query.get('exact') === 'true';
    const state = series.planes ?? 'ready';
    const all = series.frames.map((_, i) => ({ uid: `${uid}.${i}`, number: i + 1, frames: 1, transferSyntax: series.syntax ?? '1.2.840.10008.1.2.1', rows: SIDE, columns: SIDE, url: series.originals?.[i] ? `${at}/${i}.dcm` : null, preview: null, previews: [], window: null, pixels: null, video: null, frameMillis: 0 }));
    const from = Number(query.get('from')?.split('.')[0] ?? 0);
    const some = query.get('instance') ? all.filter((one) => one.uid === query.get('instance')) : all.slice(from, from + Number(query.get('limit') ?? all.length));
    return { status: 200, body: {
      instances: some, next: null, expiresAt: EXPIRES, metadata: exact ? `${at}/metadata.json.gz` : null,
      film: { url: `${at}/film.bin`, generation: 1, pictures: series.frames.length, sheetsEnd: series.film.sheetsEnd },
      planes: !exact ? null : state === 'ready' ? { state, url: `${at}/planes.bin`, generation: 1, headEnd: heads.get(series)! } : { state, url: null, generation: null, headEnd: null },
    } };
  };
}

export const drawn = (page: Page, image: number, cell = 0) => page.waitForSelector(`.vw-cell:nth-child(${cell + 1}) .vw-stage[data-image="${image}"][data-grade="exact"]`);
