import type { Film } from '../lib/answers.ts';
import { type FilmHead, headLength, readHead } from './film.ts';
import { Line, readPart, Refused, type Store, Useless } from './part.ts';
import { type Aim, Plan, type Span, type Unit, wishes } from './plan.ts';

/** What the page asks of the worker. */
export type Order =
  | { readonly kind: 'open'; readonly film: Film; readonly index: number }
  | { readonly kind: 'aim'; readonly index: number; readonly speed: number }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'hurry' };
/** What the worker tells the page. */
export type News =
  | { readonly kind: 'head'; readonly head: FilmHead }
  | { readonly kind: 'sheet' | 'picture'; readonly index: number; readonly bitmap: ImageBitmap }
  | { readonly kind: 'let'; readonly of: 'sheet' | 'picture'; readonly index: number }
  | { readonly kind: 'spoilt'; readonly index: number }
  | { readonly kind: 'address' }
  | { readonly kind: 'line'; readonly up: boolean }
  | { readonly kind: 'failed' };

/** The world around it, so that a test can play it. */
export type World = Store & {
  decode(jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap>;
  tell(news: News): void;
  now(): number;
  later(act: () => void, millis: number): void;
};

const FIRST = 768 * 1024; // of a film of a thousand pictures the sheets alone are longer
const OVERLAP = 144 * 1024; // what 9 Mbit/s bring while the next request travels, and some more
const FLYING = 2;
const DECODING = 2;
const AHEAD = 6;
const AHEAD_S = 0.3;
const PICTURES = 24;
const SHEETS = 32;
const LIFE_MS = 50_000; // of the 60 seconds that an address lives
const DISAPPOINTMENTS = 4;

type Flight = { span: Span; left: number };

/**
 * Fetches a film in a few large parts, nearest first, cuts it and decodes what is looked at next. Nothing that was
 * asked for is aborted: at most half a second is lost, and a new connection would cost a quarter.
 */
export class Projector {
  readonly #world: World;
  readonly #line: Line;
  #film: Film | null = null;
  #head: FilmHead | null = null;
  #plan: Plan | null = null;
  #aim: Aim = { index: 0, speed: 0 };
  #flights: Flight[] = [];
  #bytes = new Map<string, Uint8Array<ArrayBuffer>>();
  #drawn = new Map<string, { kind: 'sheet' | 'picture'; index: number }>();
  #spoilt = new Set<string>();
  #decoding = new Set<string>();
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
        this.#open(order.film, order.index);
        break;
      case 'aim':
        this.#aim = { index: order.index, speed: order.speed };
        this.#forget();
        break;
      case 'address':
        this.#asking = false;
        this.#film = { ...this.#film!, url: order.url };
        this.#until = this.#world.now() + LIFE_MS;
        break;
      case 'hurry':
        this.#line.hurry();
        break;
    }
    this.#work();
  }

  #open(film: Film, index: number): void {
    this.#turn++;
    this.#film = film;
    this.#head = null;
    this.#plan = null;
    this.#aim = { index, speed: 0 };
    this.#flights = [];
    this.#bytes.clear();
    this.#drawn.clear();
    this.#spoilt.clear();
    this.#decoding.clear();
    this.#until = this.#world.now() + LIFE_MS;
    this.#asking = false;
    this.#disappointments = 0;
    this.#line.begin();
  }

  #work(): void {
    if (!this.#film) return;
    this.#decode();
    while (!this.#line.waiting && this.#fly());
  }

  /** Whether something was asked for. */
  #fly(): boolean {
    const first = this.#flights[0];
    if (this.#flights.length >= FLYING) return false;
    if (first && (!this.#plan || (first.left > OVERLAP && !this.#plan.urgent(this.#aim)))) return false;
    const span = this.#plan ? this.#plan.next(this.#aim) : { start: 0, end: Math.min(this.#film!.sheetsEnd, FIRST), units: [] };
    if (!span) return false;
    if (this.#world.now() >= this.#until) {
      this.#renew();
      return false;
    }
    this.#plan?.depart(span);
    const flight = { span, left: span.end - span.start };
    this.#flights.push(flight);
    const turn = this.#turn;
    void this.#fetch(flight, turn).then(() => null, (fault: unknown) => fault ?? new Error()).then((fault) => {
      if (turn !== this.#turn) return;
      this.#flights = this.#flights.filter((one) => one !== flight);
      this.#plan?.land(flight.span);
      if (fault) this.#fault(fault);
      else this.#disappointments = 0;
      this.#work();
    });
    return true;
  }

  async #fetch(flight: Flight, turn: number): Promise<void> {
    const { start, end } = flight.span;
    await readPart(this.#world, this.#film!.url, start, end, null, (bytes, filled) => {
      if (turn !== this.#turn) throw new Error('nobody waits for it any more');
      flight.left = end - start - filled;
      this.#line.found();
      this.#cut(flight, bytes, filled);
      this.#work();
    });
  }

  #cut(flight: Flight, bytes: Uint8Array<ArrayBuffer>, filled: number): void {
    if (!this.#plan) {
      try {
        const length = headLength(bytes.subarray(0, filled));
        if (length === null || filled < length) return;
        this.#head = readHead(bytes.subarray(0, filled));
      } catch {
        throw new Useless();
      }
      this.#plan = new Plan(this.#head);
      flight.span = this.#plan.within(flight.span.start, flight.span.end);
      this.#plan.depart(flight.span);
      this.#aim = { ...this.#aim, index: Math.min(this.#aim.index, this.#head.pictures.length - 1) };
      this.#world.tell({ kind: 'head', head: this.#head });
    }
    const { start, units } = flight.span;
    for (const unit of units) {
      if (unit.start + unit.length > start + filled || this.#bytes.has(keyOf(unit))) continue;
      this.#bytes.set(keyOf(unit), bytes.slice(unit.start - start, unit.start - start + unit.length));
      this.#plan.arrive(unit);
    }
  }

  #decode(): void {
    if (!this.#head) return;
    const ahead = Math.max(AHEAD, Math.min(2 * AHEAD, Math.round(Math.abs(this.#aim.speed) * AHEAD_S)));
    for (const wish of wishes(this.#head, this.#aim, ahead, SHEETS)) {
      if (this.#decoding.size >= DECODING) return;
      const key = keyOf(wish);
      const jpeg = this.#bytes.get(key);
      if (!jpeg || this.#drawn.has(key) || this.#decoding.has(key) || this.#spoilt.has(key)) continue;
      this.#decoding.add(key);
      const turn = this.#turn;
      void this.#world.decode(jpeg).then((bitmap) => ({ bitmap }), () => ({ bitmap: null })).then(({ bitmap }) => {
        if (turn !== this.#turn) return bitmap?.close();
        this.#decoding.delete(key);
        if (bitmap) {
          this.#drawn.set(key, wish);
          this.#world.tell({ ...wish, bitmap });
          this.#room(wish.kind);
        } else {
          this.#spoilt.add(key);
          if (wish.kind === 'picture') this.#world.tell({ kind: 'spoilt', index: wish.index });
        }
        this.#work();
      });
    }
  }

  /** The page holds what is decoded; which of it, is said here: the farthest goes. */
  #room(kind: 'sheet' | 'picture'): void {
    const all = [...this.#drawn.values()].filter((one) => one.kind === kind);
    if (all.length <= (kind === 'sheet' ? SHEETS : PICTURES)) return;
    const far = ({ index }: { index: number }) => Math.abs((kind === 'sheet' ? this.#head!.sheets[index]!.first + 8 : index) - this.#aim.index);
    const farthest = all.reduce((one, other) => (far(other) > far(one) ? other : one));
    this.#drawn.delete(keyOf(farthest));
    this.#world.tell({ kind: 'let', of: kind, index: farthest.index });
  }

  #forget(): void {
    for (const index of this.#plan?.let(this.#aim) ?? []) this.#bytes.delete(keyOf({ kind: 'picture', index }));
  }

  #fault(fault: unknown): void {
    if (fault instanceof Useless || (!(fault instanceof TypeError) && ++this.#disappointments > DISAPPOINTMENTS)) {
      this.#turn++;
      this.#film = null;
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

function keyOf({ kind, index }: Pick<Unit, 'kind' | 'index'>): string {
  return `${kind}${index}`;
}
