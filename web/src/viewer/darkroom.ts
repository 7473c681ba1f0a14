import { factsOf, type Original, range, values } from './original.ts';
import { Line, readPart, Refused, type Store, Useless } from './part.ts';
import { type Plane, readHead, unpack } from './planes.ts';
import { draw, type Facts, type Light, seen } from './shading.ts';

/** Where the exact pixels of a series are, and how long their table of contents is. */
export type Place = { readonly url: string; readonly headEnd: number };
/** Somebody looks at this picture now, and passes so many in a second; below zero towards the first. */
export type Want = {
  readonly id: number;
  readonly index: number;
  readonly speed: number;
  /** null: nobody has touched the light yet, but a hand is near it */
  readonly light: Light | null;
  /** which of the file's own windows, where the light has none */
  readonly own: number;
  /** as long as the pixels of the series are not made */
  readonly original: Original | null;
};
/** What the page asks of the worker. */
export type Order =
  | { readonly kind: 'open'; readonly place: Place | null }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'want'; readonly want: Want | null }
  | { readonly kind: 'hurry' };
/** What the worker tells the page. */
export type News =
  | { readonly kind: 'head'; readonly planes: readonly (Plane | null)[] }
  | { readonly kind: 'drawn'; readonly id: number; readonly index: number; readonly bitmap: ImageBitmap }
  | { readonly kind: 'values'; readonly id: number; readonly index: number; readonly made: object }
  | { readonly kind: 'impossible'; readonly id: number; readonly index: number }
  | { readonly kind: 'here' | 'let'; readonly index: number }
  | { readonly kind: 'address' }
  | { readonly kind: 'line'; readonly up: boolean }
  | { readonly kind: 'failed' };

/** The world around it, so that a test can play it. */
export type World = Store & {
  /** What is told in place of a picture, for who draws the values itself. */
  bare?(negative: Negative): object;
  /** A picture of that size, after `expose` has filled its RGBA. */
  print(columns: number, rows: number, expose: (rgba: Uint8ClampedArray<ArrayBuffer>) => void): Promise<ImageBitmap>;
  tell(news: News): void;
  now(): number;
  later(act: () => void, millis: number): void;
};

const SPAN = 512 * 1024;
/** Bytes come in the order in which they lie, so towards the first a span is short: what is wanted most comes last. */
const SPAN_BACK = 192 * 1024;
const OVERLAP = 96 * 1024; // what 9 Mbit/s bring while the next request travels
const FLYING = 2;
const AHEAD = 24;
const BEHIND = 4;
const READY = 2; // unpacked before they are wanted
/** As they came, and unpacked: the nearest to the hand. */
const PACKED_BYTES = 48 * 1024 * 1024;
const UNPACKED_BYTES = 24 * 1024 * 1024;
const LIFE_MS = 50_000; // of the 60 seconds that an address lives
const DISAPPOINTMENTS = 4;

type Flight = { readonly start: number; readonly end: number; readonly indexes: readonly number[]; readonly ended: AbortController; left: number };
/** Stored values, and what is needed to draw them. */
export type Negative = { readonly values: Uint16Array; readonly columns: number; readonly rows: number; readonly facts: Facts };

/**
 * Exact pixels in the light that somebody wants. It fetches the picture in hand by itself, those ahead of the hand in
 * larger parts, and draws one after another as fast as they can be had; of what is wanted meanwhile only the newest
 * counts, since a finger on a slider asks faster than an X-ray is drawn.
 */
export class Darkroom {
  readonly #world: World;
  readonly #line: Line;
  #place: Place | null = null;
  #planes: readonly (Plane | null)[] | null = null;
  #want: Want | null = null;
  #done = { id: 0, index: -1 };
  #developing = false;
  #flights: Flight[] = [];
  readonly #packed = new Map<number, Uint8Array<ArrayBuffer>>();
  readonly #unpacked = new Map<number, Negative>();
  readonly #spoilt = new Set<number>();
  #own: { readonly key: string; readonly negative: Negative } | null = null;
  #table: { readonly facts: Facts; readonly light: string; readonly seen: Uint32Array } | null = null;
  /** What the line brings while the next request travels, so that it is never idle. */
  #overlap = OVERLAP;
  #until = 0;
  #asking = false;
  #disappointments = 0;
  #turn = 0;

