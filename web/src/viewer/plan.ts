import { type FilmHead, type Piece, sheetOf } from './film.ts';

/** What a film is cut into: its sheets of small pictures, and its pictures. */
export type Unit = Piece & { readonly kind: 'sheet' | 'picture'; readonly index: number };
/** One request: from `start` up to, not with, `end`. */
export type Span = { readonly start: number; readonly end: number; readonly units: readonly Unit[] };
/** Where the finger is, and how many pictures it passes in a second; below zero towards the first. */
export type Aim = { readonly index: number; readonly speed: number };

export const SPAN = 256 * 1024;
/** Bytes come in the order in which they lie, so towards the first a span is short: what is wanted most comes last. */
const SPAN_BACK = 128 * 1024;
const FORESIGHT_S = 0.15;
const BEHIND = 3; // what lies behind a moving finger is as good as three times as far
const OF_A_SHEET = 16; // a sheet brings that many, so it may be that much further
/** Pictures kept as they came. What is further off is fetched again when somebody goes there. */
export const KEPT_BYTES = 16 * 1024 * 1024;

/** Which parts of a film are here, which are on their way, and what to ask for next. */
export class Plan {
  readonly #head: FilmHead;
  readonly #units: readonly Unit[];
  readonly #here = new Set<Unit>();
  readonly #flying = new Set<Unit>();

  constructor(head: FilmHead) {
    this.#head = head;
    const sheets = head.sheets.map((piece, index): Unit => ({ kind: 'sheet', index, start: piece.start, length: piece.length }));
    const pictures = head.pictures.map((piece, index): Unit => ({ kind: 'picture', index, start: piece.start, length: piece.length }));
    this.#units = [...sheets, ...pictures].filter(({ length }) => length > 0).sort((one, other) => one.start - other.start);
  }

  /** The units that lie whole between two bytes and are not here yet: those of the first request. */
  within(start: number, end: number): Span {
    return { start, end, units: this.#units.filter((unit) => unit.start >= start && unit.start + unit.length <= end && !this.#here.has(unit)) };
  }

  depart({ units }: Span): void {
    for (const unit of units) this.#flying.add(unit);
  }

  arrive(unit: Unit): void {
    this.#here.add(unit);
    this.#flying.delete(unit);
  }

  /** What a request did not bring is wanted again. */
  land({ units }: Span): void {
    for (const unit of units) this.#flying.delete(unit);
  }

  /** Pictures that lie too far off to be kept; they are missing from here on. */
  let(aim: Aim): number[] {
    const [low, high] = this.#reach(aim.index);
    const far = [...this.#here].filter(({ kind, index }) => kind === 'picture' && (index < low || index > high));
    for (const unit of far) this.#here.delete(unit);
    return far.map(({ index }) => index);
  }

  /** Whether the picture in hand is neither here nor on its way: then it does not wait its turn. */
  urgent(aim: Aim): boolean {
    const unit = this.#units.find(({ kind, index }) => kind === 'picture' && index === aim.index);
    return unit !== undefined && this.#missing(unit);
  }

  /** Null when everything is here or on its way. */
  next(aim: Aim): Span | null {
    const [low, high] = this.#reach(aim.index);
    const wanted = (unit: Unit) => this.#missing(unit) && (unit.kind === 'sheet' || (unit.index >= low && unit.index <= high));
    const last = this.#head.pictures.length - 1;
    const soon = Math.min(last, Math.max(0, aim.index + aim.speed * FORESIGHT_S));
    let best = -1;
    let least = Infinity;
    this.#units.forEach((unit, position) => {
      if (!wanted(unit)) return;
      const cost = this.#cost(unit, aim, soon);
      if (cost < least) [best, least] = [position, cost];
    });
    if (best < 0) return null;
    const back = this.#units[best]!.kind === 'picture' && (aim.speed < 0 || (aim.speed === 0 && this.#units[best]!.index < aim.index));
    const most = aim.speed < 0 ? SPAN_BACK : SPAN;
    const units = [this.#units[best]!];
    let bytes = units[0]!.length;
    for (let position = best + (back ? -1 : 1); ; position += back ? -1 : 1) {
      const unit = this.#units[position];
      if (!unit || !wanted(unit) || bytes + unit.length > most) break;
      if (back) units.unshift(unit);
      else units.push(unit);
      bytes += unit.length;
    }
    const end = units.at(-1)!;
    return { start: units[0]!.start, end: end.start + end.length, units };
  }

  #missing(unit: Unit): boolean {
    return !this.#here.has(unit) && !this.#flying.has(unit);
  }

  #cost(unit: Unit, aim: Aim, soon: number): number {
    if (unit.kind === 'picture') {
      const way = (unit.index - soon) * (aim.speed < 0 ? -1 : 1);
      return aim.speed !== 0 && way < 0 ? -way * BEHIND : Math.abs(way);
    }
    const { first } = this.#head.sheets[unit.index]!;
    const end = first + this.#head.columns * this.#head.rows - 1;
    return Math.max(0, first - soon, soon - end) / OF_A_SHEET - 1; // the sheet of the place itself comes before its picture
  }

  /** The pictures around a place that may be kept together, first and last. */
  #reach(index: number): [number, number] {
    const { pictures } = this.#head;
    let [low, high] = [index, index];
    let bytes = pictures[index]?.length ?? 0;
    for (;;) {
      const [before, after] = [pictures[low - 1], pictures[high + 1]];
      const nearer = after && (!before || high - index <= index - low) ? after : before;
      if (!nearer || bytes + nearer.length > KEPT_BYTES) return [low, high];
      bytes += nearer.length;
      if (nearer === after) high++;
      else low--;
    }
  }
}

/** What shall be drawable, most wanted first: the place, its sheet, the way ahead, the sheets around. */
export function wishes(head: FilmHead, aim: Aim, ahead: number, sheets: number): { kind: 'sheet' | 'picture'; index: number }[] {
  const way = aim.speed < 0 ? -1 : 1;
  const own = sheetOf(head, aim.index);
  const near = head.sheets.map(({ first }, index) => ({ index, far: Math.abs(first + (head.columns * head.rows) / 2 - aim.index) }))
    .sort((one, other) => one.far - other.far).slice(0, sheets).map(({ index }) => index);
  const steps = Array.from({ length: ahead }, (_, i) => aim.index + (aim.speed === 0 ? ((i >> 1) + 1) * (i % 2 === 0 ? 1 : -1) : way * (i + 1)));
  const picture = (index: number) => ({ kind: 'picture' as const, index });
  const sheet = (index: number) => ({ kind: 'sheet' as const, index });
  return [
    picture(aim.index), ...(own < 0 ? [] : [sheet(own)]), ...near.filter((one) => one !== own).slice(0, 2).map(sheet),
    ...steps.filter((index) => index >= 0 && index < head.pictures.length).map(picture),
    ...near.filter((one) => one !== own).slice(2).map(sheet),
  ];
}
