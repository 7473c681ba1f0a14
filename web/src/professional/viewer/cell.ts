import type { Series, SeriesLine } from '../../lib/answers.ts';
import { h } from '../../lib/dom.ts';
import type { Window } from '../../viewer/shading.ts';
import type { Shot } from '../../viewer/source.ts';
import type { Engine, Port, Spot } from './engine.ts';
import { type MeasureTool, pointsOf, type Tool } from './measures.ts';
import { lettersOf, opposite, type Picture, type Vector } from './metadata.ts';
import type { Measured } from './values.ts';
import { type AskSeries, Stack } from './stack.ts';

export type CellListener = {
  changed(): void;
  /** Somebody went to another picture here. */
  moved(): void;
  gone(): void;
};
/** What lies at the four edges of a picture: towards which side of the patient. */
export type Edges = { readonly top: string; readonly right: string; readonly bottom: string; readonly left: string };

const REST_MS = 150;
const RULER = [1, 2, 5, 10, 20, 50, 100, 200];
const CURSOR_STEP = 12;

/**
 * One window of the light box: the small picture of the film until the values are there, then what Cornerstone draws
 * of them. What was drawn stays until the next can be.
 */
export class Cell {
  readonly element: HTMLElement;
  readonly #id: string;
  readonly #tell: CellListener;
  readonly #place: HTMLDivElement;
  #engine: Engine | null = null;
  #port: Port | null = null;
  /** Values that came before there was an engine to draw them. */
  #early: { readonly stack: Stack; readonly index: number; readonly made: Measured } | null = null;
  readonly #film = h('canvas', { class: 'vw-film', hidden: true, 'aria-hidden': 'true' });
  readonly #cross = h('div', { class: 'vw-cross', hidden: true });
  readonly #player = h('div', { class: 'vw-player', hidden: true });
  #stack: Stack | null = null;
  #images: readonly string[] = [];
  #drawn = -1;
  #seen = -1;
  #up = true;
  #resting = 0;
  #pace = 0;
  #impossible = new Set<number>();
  #cursor: { spot: Spot; points: Vector[]; readonly tool: MeasureTool } | null = null;
  #wait: (() => void)[] = [];
  readonly #touches = new Map<number, Spot>();