  constructor(world: World) {
    this.#world = world;
    this.#line = new Line((act, millis) => world.later(act, millis), (up) => world.tell({ kind: 'line', up }));
  }

  take(order: Order): void {
    switch (order.kind) {
      case 'open':
        this.#open(order.place);
        break;
      case 'address':
        this.#asking = false;
        this.#place = this.#place && { ...this.#place, url: order.url };
        this.#until = this.#world.now() + LIFE_MS;
        break;
      case 'want':
        this.#want = order.want;
        if (!order.want) this.#done = { id: 0, index: -1 };
        this.#leave();
        break;
      case 'hurry':
        this.#line.hurry();
        break;
    }
    this.#work();
  }

  #open(place: Place | null): void {
    this.#turn++;
    this.#place = place;
    this.#planes = null;
    for (const flight of this.#flights) flight.ended.abort();
    this.#flights = [];
    this.#packed.clear();
    this.#unpacked.clear();
    this.#spoilt.clear();
    this.#done = { id: 0, index: -1 };
    this.#until = this.#world.now() + LIFE_MS;
    this.#asking = false;
    this.#disappointments = 0;
    this.#line.begin();
  }

  #work(): void {
    void this.#develop();
    while (!this.#line.waiting && this.#fly());
  }

  /** What nobody will want soon any more is not fetched to its end. */
  #leave(): void {
    const near = (index: number) => this.#want !== null && Math.abs(index - this.#want.index) <= AHEAD;
    for (const { indexes, ended } of this.#flights) {
      if (indexes.length > 0 && !indexes.some((index) => near(index) && !this.#packed.has(index))) ended.abort();
    }
    const flying = this.#flying();
    if (flying.length >= FLYING && this.#urgent()) flying.reduce((one, other) => (other.left > one.left ? other : one)).ended.abort();
  }

  #flying(): Flight[] {
    return this.#flights.filter(({ ended }) => !ended.signal.aborted);
  }

  /** Pictures in the order in which they are wanted. */
  #soon(): number[] {
    if (!this.#want || !this.#planes) return [];
    const { index, speed, light } = this.#want;
    const way = speed < 0 ? -1 : 1;
    const steps = light === null ? []
      : speed === 0 ? Array.from({ length: AHEAD }, (_, i) => ((i >> 1) + 1) * (i % 2 === 0 ? 1 : -1))
        : [...Array.from({ length: AHEAD }, (_, i) => way * (i + 1)), ...Array.from({ length: BEHIND }, (_, i) => -way * (i + 1))];
    let bytes = 0;
    return [index, ...steps.map((step) => index + step)].filter((each) => {
      const length = this.#planes?.[each]?.length ?? 0;
      bytes += length;
      return length > 0 && (each === index || bytes <= PACKED_BYTES / 2);
    });
  }

  #missing(index: number): boolean {
    return Boolean(this.#planes?.[index]) && !this.#packed.has(index) && !this.#flying().some(({ indexes }) => indexes.includes(index));
  }

  /** Whether the picture in hand is neither here nor on its way: then it does not wait its turn. */
  #urgent(): boolean {
    return this.#want !== null && this.#missing(this.#want.index);
  }

