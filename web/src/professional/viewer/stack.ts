import type { Film, Planes, Series, SeriesLine } from '../../lib/answers.ts';
import { ExactPixels, type Having } from '../../viewer/exact.ts';
import { isPlain } from '../../viewer/original.ts';
import { type Early, type Exact, openedAt, type Picture as Place, Pictures, type Query } from '../../viewer/pictures.ts';
import { Reel } from '../../viewer/reel.ts';
import type { Light } from '../../viewer/shading.ts';
import { Singles } from '../../viewer/singles.ts';
import type { Shot, Source } from '../../viewer/source.ts';
import { type Dataset, depth, type Picture, readMetadata } from './metadata.ts';
import type { Measured } from './values.ts';

/** As the files want it: who looks chooses the window on the page. */
const UNTOUCHED: Light = { window: null, brightness: 0, contrast: 0 };

/** What a stack tells. */
export type StackListener = {
  /** A small picture of a place may be there; without a number, any. */
  seen(index?: number): void;
  /** The values of a picture are here. */
  measured(index: number, made: Measured): void;
  /** They cannot be had but out of the object itself. */
  unreadable(index: number): void;
  /** Another series of pictures, or where they lie: everything is to be drawn anew. */
  changed(): void;
  line(up: boolean): void;
  /** The server no longer gives them. */
  gone(): void;
};
export type AskSeries = (query: Query) => Promise<Series | null>;

/**
 * The pictures of one series: small ones of its film at once, stored values as soon as a worker has them, and where
 * each lies in the patient. Whoever draws asks for a place and is told.
 */
export class Stack {
  readonly study: string;
  readonly series: SeriesLine;
  readonly #pictures: Pictures;
  readonly #tell: StackListener;
  readonly #exactly: ExactPixels;
  #source: Source | null = null;
  #film: Worker | null = null;
  #metadata: ReadonlyMap<string, readonly Picture[]> = new Map();
  #described = false;
  #where: string | null = null;
  #index: number;
  #speed = 0;
  #moved = 0;
  #wanted: { readonly index: number; readonly having: Having } | null = null;
  #closed = false;
  #all: Promise<boolean> | null = null;

