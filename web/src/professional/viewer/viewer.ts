import type { Series, SeriesLine } from '../../lib/answers.ts';
import type { Window } from '../../viewer/shading.ts';
import { Cell } from './cell.ts';
import type { Engine } from './engine.ts';
import type { Lines, Measure, Tool } from './measures.ts';
import { depth, isParallel } from './metadata.ts';
import type { AskSeries } from './stack.ts';

export type { Cell } from './cell.ts';
export type { Measure, Tool } from './measures.ts';
export type Layout = '1x1' | '1x2' | '2x1' | '2x2';
export type Act = Parameters<Cell['act']>[0];

const CELLS: Readonly<Record<Layout, number>> = { '1x1': 1, '1x2': 2, '2x1': 2, '2x2': 4 };
const FRAME_MS = 100;

/** What the viewer tells the page. */
export type Told = {
  /** Something is seen otherwise: what the page says of it is to be said anew. */
  changed(): void;
  gone(): void;
  /** What draws and measures values could not be loaded: the small pictures stay. */
  failed(): void;
};

/** The professionals' light box, as pages know it: up to four windows, a tool, and what is measured. */
export class Viewer {
  readonly #tell: Told;
  readonly #cells: Cell[] = [];
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #engine: Engine | null = null;
  #closed = false;
  #layout: Layout = '1x1';
  #active = 0;
  #tool: Tool = 'window';
  #crossing = false;
  #linked = false;
  /** How far another window lies from the one in hand, since it was linked or chosen. */
  #offsets = new Map<Cell, number>();
  readonly #depths = new WeakMap<Cell, number>();
  #told = 0;

  private constructor(tell: Told) {
    this.#tell = tell;
  }

  /** Small pictures can be shown at once; what draws values and measures is large, and comes meanwhile. */
  static open(say: Lines, tell: Told): Viewer {
    const viewer = new Viewer(tell);
    viewer.layout('1x1');
    void viewer.#begin(say).catch(() => tell.failed());
    return viewer;
  }

  async #begin(say: Lines): Promise<void> {
    const { Engine } = await import('./engine.ts');
    const engine = await Engine.begin(say, () => this.changed());
    if (this.#closed) return engine.close();
    this.#engine = engine;
    for (const cell of this.#cells) cell.attach(engine);
    this.setTool(this.#tool);
  }

  close(): void {
    this.#closed = true;
    cancelAnimationFrame(this.#told);
    this.#sizes.disconnect();
    for (const cell of this.#cells.splice(0)) cell.close();
    this.#engine?.close();
    this.#engine = null;
  }

  /** Once a frame of the screen, however much happens. */
  changed(): void {
    if (this.#told) return;
    this.#told = requestAnimationFrame(() => {
      this.#told = 0;
      this.#tell.changed();
    });
  }

  get cells(): readonly Cell[] {
    return this.#cells;
  }

  get slow(): boolean {
    return this.#engine?.slow ?? false;
  }

  get shape(): Layout {
    return this.#layout;
  }

  get active(): Cell {
    return this.#cells[this.#active]!;
  }

  get tool(): Tool {
    return this.#tool;
  }

  get crossing(): boolean {
    return this.#crossing;
  }

  get linked(): boolean {
    return this.#linked;
  }

  layout(shape: Layout): void {
    this.#layout = shape;
    while (this.#cells.length > CELLS[shape]) {
      const cell = this.#cells.pop()!;
      this.#sizes.unobserve(cell.element);
      cell.close();
    }
    while (this.#cells.length < CELLS[shape]) {
      const cell: Cell = new Cell(String(this.#cells.length), { changed: () => this.changed(), moved: () => this.#moved(cell), gone: () => this.#tell.gone() });
      cell.element.dataset['tool'] = this.#tool;
      this.#cells.push(cell);
      this.#sizes.observe(cell.element);
      if (this.#engine) cell.attach(this.#engine);
    }
    this.activate(Math.min(this.#active, this.#cells.length - 1));
    this.link(this.#linked && this.#cells.length > 1);
  }

  activate(at: number): void {
    if (this.#active !== at) this.#offsets.clear();
    this.#active = at;
    if (this.#crossing) this.#engine?.cross(this.active.port);
    this.changed();
  }

  show(cell: Cell, study: string, series: SeriesLine, at: number | null, ask: AskSeries, known: Series | null = null): void {
    cell.show(study, series, at, ask, known);
    this.#offsets.clear();
    this.#depths.delete(cell);
  }

  setTool(tool: Tool): void {
    this.#tool = tool;
    this.#engine?.use(tool);
    for (const cell of this.#cells) {
      cell.cancel();
      cell.element.dataset['tool'] = tool;
    }
    this.changed();
  }

  /** null: as the file wants it. */
  setWindow(window: Window | null): void {
    this.active.light(window);
  }

  act(what: Act): void {
    this.active.act(what);
    this.changed();
  }

  go(index: number): void {
    this.active.stop();
    this.active.go(index);
  }

  play(): void {
    const cell = this.active;
    if (cell.playing) cell.stop();
    else if (cell.count > 1) cell.play(cell.stack?.place(cell.index)?.frameMillis || FRAME_MS);
    this.changed();
  }

  cross(on: boolean): void {
    this.#crossing = on;
    this.#engine?.cross(on ? this.active.port : null);
    this.changed();
  }

  /** Whether windows of the same direction scroll together. */
  link(on: boolean): void {
    this.#linked = on;
    this.#offsets.clear();
    this.changed();
  }

  measures(): readonly Measure[] {
    return this.#engine?.measures() ?? [];
  }

  remove(id: string | null): void {
    this.#engine?.remove(id);
    this.changed();
  }

  /**
   * Whoever goes to another picture takes the others along: to the same place of the patient where both are of one
   * examination, else as far as he went, from where they stood when they were linked.
   */
  #moved(from: Cell): void {
    this.changed();
    const here = from.picture;
    const at = here && depth(here);
    if (!here || at === null) return;
    const before = this.#depths.get(from) ?? at;
    this.#depths.set(from, at);
    if (!this.#linked || from !== this.active) return;
    for (const cell of this.#cells) {
      const there = cell === from ? null : cell.picture;
      if (!there || !cell.stack || !isParallel(here, there)) continue;
      const own = depth(there, here);
      if (own === null) continue;
      const same = here.frameOfReference !== null && here.frameOfReference === there.frameOfReference;
      const offset = same ? 0 : this.#offsets.get(cell) ?? own - before;
      this.#offsets.set(cell, offset);
      const nearest = cell.stack.nearest(here, at + offset);
      if (nearest !== null && nearest !== cell.index) cell.go(nearest);
    }
  }

  #resized(): void {
    const fitted = new Set(this.#cells.filter((cell) => cell.fitted));
    this.#engine?.resize();
    for (const cell of this.#cells) cell.resized(fitted.has(cell));
    this.changed();
  }
}