  /** Whether something was asked for. */
  #fly(): boolean {
    if (!this.#place) return false;
    const flying = this.#flying();
    if (flying.length >= FLYING || (flying.length > 0 && (!this.#planes || (!this.#urgent() && flying.some(({ left }) => left > this.#overlap))))) return false;
    const part = this.#planes ? this.#next() : { start: 0, end: this.#place.headEnd, indexes: [] };
    if (!part) return false;
    if (this.#world.now() >= this.#until) {
      this.#renew();
      return false;
    }
    const flight = { ...part, ended: new AbortController(), left: part.end - part.start };
    this.#flights.push(flight);
    const turn = this.#turn;
    void this.#fetch(flight).then(() => null, (fault: unknown) => fault ?? new Error()).then((fault) => {
      if (turn !== this.#turn) return;
      this.#flights = this.#flights.filter((one) => one !== flight);
      if (!fault) this.#disappointments = 0;
      else if (!flight.ended.signal.aborted) this.#fault(fault);
      this.#work();
    });
    return true;
  }

  /** The picture in hand as a request of its own, so that it comes as soon as it can; of the others several at once. */
  #next(): { start: number; end: number; indexes: number[] } | null {
    const soon = this.#soon();
    const first = soon.find((index) => this.#missing(index));
    if (first === undefined) return null;
    const { index: hand, speed } = this.#want!;
    const step = first < hand ? -1 : 1;
    const indexes = [first];
    let bytes = this.#planes![first]!.length;
    for (let index = first + step; first !== hand && soon.includes(index) && this.#missing(index); index += step) {
      bytes += this.#planes![index]!.length;
      if (bytes > (speed < 0 ? SPAN_BACK : SPAN)) break;
      indexes.push(index);
    }
    indexes.sort((one, other) => one - other);
    const last = this.#planes![indexes.at(-1)!]!;
    return { start: this.#planes![indexes[0]!]!.from, end: last.from + last.length, indexes };
  }

  async #fetch(flight: Flight): Promise<void> {
    const { start, end, indexes, ended } = flight;
    const asked = this.#world.now();
    let first: { readonly at: number; readonly filled: number } | null = null;
    const bytes = await readPart(this.#world, this.#place!.url, start, end, ended.signal, (some, filled) => {
      if (ended.signal.aborted) throw new Error('nobody waits for it any more');
      flight.left = end - start - filled;
      this.#line.found();
      const now = this.#world.now();
      if (!first) first = { at: now, filled };
      else if (now > first.at) this.#overlap = Math.max(OVERLAP, ((filled - first.filled) / (now - first.at)) * (first.at - asked));
      for (const index of indexes) {
        const { from, length } = this.#planes![index]!;
        if (!this.#packed.has(index) && from + length <= start + filled) this.#take(index, some.slice(from - start, from - start + length));
      }
      this.#work();
    });
    if (indexes.length > 0) return;
    const planes = await readHead(bytes).catch(() => { throw new Useless(); });
    if (ended.signal.aborted) return;
    this.#planes = planes;
    this.#world.tell({ kind: 'head', planes });
  }

  #take(index: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#packed.set(index, bytes);
    this.#world.tell({ kind: 'here', index });
    this.#room(this.#packed, ({ length }) => length, PACKED_BYTES, (far) => this.#world.tell({ kind: 'let', index: far }));
  }

  /** What is farthest from the hand goes, what is wanted soon last. */
  #room<T>(held: Map<number, T>, size: (one: T) => number, most: number, gone: (index: number) => void): void {
    let bytes = [...held.values()].reduce((sum, one) => sum + size(one), 0);
    if (bytes <= most) return;
    const soon = new Set(this.#soon());
    const far = (index: number) => Math.abs(index - (this.#want?.index ?? 0)) + (soon.has(index) ? 0 : this.#planes!.length);
    for (const index of [...held.keys()].sort((one, other) => far(other) - far(one)).slice(0, -1)) {
      bytes -= size(held.get(index)!);
      held.delete(index);
      gone(index);
      if (bytes <= most) return;
    }
  }

  async #develop(): Promise<void> {
    if (this.#developing) return;
    this.#developing = true;
    const tried = new Set<number>();
    for (;;) {
      const want = this.#due();
      const ahead = want ? undefined : this.#ahead().find((index) => !tried.has(index));
      if (want) await this.#satisfy(want);
      else if (ahead !== undefined) await this.#negative(ahead).catch(() => undefined);
      else break;
      if (ahead !== undefined) tried.add(ahead); // large ones may have no room
    }
    this.#developing = false;
  }

  async #satisfy(want: Want): Promise<void> {
    const turn = this.#turn;
    const { id, index } = want;
    if (this.#world.bare) {
      const negative = await this.#exposed(want).catch(() => null);
      if (turn !== this.#turn || !this.#want) return;
      this.#done = { id, index };
      this.#world.tell(negative ? { kind: 'values', id, index, made: this.#world.bare(negative) } : { kind: 'impossible', id, index });
      return;
    }
    const bitmap = await this.#draw(want).catch(() => null);
    if (turn !== this.#turn || !this.#want) return bitmap?.close();
    this.#done = { id, index };
    this.#world.tell(bitmap ? { kind: 'drawn', id, index, bitmap } : { kind: 'impossible', id, index });
  }

  /** What can be drawn now: what is wanted, or until that is here what is nearer to it than what was drawn last. */
  #due(): Want | null {
    const want = this.#want;
    if (!want?.light || (this.#done.id === want.id && this.#done.index === want.index)) return null;
    if (want.original || this.#packed.has(want.index)) return want;
    if (this.#done.index < 0) return null;
    const far = (index: number) => Math.abs(index - want.index);
    const nearest = [...this.#packed.keys()].filter((index) => !this.#spoilt.has(index)).reduce((one, other) => (far(other) < far(one) ? other : one), this.#done.index);
    return nearest === this.#done.index ? null : { ...want, index: nearest };
  }

  #ahead(): number[] {
    return this.#soon().slice(0, 1 + READY).filter((index) => this.#packed.has(index) && !this.#unpacked.has(index) && !this.#spoilt.has(index));
  }

  #exposed({ index, original }: Want): Promise<Negative> {
    return original ? this.#plain(original) : this.#negative(index);
  }

  async #draw(want: Want): Promise<ImageBitmap> {
    const { light, own } = want;
    const { values: stored, columns, rows, facts } = await this.#exposed(want);
    const table = this.#seen(facts, { ...light!, window: light!.window ?? facts?.windows[own] ?? null });
    return this.#world.print(columns, rows, (rgba) => draw(stored, facts, table, rgba));
  }

  /** Slices of one series mostly share what is said of them. */
  #seen(facts: Facts, light: Light): Uint32Array {
    const said = JSON.stringify(light);
    if (!this.#table || this.#table.facts !== facts || this.#table.light !== said) this.#table = { facts, light: said, seen: seen(facts, light) };
    return this.#table.seen;
  }

  async #negative(index: number): Promise<Negative> {
    const known = this.#unpacked.get(index);
    if (known) return known;
    const [plane, packed, turn] = [this.#planes![index]!, this.#packed.get(index)!, this.#turn];
    const { columns, rows, facts } = plane;
    const stored = await unpack(packed, plane).catch((fault: unknown) => {
      if (turn === this.#turn) this.#spoilt.add(index);
      throw fault;
    });
    const negative = { values: stored, columns, rows, facts };
    if (turn !== this.#turn) return negative;
    this.#unpacked.set(index, negative);
    this.#room(this.#unpacked, ({ values: { byteLength } }) => byteLength, UNPACKED_BYTES, () => undefined);
    return negative;
  }

  async #plain(original: Original): Promise<Negative> {
    if (this.#own?.key === original.key) return this.#own.negative;
    const { start, end } = range(original);
    const { rows, columns } = original.pixels;
    const stored = values(await readPart(this.#world, original.address, start, end, null, () => undefined), original.pixels);
    this.#own = { key: original.key, negative: { values: stored, columns, rows, facts: factsOf(original, stored) } };
    return this.#own.negative;
  }

  #fault(fault: unknown): void {
    if (fault instanceof Useless || (!(fault instanceof TypeError) && ++this.#disappointments > DISAPPOINTMENTS)) {
      this.#open(null);
      this.#world.tell({ kind: 'failed' });
    } else if (fault instanceof Refused) {
      this.#renew();
    } else {
      this.#line.lost(() => this.#work());
    }
  }

  #renew(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#until = 0;
    this.#world.tell({ kind: 'address' });
  }
}