  constructor(study: string, series: SeriesLine, at: number | null, ask: AskSeries, tell: StackListener) {
    this.study = study;
    this.series = series;
    this.#pictures = new Pictures(ask);
    this.#tell = tell;
    this.#index = openedAt(series, at);
    this.#exactly = new ExactPixels(() => new Worker(new URL('./values.worker.ts', import.meta.url), { type: 'module' }), {
      ask: () => this.#lies(),
      wanted: () => true,
      drawn: () => undefined,
      valued: (index, made) => this.#tell.measured(index, made as Measured),
      impossible: (index) => this.#tell.unreadable(index),
      changed: () => this.#want(),
      line: (up) => this.#tell.line(up),
    });
  }

  get index(): number {
    return this.#index;
  }

  get count(): number {
    return this.#pictures.count || this.series.frames;
  }

  /** Whether all is known that is needed to draw values: which pictures there are, and where they lie. */
  get ready(): boolean {
    return this.#pictures.count > 0 && this.#described;
  }

  /** `known` is what came with the study. */
  async open(known: Series | null): Promise<void> {
    if (this.series.frames > 1) this.#film = workerOf();
    const early = known ? Promise.resolve<Early>({ picture: null, film: known.film }) : this.#pictures.early(this.#index, this.series);
    const exact = this.#exactly.ask();
    const all = this.#all = this.#pictures.load();
    const first = await early;
    if (this.#closed) return;
    if (first?.film) this.#roll(first.film);
    if (!(await all)) return this.#closed ? undefined : this.#tell.gone();
    if (this.#closed) return;
    if (!this.#source && this.#pictures.film) this.#roll(this.#pictures.film);
    else if (!this.#source) this.#single(first?.picture ?? null);
    else this.#source.hurry();
    this.#index = Math.min(this.#index, this.count - 1);
    this.#tell.changed();
    this.#want();
    await exact;
  }

  close(): void {
    this.#closed = true;
    this.#source?.close();
    this.#film?.terminate();
    this.#exactly.close();
    this.#metadata = new Map();
  }

  aim(index: number): void {
    const now = performance.now();
    const passed = now - this.#moved;
    const pace = passed > 0 && passed < 250 ? ((index - this.#index) / passed) * 1000 : 0;
    this.#speed = pace && 0.5 * (pace + this.#speed);
    this.#moved = now;
    this.#index = index;
    this.#source?.aim(index, this.#speed);
    this.#want();
  }

  /** Nobody moves any more. */
  rest(): void {
    this.#speed = 0;
    this.#source?.aim(this.#index, 0);
    this.#exactly.aim(this.#index, 0);
  }

  /** When it is known which pictures there are. */
  async known(): Promise<void> {
    await this.#all;
  }

  /** Who draws values has come. */
  again(): void {
    this.#wanted = null;
    this.#want();
  }

  shot(index: number): Shot | 'spoilt' | null {
    return this.#source?.at(index) ?? null;
  }

  place(index: number): Place | undefined {
    return this.#pictures.known(index);
  }

  /** Stable, whatever its addresses are: that of a frame. */
  id(index: number): string {
    const place = this.#pictures.known(index);
    return `studygate:${this.study}/${this.series.uid}/${place ? `${place.instance}/${place.frame}` : index}`;
  }

  find(instance: string, frame = 1): number | null {
    return this.#pictures.find(`${instance}#${frame}`) ?? this.#pictures.find(`${instance}#1`);
  }

  picture(index: number): Picture | null {
    const place = this.#pictures.known(index);
    const frames = place && this.#metadata.get(place.instance);
    return frames?.[place!.frame - 1] ?? frames?.[0] ?? null;
  }

  /** Where the object of a picture lies now. */
  async original(index: number): Promise<string | null> {
    return (await this.#pictures.at(index))?.original ?? null;
  }

  async video(index: number): Promise<string | null> {
    return (await this.#pictures.at(index))?.video?.url ?? null;
  }

  /** The windows that the file of a picture names. */
  windows(index: number): ReturnType<ExactPixels['windows']> {
    return this.#exactly.windows(index);
  }

  /** The picture that lies nearest to a depth along another one. */
  nearest(along: Picture, wanted: number): number | null {
    let best: number | null = null;
    let least = Infinity;
    for (let i = 0; i < this.count; i++) {
      const picture = this.picture(i);
      const at = picture && depth(picture, along);
      if (at === null || Math.abs(at - wanted) >= least) continue;
      [best, least] = [i, Math.abs(at - wanted)];
    }
    return best;
  }

  #roll(film: Film): void {
    const port = this.#film ?? workerOf();
    this.#film = null;
    if (!port) return this.#single(null);
    this.#source = new Reel(port, film, this.#index, {
      changed: (index) => this.#tell.seen(index), line: (up) => this.#tell.line(up), renew: () => this.#pictures.renewed(),
      failed: () => { if (!this.#closed) this.#single(null); },
    });
  }

  #single(first: Place | null): void {
    this.#film?.terminate();
    this.#film = null;
    this.#source = new Singles(this.#pictures, this.#index, { changed: (index) => this.#tell.seen(index), line: (up) => this.#tell.line(up) }, first);
  }

  async #lies(): Promise<Planes | null> {
    const exact = await this.#pictures.exact();
    if (exact && !this.#closed) await this.#describe(exact);
    return exact?.planes ?? null;
  }

  /** Once for each generation; where it cannot be had, pictures are drawn, and nothing is measured in millimetres. */
  async #describe({ metadata }: Exact): Promise<void> {
    const where = metadata && new URL(metadata, location.href).pathname;
    if (this.#described && where === this.#where) return;
    this.#where = where;
    this.#metadata = metadata ? await describe(metadata).catch(() => new Map()) : new Map();
    if (this.#closed) return;
    this.#described = true;
    this.#tell.changed();
  }

  /** Asks for the values of the picture in hand, where they may be had. */
  #want(): void {
    if (!this.ready || this.#closed) return;
    const index = this.#index;
    const { count } = this.#exactly;
    const having = count !== null && count !== this.#pictures.count ? 'never' : this.#exactly.having(index);
    if (having === 'ready') this.#exactly.want({ index, speed: this.#speed, light: UNTOUCHED, own: 0, original: null });
    else if (this.#wanted?.index !== index || this.#wanted.having !== having) void this.#improvise(index, having);
    this.#wanted = { index, having };
  }

  /** While they are made, plain gray comes out of the object itself; of all else the film's picture stays. */
  async #improvise(index: number, having: Having): Promise<void> {
    const known = this.#pictures.known(index);
    if (having === 'never') return this.#tell.unreadable(index);
    if (!known || !isPlain(known.pixels)) return;
    const { key, frame, pixels, window } = known;
    const address = await this.original(index);
    if (this.#closed || !address || this.#index !== index || this.#exactly.having(index) === 'ready') return;
    this.#exactly.want({ index, speed: 0, light: UNTOUCHED, own: 0, original: { key, frame, pixels, address, window } });
  }
}

async function describe(address: string): Promise<ReadonlyMap<string, readonly Picture[]>> {
  const answer = await fetch(address, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!answer.ok || !answer.body) throw new Error('no metadata');
  const text = await new Response(answer.body.pipeThrough(new DecompressionStream('gzip'))).text();
  return readMetadata(JSON.parse(text) as readonly Dataset[]);
}

function workerOf(): Worker | null {
  try {
    return new Worker(new URL('../../viewer/film.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
