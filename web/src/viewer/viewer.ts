import { h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from '../ui/icons.ts';
import { type Picture, Pictures } from './pictures.ts';
import { adjusted, canWindow, extent, range, shade, values, type Window } from './windowing.ts';

const AHEAD = 6;
const KEPT = 60;
const SMALLEST = 1;
const LARGEST = 8;
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
  #scale = 1;
  #x = 0;
  #y = 0;
  #brightness = 0;
  #contrast = 0;
  #playing = 0;
  #drawn = 0;
  #real: { key: string; values: Float32Array; own: Window; inverted: boolean } | null = null;
  readonly #kept = new Map<string, HTMLImageElement>();
  readonly #image = h('img', { class: 'lb-picture', alt: '', draggable: 'false' });
  readonly #canvas = h('canvas', { class: 'lb-picture', hidden: true });
  readonly #stage = h('div', { class: 'lb-stage', role: 'img', tabindex: 0 });
  readonly #place = h('output', { class: 'lb-place', 'aria-live': 'polite' });
  readonly #slider = h('input', { class: 'lb-slider', type: 'range', min: 1, step: 1 });
  readonly #missing = h('div', { class: 'lb-missing', hidden: true });
  readonly #tools = h('div', { class: 'lb-tools' });
  readonly #light = h('div', { class: 'lb-light', hidden: true });
  readonly #steps = h('div', { class: 'lb-steps' });

  constructor(words: Words, series: string, pictures: Pictures, gone: () => void) {
    this.#words = words;
    this.#series = series;
    this.#pictures = pictures;
    this.#gone = gone;
    this.#stage.append(this.#image, this.#canvas, this.#missing);
    this.element = h('section', { class: 'lb', 'aria-label': series },
      this.#tools, this.#light, this.#stage, this.#steps,
      h('p', { class: 'lb-warning' }, icon(ICONS.info, 18), words.t('study.notdiagnosis')));
    this.#listen();
    this.say(words);
  }

  async open(): Promise<boolean> {
    if (!(await this.#pictures.load())) return false;
    this.#slider.max = String(Math.max(1, this.#pictures.count));
    this.say(this.#words);
    await this.go(Math.floor(this.#pictures.count / 2));
    return true;
  }

  close(): void {
    this.#stop();
    for (const image of this.#kept.values()) image.removeAttribute('src');
    this.#kept.clear();
    this.#real = null;
  }

  /** The same state in other words. */
  say(words: Words): void {
    this.#words = words;
    const { t } = words;
    const many = this.#pictures.count > 1;
    const tool = (key: string, path: string, act: () => void, id = '') =>
      h('button', { class: 'lb-tool', type: 'button', id: id || null, click: act }, icon(path), h('span', {}, t(key)));
    this.#tools.replaceChildren(
      tool('viewer.out', ICONS.minus, () => this.#zoom(1 / 1.5)), tool('viewer.in', ICONS.plus, () => this.#zoom(1.5)),
      tool('viewer.light', ICONS.light, () => this.#openLight(), 'lb-light-button'),
      tool('viewer.reset', ICONS.again, () => this.#reset()),
      ...(document.fullscreenEnabled ? [tool('viewer.full', ICONS.zoom, () => void this.#full())] : []));
    this.#sayLight();
    const play = h('button', { class: 'lb-tool', type: 'button', id: 'lb-play', click: () => this.#toggle() });
    this.#steps.replaceChildren(...(many
      ? [h('button', { class: 'lb-tool', type: 'button', click: () => void this.go(this.#index - 1) }, icon(ICONS.previous), h('span', {}, t('viewer.prev'))),
         play, this.#slider,
         h('button', { class: 'lb-tool', type: 'button', click: () => void this.go(this.#index + 1) }, icon(ICONS.next), h('span', {}, t('viewer.next')))]
      : []), this.#place);
    this.#sayPlay();
    this.#stage.title = t('viewer.keys');
    this.#tell();
  }

  async go(index: number): Promise<void> {
    const wanted = Math.min(this.#pictures.count - 1, Math.max(0, index));
    if (this.#pictures.count === 0) return;
    this.#index = wanted;
    this.#tell();
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
    this.#image.src = image.src;
    this.#image.hidden = false;
    this.#canvas.hidden = true;
    this.#move();
    if (this.#brightness !== 0 || this.#contrast !== 0) await this.#exact(picture, turn);
    if (picture.large && this.#playing === 0) {
      const large = this.#load(`${picture.key}#large`, picture.large);
      await large.decode().catch(() => undefined);
      if (turn === this.#drawn && large.naturalWidth > 0) this.#image.src = large.src;
    }
  }

  #load(key: string, address: string): HTMLImageElement {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const image = new Image();
    image.decoding = 'async';
    image.src = address;
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
    this.#missing.replaceChildren(h('p', {}, this.#words.t('viewer.missing')),
      h('a', { class: 'sg-button sg-button-plain', href: picture.original }, icon(ICONS.download, 20), this.#words.t('viewer.original')));
  }

  /** Exact pixels for the light; where they cannot be had, the browser's filter does. */
  async #exact(picture: Picture, turn: number): Promise<void> {
    if (!canWindow(picture.pixels)) {
      this.#image.style.filter = `brightness(${1 + this.#brightness / 100}) contrast(${2 ** (this.#contrast / 50)})`;
      return;
    }
    const pixels = picture.pixels;
    if (this.#real?.key !== picture.key) {
      const { first, last } = range(pixels, picture.frame);
      try {
        const answer = await fetch(picture.original, { headers: { Range: `bytes=${first}-${last}` }, credentials: 'omit' });
        if (answer.status !== 206) throw new Error('no part');
        const real = values(await answer.arrayBuffer(), pixels);
        this.#real = { key: picture.key, values: real, own: picture.window ?? extent(real), inverted: pixels.photometric === 'MONOCHROME1' };
      } catch {
        this.#image.style.filter = `brightness(${1 + this.#brightness / 100}) contrast(${2 ** (this.#contrast / 50)})`;
        return;
      }
    }
    if (turn !== this.#drawn || !this.#real) return;
    const { values: real, own, inverted } = this.#real;
    const data = new ImageData(pixels.columns, pixels.rows);
    shade(real, adjusted(own, this.#brightness, this.#contrast), inverted, data.data);
    this.#canvas.width = pixels.columns;
    this.#canvas.height = pixels.rows;
    this.#canvas.getContext('2d')?.putImageData(data, 0, 0);
    this.#canvas.hidden = false;
    this.#image.hidden = true;
    this.#move();
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
    const holes = { n: this.#index + 1, of: Math.max(1, this.#pictures.count), series: this.#series };
    this.#place.textContent = this.#words.t('viewer.image', holes);
    this.#stage.setAttribute('aria-label', this.#words.t('viewer.label', holes));
    this.#slider.value = String(this.#index + 1);
    this.#slider.setAttribute('aria-label', this.#words.t('viewer.image', holes));
  }

  #zoom(factor: number): void {
    this.#scale = Math.min(LARGEST, Math.max(SMALLEST, this.#scale * factor));
    if (this.#scale === SMALLEST) { this.#x = 0; this.#y = 0; }
    this.#move();
  }

  #move(): void {
    for (const picture of [this.#image, this.#canvas]) {
      picture.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
    }
  }

  #reset(): void {
    this.#scale = 1;
    this.#x = 0;
    this.#y = 0;
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
      void this.go((this.#index + 1) % this.#pictures.count).then(() => {
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
      event.preventDefault();
      if (event.ctrlKey) this.#zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      else void this.go(this.#index + Math.sign(event.deltaY));
    }, { passive: false });
    this.#stage.addEventListener('dblclick', () => this.#zoom(this.#scale > 1 ? 1 / LARGEST : 2));
    this.#touch();
  }

  #key(event: KeyboardEvent): void {
    const act: Record<string, () => void> = {
      ArrowRight: () => void this.go(this.#index + 1), ArrowDown: () => void this.go(this.#index + 1),
      ArrowLeft: () => void this.go(this.#index - 1), ArrowUp: () => void this.go(this.#index - 1),
      PageDown: () => void this.go(this.#index + 10), PageUp: () => void this.go(this.#index - 10),
      Home: () => void this.go(0), End: () => void this.go(this.#pictures.count - 1),
      '+': () => this.#zoom(1.5), '=': () => this.#zoom(1.5), '-': () => this.#zoom(1 / 1.5),
      r: () => this.#reset(), R: () => this.#reset(), ' ': () => this.#toggle(),
    };
    const done = act[event.key];
    if (!done || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    done();
  }

  /** One finger changes the picture, or moves an enlarged one; two fingers enlarge. */
  #touch(): void {
    const fingers = new Map<number, { x: number; y: number }>();
    let distance = 0;
    let moved = 0;
    const apart = () => {
      const [a, b] = [...fingers.values()];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    };
    this.#stage.addEventListener('pointerdown', (event) => {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.#stage.setPointerCapture(event.pointerId);
      distance = apart();
      moved = 0;
    });
    this.#stage.addEventListener('pointermove', (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (fingers.size === 2) {
        const now = apart();
        if (distance > 0 && now > 0) this.#zoom(now / distance);
        distance = now;
      } else if (this.#scale > 1) {
        this.#x += event.clientX - before.x;
        this.#y += event.clientY - before.y;
        this.#move();
      } else {
        moved += event.clientX - before.x;
        if (Math.abs(moved) >= SWIPE_PX) {
          void this.go(this.#index - Math.sign(moved));
          moved = 0;
        }
      }
    });
    const lift = (event: PointerEvent) => { fingers.delete(event.pointerId); distance = apart(); };
    this.#stage.addEventListener('pointerup', lift);
    this.#stage.addEventListener('pointercancel', lift);
  }
}