  constructor(id: string, tell: CellListener) {
    this.#id = `vw-${id}`;
    this.#tell = tell;
    this.#place = h('div', { class: 'vw-port' });
    this.element = h('div', { class: 'vw-stage' }, this.#place, this.#film, this.#player, this.#cross);
    this.#place.addEventListener('contextmenu', (event) => event.preventDefault());
    this.#listen(this.#place);
  }

  /** What draws values comes later than the first small picture. */
  attach(engine: Engine): void {
    this.#engine = engine;
    if (!this.element.isConnected) document.body.append(this.element); // it measures what it is given
    this.#port = engine.port(this.#id, this.#place, { drawn: () => this.#paint() });
    const { stack } = this;
    if (stack) this.#name(stack);
    stack?.again();
    const early = this.#early;
    this.#early = null;
    if (early && early.stack === stack) void this.#keep(early.stack, early.index, early.made);
  }

  get port(): string {
    return this.#id;
  }

  get stack(): Stack | null {
    return this.#stack;
  }

  /** Where somebody is, and which picture is seen. */
  get index(): number {
    return this.#stack?.index ?? 0;
  }

  get seen(): number {
    return this.#seen;
  }

  get count(): number {
    return this.#stack?.count ?? 0;
  }

  get line(): boolean {
    return this.#up;
  }

  get playing(): boolean {
    return this.#pace !== 0;
  }

  /** What is said of the picture that is seen. */
  get picture(): Picture | null {
    return this.#stack?.picture(Math.max(0, this.#seen)) ?? null;
  }

  /** Neither its values nor a small picture can be had. */
  get missing(): boolean {
    return this.#stack !== null && this.#impossible.has(this.index) && this.#stack.shot(this.index) === 'spoilt';
  }

  get exact(): boolean {
    return this.#drawn >= 0 && this.#drawn === this.#seen;
  }

  show(study: string, series: SeriesLine, at: number | null, ask: AskSeries, known: Series | null = null): void {
    this.clear();
    const stack = new Stack(study, series, at, ask, {
      seen: () => { if (stack === this.#stack) this.#draw(); },
      measured: (index, made) => { if (stack === this.#stack) void this.#keep(stack, index, made); },
      unreadable: (index) => { if (stack === this.#stack) void this.#read(stack, index); },
      changed: () => { if (stack === this.#stack) this.#name(stack); },
      line: (up) => { this.#up = up; this.#tell.changed(); },
      gone: () => { if (stack === this.#stack) this.#tell.gone(); },
    });
    this.#stack = stack;
    void stack.open(known);
    this.#tell.changed();
  }

  clear(): void {
    this.stop();
    clearTimeout(this.#resting);
    this.#stack?.close();
    this.#stack = null;
    this.#images = [];
    this.#impossible = new Set();
    [this.#drawn, this.#seen] = [-1, -1];
    this.#unplay();
    this.#port?.clear();
    this.cancel();
    this.#film.width = this.#film.height = 0;
    this.#film.hidden = false; // nothing of the former series is seen while the next one comes
  }

  close(): void {
    this.clear();
    this.#port?.close();
    this.element.remove();
  }

  go(index: number): void {
    const stack = this.#stack;
    if (!stack) return;
    const wanted = Math.min(stack.count - 1, Math.max(0, index));
    if (wanted !== stack.index) this.cancel();
    stack.aim(wanted);
    this.#draw();
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => stack.rest(), REST_MS);
    this.#tell.changed();
  }

  /** When the values of the picture in hand are drawn, or cannot be. */
  async settled(): Promise<void> {
    while (this.#stack && this.#drawn !== this.index && !this.missing) await new Promise<void>((resolve) => { this.#wait.push(resolve); });
  }

  play(millis: number): void {
    this.stop();
    this.#pace = window.setInterval(() => this.go((this.index + 1) % Math.max(1, this.count)), millis);
    this.#tell.changed();
  }

  stop(): void {
    clearInterval(this.#pace);
    this.#pace = 0;
  }

  get window(): { readonly window: Window; readonly own: boolean } | null {
    return this.#drawn < 0 ? null : this.#port!.window;
  }

  light(window: Window | null): void {
    if (this.#drawn < 0) return;
    this.#port!.light(window);
    this.#tell.changed();
  }

  get inverted(): boolean {
    return this.#drawn >= 0 && this.#port!.inverted;
  }

  act(what: 'invert' | 'right' | 'left' | 'horizontal' | 'vertical' | 'in' | 'out' | 'reset'): void {
    const port = this.#port;
    if (this.#drawn < 0 || !port) return;
    const { rotation, flipHorizontal, flipVertical } = port.turned;
    if (what === 'invert') port.invert();
    else if (what === 'right') port.turn({ rotation: (rotation + 90) % 360 });
    else if (what === 'left') port.turn({ rotation: (rotation + 270) % 360 });
    else if (what === 'horizontal') port.turn({ flipHorizontal: !flipHorizontal });
    else if (what === 'vertical') port.turn({ flipVertical: !flipVertical });
    else if (what === 'in') port.zoom(1.25);
    else if (what === 'out') port.zoom(0.8);
    else port.reset();
    this.#paint();
  }

  pan(x: number, y: number): void {
    if (this.#drawn >= 0) this.#port!.pan(x, y);
  }

  /** Whether it fills its window, as it does until somebody moves or enlarges it. */
  get fitted(): boolean {
    return this.#drawn >= 0 && this.#port!.fitted;
  }

  resized(fitted: boolean): void {
    if (fitted) {
      const { turned } = this.#port!;
      this.#port!.refit();
      this.#port!.turn(turned);
    }
    this.#draw();
  }

  /** Pixels of the page for a pixel of the picture. */
  get scale(): number | null {
    const corners = this.#drawn < 0 ? null : this.#port!.corners();
    const picture = corners && this.#engine!.image(this.#images[this.#drawn]!);
    if (!corners || !picture) return null;
    const [[x, y], [across, along]] = corners;
    return Math.hypot(across - x, along - y) / picture.columns;
  }

  /** A length in millimetres that fits, and how wide it is on the page. */
  get ruler(): { readonly millimetres: number; readonly width: number } | null {
    const { picture, scale } = this;
    if (!picture || picture.scale === 'unknown' || scale === null) return null;
    const each = scale / picture.spacing[1];
    const millimetres = [...RULER].reverse().find((one) => one * each <= Math.min(160, this.#place.clientWidth / 3));
    return millimetres === undefined ? null : { millimetres, width: millimetres * each };
  }

  /** Seen from where the picture lies now, however it was turned. */
  get edges(): Edges | null {
    const { picture } = this;
    const corners = this.#drawn < 0 ? null : this.#port!.corners();
    if (!picture || !corners) return null;
    const across = picture.across ? lettersOf(picture.across) : picture.letters?.[0] ?? '';
    const down = picture.down ? lettersOf(picture.down) : picture.letters?.[1] ?? '';
    if (across === '' && down === '') return null;
    const [[x, y], [right, low], [left, bottom]] = corners;
    const upright = Math.abs(right - x) >= Math.abs(low - y);
    const [level, plumb] = upright ? [across, down] : [down, across];
    const towards = upright ? right > x : left > x;
    const downwards = upright ? bottom > y : low > y;
    return { right: towards ? level : opposite(level), left: towards ? opposite(level) : level, bottom: downwards ? plumb : opposite(plumb), top: downwards ? opposite(plumb) : plumb };
  }

  /** With the keys: a cross that is moved and set, point by point. */
  get pointing(): { readonly set: number; readonly of: number } | null {
    return this.#cursor && { set: this.#cursor.points.length, of: pointsOf(this.#cursor.tool) };
  }

  point(tool: Tool): void {
    if (pointsOf(tool) === 0 || this.#drawn < 0) return;
    const [width, height] = [this.#place.clientWidth, this.#place.clientHeight];
    if (!this.#cursor) {
      this.#cursor = { tool: tool as MeasureTool, spot: [width / 2, height / 2], points: [] };
    } else {
      this.#cursor.points.push(this.#port!.world(this.#cursor.spot));
      if (this.#cursor.points.length === pointsOf(this.#cursor.tool)) {
        this.#engine!.set(this.#id, this.#cursor.tool, this.#cursor.points);
        this.#cursor = null;
      }
    }
    this.#mark();
  }

  shift(x: number, y: number, fine: boolean): void {
    if (!this.#cursor) return;
    const [width, height] = [this.#place.clientWidth, this.#place.clientHeight];
    const step = fine ? 1 : CURSOR_STEP;
    const [left, top] = this.#cursor.spot;
    this.#cursor.spot = [Math.min(width - 1, Math.max(0, left + x * step)), Math.min(height - 1, Math.max(0, top + y * step))];
    this.#mark();
  }

  cancel(): void {
    if (!this.#cursor) return;
    this.#cursor = null;
    this.#mark();
  }

  #mark(): void {
    this.#cross.hidden = this.#cursor === null;
    if (this.#cursor) this.#cross.style.translate = `${this.#cursor.spot[0]}px ${this.#cursor.spot[1]}px`;
    this.#tell.changed();
  }

  /** All that is known of the pictures: how each is called, and where it lies. */
  #name(stack: Stack): void {
    if (!stack.ready || !this.#engine) return;
    const images = Array.from({ length: stack.count }, (_, i) => stack.id(i));
    images.forEach((id, i) => {
      const picture = stack.picture(i);
      if (picture) this.#engine!.describe(id, picture);
    });
    if (images.length !== this.#images.length || images.some((id, i) => id !== this.#images[i])) {
      this.#images = images;
      this.#drawn = -1;
    }
    this.#draw();
    this.#tell.changed();
  }

  async #keep(stack: Stack, index: number, made: Measured): Promise<void> {
    if (!this.#engine) {
      this.#early = { stack, index, made };
      return;
    }
    await this.#come(stack, index, this.#engine.keep(stack.id(index), made));
  }

  async #come(stack: Stack, index: number, come: Promise<void>): Promise<void> {
    try {
      await come;
    } catch {
      this.#impossible.add(index);
      this.#tell.changed();
      return this.#release();
    }
    if (stack === this.#stack) this.#draw();
  }

  async #read(stack: Stack, index: number): Promise<void> {
    const place = stack.place(index);
    if (!place || this.#impossible.has(index)) return;
    if (place.video) return this.#watch(stack, index);
    if (this.#engine) await this.#come(stack, index, this.#engine.read(stack.id(index), `${stack.study}/${place.instance}`, place.frame, () => stack.original(index)));
  }

  async #watch(stack: Stack, index: number): Promise<void> {
    const address = await stack.video(index);
    if (stack !== this.#stack || stack.index !== index || !this.#player.hidden) return;
    if (!address) return;
    const video = h('video', { class: 'vw-video', controls: true, playsinline: true, src: address });
    this.#player.replaceChildren(video);
    this.#player.hidden = false;
    this.#seen = index;
    this.#tell.changed();
  }

  #unplay(): void {
    this.#player.querySelector('video')?.removeAttribute('src');
    this.#player.replaceChildren();
    this.#player.hidden = true;
  }

  /** What is best for the place in hand. */
  #draw(): void {
    const stack = this.#stack;
    if (!stack) return;
    const index = stack.index;
    if (!this.#player.hidden && index !== this.#seen) this.#unplay();
    const id = this.#images[index];
    if (id !== undefined && this.#engine?.has(id)) {
      if (this.#drawn !== index) void this.#show(stack, index);
      return;
    }
    const shot = stack.shot(index);
    if (shot && shot !== 'spoilt' && this.#plain()) this.#project(index, shot);
    else if (shot === 'spoilt' && this.#impossible.has(index)) this.#tell.changed();
  }

  async #show(stack: Stack, index: number): Promise<void> {
    const images = this.#images;
    const before = this.#engine!.slow && this.#drawn >= 0 ? this.#port!.window : null;
    try {
      await this.#port!.show(images, index);
    } catch {
      return; // it was let go meanwhile, and is asked for again
    }
    if (stack !== this.#stack || images !== this.#images || stack.index !== index) return;
    if (this.#drawn < 0) this.#port!.refit(); // the window may have had another size when there was nothing in it
    [this.#drawn, this.#seen] = [index, index];
    if (this.#engine!.slow) this.#port!.light(before && !before.own ? before.window : null); // without a card each picture begins anew
    this.#film.hidden = true;
    this.element.dataset['image'] = String(index + 1);
    this.element.dataset['grade'] = 'exact';
    this.#release();
    this.#tell.moved();
  }

  #release(): void {
    for (const go of this.#wait.splice(0)) go();
  }

  /** Whether the film shows what somebody wants to see: it was drawn in the file's own window. */
  #plain(): boolean {
    return this.#drawn < 0 || ((this.#port!.window?.own ?? true) && this.#port!.inverted === (this.#engine!.image(this.#images[this.#drawn]!)?.invert ?? false));
  }

  /** The film's picture where the values will be drawn, turned and moved as they are. */
  #project(index: number, { image, x, y, width, height, whole, grade }: Shot): void {
    const [wide, high] = [this.#place.clientWidth, this.#place.clientHeight];
    const context = wide > 0 && high > 0 ? this.#film.getContext('2d') : null;
    if (!context) return;
    const sharp = devicePixelRatio || 1;
    const [across, down] = [Math.round(wide * sharp), Math.round(high * sharp)];
    if (this.#film.width !== across || this.#film.height !== down) [this.#film.width, this.#film.height] = [across, down];
    context.resetTransform();
    const fit = Math.min(wide / whole.width, high / whole.height);
    const [left, top] = [(wide - whole.width * fit) / 2, (high - whole.height * fit) / 2];
    const [zero, right, bottom] = (this.#drawn < 0 ? null : this.#port!.corners()) ?? [[left, top], [wide - left, top], [left, high - top]] as const;
    context.fillStyle = '#000';
    context.fillRect(0, 0, this.#film.width, this.#film.height);
    context.setTransform(sharp * (right[0] - zero[0]), sharp * (right[1] - zero[1]), sharp * (bottom[0] - zero[0]), sharp * (bottom[1] - zero[1]), sharp * zero[0], sharp * zero[1]);
    context.drawImage(image, x, y, width, height, 0, 0, 1, 1);
    this.#film.hidden = false;
    this.#seen = index;
    this.element.dataset['image'] = String(index + 1);
    this.element.dataset['grade'] = grade;
    this.#tell.moved();
  }

  #paint(): void {
    if (this.#drawn >= 0) this.#tell.changed();
  }

  /** The wheel scrolls; a drag does where scrolling is the tool. */
  #listen(place: HTMLElement): void {
    let rest = 0;
    place.addEventListener('wheel', (event) => {
      event.preventDefault();
      if (event.ctrlKey) return this.act(event.deltaY < 0 ? 'in' : 'out');
      rest += event.deltaMode === 0 ? event.deltaY / 40 : event.deltaY;
      const steps = Math.trunc(rest);
      if (steps === 0) return;
      rest -= steps;
      this.stop();
      this.go(this.index + Math.max(-5, Math.min(5, steps)));
    }, { passive: false });
    let from: { readonly y: number; readonly index: number } | null = null;
    place.addEventListener('pointerdown', (event) => {
      if (this.#fingers(place, event)) from = null;
      if (this.element.dataset['tool'] !== 'scroll' || event.button !== 0 || !event.isPrimary) return;
      from = { y: event.clientY, index: this.index };
      place.setPointerCapture(event.pointerId);
      this.stop();
    });
    place.addEventListener('pointermove', (event) => {
      if (this.#fingers(place, event)) return;
      if (!from || !event.isPrimary) return;
      const each = Math.max(3, Math.min(20, place.clientHeight / Math.max(1, this.count)));
      this.go(from.index + Math.round((event.clientY - from.y) / each));
    });
    for (const end of ['pointerup', 'pointercancel'] as const) place.addEventListener(end, (event) => { this.#touches.delete(event.pointerId); from = null; });
  }

  /** With two fingers the picture goes where they go, and stays below them. Says whether there are two. */
  #fingers(place: HTMLElement, { pointerId, pointerType, clientX, clientY }: PointerEvent): boolean {
    if (pointerType !== 'touch') return false;
    const before = [...this.#touches.values()];
    const { left, top } = place.getBoundingClientRect();
    const known = this.#touches.has(pointerId);
    this.#touches.set(pointerId, [clientX - left, clientY - top]);
    const now = [...this.#touches.values()];
    if (now.length !== 2) return now.length > 2;
    if (known && this.#drawn >= 0) this.#port!.carry(apart(now) / Math.max(1, apart(before)), between(before), between(now));
    return true;
  }
}

function apart([one, other]: readonly Spot[]): number {
  return Math.hypot(one![0] - other![0], one![1] - other![1]);
}

function between([one, other]: readonly Spot[]): Spot {
  return [(one![0] + other![0]) / 2, (one![1] + other![1]) / 2];
}
