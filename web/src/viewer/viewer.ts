import { h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from '../ui/icons.ts';
import { ExactPixels } from './exact.ts';
import { type Picture, Pictures } from './pictures.ts';
import { canWindow } from './windowing.ts';
import { enlarged, moved, pinched, type Place, type Point, type Size, WHOLE } from './zoom.ts';

const AHEAD = 6;
const KEPT = 60;
const STEP = 1.5;
const SWIPE_PX = 40;
const USUAL_MS = 80;

/**
 * The light box: the picture made at ingest at once, a larger one in its place, exact pixels when
 * somebody touches brightness or contrast. Everything a finger can do, a button and a key can.
 */
export class Viewer {
  readonly element: HTMLElement;
  readonly #pictures: Pictures;
  readonly #series: string;
  readonly #gone: () => void;
  #words: Words;
  #index = 0;
  #expected = 0;
  #at: Place = WHOLE;
  #brightness = 0;
  #contrast = 0;
  #playing = 0;
  #drawn = 0;
  readonly #exactly = new ExactPixels(() => new Worker(new URL('./exact.worker.ts', import.meta.url), { type: 'module' }));
  readonly #kept = new Map<string, HTMLImageElement>();
  #image = h('img', { class: 'lb-picture', alt: '', draggable: 'false' });
  readonly #canvas = h('canvas', { class: 'lb-picture', hidden: true });
  readonly #stage = h('div', { class: 'lb-stage', role: 'img', tabindex: 0 });
  readonly #place = h('output', { class: 'lb-place', 'aria-live': 'polite' });
  readonly #slider = h('input', { class: 'lb-slider', type: 'range', min: 1, step: 1 });
  readonly #missing = h('div', { class: 'lb-missing', hidden: true });
  readonly #tools = h('div', { class: 'lb-tools' });
  readonly #light = h('div', { class: 'lb-light', id: 'lb-light', hidden: true });
  readonly #pan = h('div', { class: 'lb-pan', role: 'group', hidden: true });
  readonly #steps = h('div', { class: 'lb-steps' });

  constructor(words: Words, series: string, pictures: Pictures, gone: () => void) {
    this.#words = words;
    this.#series = series;
    this.#pictures = pictures;
    this.#gone = gone;
    this.#stage.append(this.#image, this.#canvas, this.#missing);
    this.element = h('section', { class: 'lb', 'aria-label': series },
      this.#stage, this.#steps, this.#pan, this.#light, this.#tools,
      h('p', { class: 'lb-warning' }, icon(ICONS.info, 18), words.t('study.notdiagnosis')));
    this.#listen();
    this.say(words);
  }

  /** What the study says of the series is enough for the picture in its middle; the others follow. */
  async open(instances: number, frames: number): Promise<boolean> {
    const turn = ++this.#drawn;
    this.#expected = frames;
    this.#index = Math.floor(frames / 2);
    this.say(this.#words);
    if (frames > 1) {
      const first = await this.#pictures.early(this.#index, instances, frames);
      if (first && turn === this.#drawn) await this.#show(first, turn);
    }
    if (!(await this.#pictures.load())) return false;
    if (turn !== this.#drawn) return true; // closed meanwhile
    this.#expected = this.#pictures.count;
    this.say(this.#words);
    await this.go(this.#index); // or where somebody went meanwhile
    return true;
  }

  get #count(): number {
    return this.#pictures.count || this.#expected;
  }

  close(): void {
    this.#drawn++;
    this.#stop();
    for (const image of this.#kept.values()) image.removeAttribute('src');
    this.#kept.clear();
    this.#exactly.close();
  }

  /** The same state in other words. */
  say(words: Words): void {
    this.#words = words;
    const { t } = words;
    const many = this.#count > 1;
    const tool = (key: string, path: string, act: () => void, id = '') =>
      h('button', { class: 'lb-tool', type: 'button', id: id || null, click: act }, icon(path), h('span', {}, t(key)));
    this.#tools.replaceChildren(
      tool('viewer.out', ICONS.minus, () => this.#zoom(1 / STEP)), tool('viewer.in', ICONS.plus, () => this.#zoom(STEP), 'lb-in'),
      tool('viewer.brightness', ICONS.light, () => this.#openLight(), 'lb-light-button'),
      tool('viewer.reset', ICONS.again, () => this.#reset()),
      ...(document.fullscreenEnabled ? [tool('viewer.full', ICONS.full, () => void this.#full())] : []));
    const lamp = this.#tools.querySelector('#lb-light-button');
    lamp?.setAttribute('aria-controls', 'lb-light');
    lamp?.setAttribute('aria-expanded', String(!this.#light.hidden));
    this.#sayLight();
    this.#pan.setAttribute('aria-label', t('viewer.move'));
    this.#pan.replaceChildren(
      tool('viewer.left', ICONS.left, () => this.#shift(1, 0)), tool('viewer.up', ICONS.up, () => this.#shift(0, 1)),
      tool('viewer.down', ICONS.down, () => this.#shift(0, -1)), tool('viewer.right', ICONS.right, () => this.#shift(-1, 0)));
    const play = h('button', { class: 'lb-tool', type: 'button', id: 'lb-play', click: () => this.#toggle() });
    this.#steps.replaceChildren(...(many
      ? [h('button', { class: 'lb-tool', type: 'button', click: () => void this.go(this.#index - 1) }, icon(ICONS.previous), h('span', {}, t('viewer.prev'))),
         this.#slider,
         h('button', { class: 'lb-tool', type: 'button', click: () => void this.go(this.#index + 1) }, icon(ICONS.next), h('span', {}, t('viewer.next')))]
      : []), h('div', { class: 'lb-where' }, many && play, this.#place));
    this.#sayPlay();
    this.#stage.title = t('viewer.keys');
    this.#tell();
  }

  async go(index: number): Promise<void> {
    if (this.#count === 0) return;
    const wanted = Math.min(this.#count - 1, Math.max(0, index));
    this.#index = wanted;
    this.#tell();
    if (this.#pictures.count === 0) return; // `open` goes there as soon as the addresses have come
    const turn = ++this.#drawn;
    const picture = await this.#pictures.at(wanted);
    if (turn !== this.#drawn) return;
    if (!picture) {
      this.#gone();
      return;
    }
    await this.#show(picture, turn);
    if (turn === this.#drawn) void this.#prefetch(wanted);
  }

  async #show(picture: Picture, turn: number): Promise<void> {
    if (!picture.medium) {
      this.#lack(picture);
      return;
    }
    const image = this.#load(picture.key, picture.medium);
    try {
      await image.decode();
    } catch {
      this.#kept.delete(picture.key);
      if (turn === this.#drawn) this.#lack(picture);
      return;
    }
    if (turn !== this.#drawn) return;
    this.#missing.hidden = true;
    this.#stage.setAttribute('role', 'img');
    this.#hang(image);
    this.#canvas.hidden = true;
    if (this.#brightness !== 0 || this.#contrast !== 0) await this.#exact(picture, turn);
    if (picture.large && this.#playing === 0) {
      const large = this.#load(`${picture.key}#large`, picture.large);
      await large.decode().catch(() => undefined);
      if (turn === this.#drawn && large.naturalWidth > 0) this.#hang(large, !this.#canvas.hidden);
    }
  }

  /** The loaded picture itself: its address in another element would be fetched again, since nothing may be stored. */
  #hang(image: HTMLImageElement, hidden = false): void {
    image.style.filter = this.#image.style.filter;
    image.hidden = hidden;
    this.#image.replaceWith(image);
    this.#image = image;
    this.#move();
  }

  #load(key: string, address: string): HTMLImageElement {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const image = h('img', { class: 'lb-picture', alt: '', draggable: 'false', decoding: 'async', src: address });
    this.#kept.set(key, image);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return image;
  }

  async #prefetch(around: number): Promise<void> {
    for (let step = 1; step <= AHEAD; step++) {
      for (const index of [around + step, around - step]) {
        if (index < 0 || index >= this.#pictures.count || around !== this.#index) continue;
        const picture = await this.#pictures.at(index);
        if (picture?.medium) this.#load(picture.key, picture.medium);
      }
    }
  }

  #lack(picture: Picture): void {
    this.#image.hidden = true;
    this.#canvas.hidden = true;
    this.#missing.hidden = false;
    this.#stage.setAttribute('role', 'group'); // it holds a link now
    this.#missing.replaceChildren(h('p', {}, this.#words.t('viewer.missing')),
      h('a', { class: 'sg-button sg-button-plain', href: picture.original }, icon(ICONS.download, 20), this.#words.t('viewer.original')));
  }

  /** Exact pixels for the light; where they cannot be had, the browser's filter does. */
  async #exact(picture: Picture, turn: number): Promise<void> {
    if (!canWindow(picture.pixels)) {
      this.#filter();
      return;
    }
    const drawn = await this.#exactly.ask({
      key: picture.key, address: picture.original, frame: picture.frame, pixels: picture.pixels, window: picture.window,
      brightness: this.#brightness, contrast: this.#contrast,
    });
    if (drawn.kind === 'overtaken') return;
    if (drawn.kind === 'impossible') {
      if (turn === this.#drawn) this.#filter();
      return;
    }
    if (turn !== this.#drawn || (this.#brightness === 0 && this.#contrast === 0 && this.#canvas.hidden)) {
      drawn.picture.close();
      return;
    }
    this.#canvas.width = drawn.picture.width;
    this.#canvas.height = drawn.picture.height;
    this.#canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(drawn.picture);
    this.#canvas.hidden = false;
    this.#image.hidden = true;
    this.#move();
  }

  #filter(): void {
    this.#image.style.filter = `brightness(${1 + this.#brightness / 100}) contrast(${2 ** (this.#contrast / 50)})`;
  }

  #openLight(): void {
    this.#light.hidden = !this.#light.hidden;
    document.getElementById('lb-light-button')?.setAttribute('aria-expanded', String(!this.#light.hidden));
  }

  #sayLight(): void {
    const slide = (key: string, value: number, set: (value: number) => void) => {
      const input = h('input', { type: 'range', min: -100, max: 100, step: 5, value, class: 'lb-slider' });
      input.addEventListener('input', () => { set(Number(input.value)); void this.#relight(); });
      return h('label', { class: 'lb-slide' }, h('span', {}, this.#words.t(key)), input);
    };
    this.#light.replaceChildren(
      slide('viewer.brightness', this.#brightness, (value) => { this.#brightness = value; }),
      slide('viewer.contrast', this.#contrast, (value) => { this.#contrast = value; }));
  }

  async #relight(): Promise<void> {
    this.#stop();
    const picture = await this.#pictures.at(this.#index);
    if (picture?.medium) await this.#exact(picture, this.#drawn);
  }

  #tell(): void {
    const holes = { image: this.#index + 1, of: Math.max(1, this.#count), series: this.#series, scale: this.#words.percent(this.#at.scale) };
    this.#place.textContent = this.#words.t(this.#at.scale === 1 ? 'viewer.image' : 'viewer.enlarged', holes);
    this.#stage.setAttribute('aria-label', this.#words.t('viewer.label', holes));
    this.#slider.max = String(Math.max(1, this.#count));
    this.#slider.value = String(this.#index + 1);
    this.#slider.setAttribute('aria-label', this.#words.t('viewer.image', holes));
  }

  #zoom(factor: number, point?: Point): void {
    this.#put(enlarged(this.#at, factor, this.#size(), point));
  }

  /** A quarter of the stage: what a finger does by dragging, a button and a key do too (WCAG 2.5.7). */
  #shift(right: number, down: number): void {
    const { width, height } = this.#size();
    this.#put(moved(this.#at, (right * width) / 4, (down * height) / 4, this.#size()));
  }

  #put(place: Place): void {
    this.#at = place;
    this.#move();
    this.#tell();
  }

  #size(): Size {
    return { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  #move(): void {
    const { scale, x, y } = this.#at;
    for (const picture of [this.#image, this.#canvas]) {
      picture.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    }
    this.#pan.hidden = scale === 1;
    this.#stage.classList.toggle('lb-enlarged', scale > 1);
  }

  #reset(): void {
    this.#at = WHOLE;
    this.#brightness = 0;
    this.#contrast = 0;
    this.#image.style.filter = '';
    this.#image.hidden = false;
    this.#canvas.hidden = true;
    this.#sayLight();
    this.#move();
    void this.go(this.#index);
  }

  async #full(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.element.requestFullscreen().catch(() => undefined);
  }

  #toggle(): void {
    if (this.#playing) this.#stop();
    else this.#play();
    this.#sayPlay();
  }

  /** Nothing plays by itself. A film runs at its own speed, slices at an even one. */
  #play(): void {
    const millis = this.#pictures.known(this.#index)?.frameMillis || USUAL_MS;
    const step = () => {
      void this.go((this.#index + 1) % this.#count).then(() => {
        if (this.#playing) this.#playing = window.setTimeout(step, millis);
      });
    };
    this.#playing = window.setTimeout(step, millis);
  }

  #stop(): void {
    clearTimeout(this.#playing);
    this.#playing = 0;
    this.#sayPlay();
  }

  #sayPlay(): void {
    const button = this.#steps.querySelector('#lb-play');
    button?.replaceChildren(icon(this.#playing ? ICONS.pause : ICONS.play), h('span', {}, this.#words.t(this.#playing ? 'viewer.pause' : 'viewer.play')));
    this.#place.setAttribute('aria-live', this.#playing ? 'off' : 'polite');
  }

  #listen(): void {
    this.#slider.addEventListener('input', () => { this.#stop(); void this.go(Number(this.#slider.value) - 1); });
    this.#stage.addEventListener('keydown', (event) => this.#key(event));
    this.#stage.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && this.#pictures.count < 2) return; // one picture: the wheel moves the page
      event.preventDefault();
      if (event.ctrlKey) this.#zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, this.#point(event));
      else void this.go(this.#index + Math.sign(event.deltaY));
    }, { passive: false });
    this.#stage.addEventListener('dblclick', (event) => {
      if (this.#at.scale > 1) this.#put(WHOLE);
      else this.#zoom(2, this.#point(event));
    });
    this.#touch();
  }

  #key(event: KeyboardEvent): void {
    const pan: Record<string, () => void> = {
      ArrowRight: () => this.#shift(-1, 0), ArrowLeft: () => this.#shift(1, 0),
      ArrowDown: () => this.#shift(0, -1), ArrowUp: () => this.#shift(0, 1),
    };
    const act: Record<string, () => void> = {
      ArrowRight: () => void this.go(this.#index + 1), ArrowDown: () => void this.go(this.#index + 1),
      ArrowLeft: () => void this.go(this.#index - 1), ArrowUp: () => void this.go(this.#index - 1),
      PageDown: () => void this.go(this.#index + 10), PageUp: () => void this.go(this.#index - 10),
      Home: () => void this.go(0), End: () => void this.go(this.#count - 1),
      '+': () => this.#zoom(STEP), '=': () => this.#zoom(STEP), '-': () => this.#zoom(1 / STEP),
      r: () => this.#reset(), R: () => this.#reset(), ' ': () => this.#toggle(),
    };
    const done = event.shiftKey && event.key in pan ? pan[event.key] : act[event.key];
    if (!done || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    done();
  }

  /** Where somebody points, counted from the middle of the stage. */
  #point({ clientX, clientY }: MouseEvent): Point {
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  }

  /** One finger changes the picture, or moves an enlarged one; two fingers enlarge. */
  #touch(): void {
    const fingers = new Map<number, Point>();
    let swept = 0;
    const pair = (): [Point, Point] | null => {
      const [a, b] = [...fingers.values()];
      return a && b ? [a, b] : null;
    };
    this.#stage.addEventListener('pointerdown', (event) => {
      if (fingers.size === 2 || event.button !== 0) return;
      fingers.set(event.pointerId, this.#point(event));
      this.#stage.setPointerCapture(event.pointerId);
      swept = 0;
    });
    this.#stage.addEventListener('pointermove', (event) => {
      const from = fingers.get(event.pointerId);
      if (!from) return;
      const two = pair();
      const to = this.#point(event);
      fingers.set(event.pointerId, to);
      const now = pair();
      if (two && now) {
        this.#put(pinched(this.#at, two, now, this.#size()));
      } else if (this.#at.scale > 1) {
        this.#put(moved(this.#at, to.x - from.x, to.y - from.y, this.#size()));
      } else {
        swept += to.x - from.x;
        if (Math.abs(swept) < SWIPE_PX) return;
        void this.go(this.#index - Math.sign(swept));
        swept = 0;
      }
    });
    const lift = (event: PointerEvent) => { fingers.delete(event.pointerId); swept = 0; };
    this.#stage.addEventListener('pointerup', lift);
    this.#stage.addEventListener('pointercancel', lift);
    // Up and down moves the page while the picture is whole; with two fingers the page stays where it is.
    this.#stage.addEventListener('touchmove', (event) => { if (event.touches.length > 1) event.preventDefault(); }, { passive: false });
  }
}
