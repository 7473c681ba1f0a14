import type { Film, Planes } from '../lib/answers.ts';
import { h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from '../ui/icons.ts';
import { ExactPixels, type Having } from './exact.ts';
import { listenTo } from './gestures.ts';
import type { Early, Picture, Pictures } from './pictures.ts';
import { Player } from './player.ts';
import { isPlain } from './original.ts';
import { type Preset, presetsOf } from './presets.ts';
import { Reel } from './reel.ts';
import { load, Singles } from './singles.ts';
import type { Light } from './shading.ts';
import type { Listener, Shot, Source } from './source.ts';
import { enlarged, moved, pinched, type Place, type Point, type Size, WHOLE } from './zoom.ts';

const STEP = 1.5;
const USUAL_MS = 80;
const REST_MS = 150;
const PACE_MS = 250;
/** A phone on its side: there the picture takes all of it. */
const LYING = '(orientation: landscape) and (max-height: 30rem) and (min-width: 35rem) and (pointer: coarse)';

/** What the viewer tells the page. */
export type Told = {
  /** The pictures are no longer given. */
  gone(): void;
  /** Somebody stays at this picture. */
  rested(index: number): void;
  /** The first picture is there: what is less urgent may come. */
  drawn(): void;
};
/** What the study says of a series. */
export type Shown = { readonly name: string; readonly modality: string; readonly frames: number };
type Tone = { readonly brightness: number; readonly contrast: number; readonly preset: Preset | null; readonly own: number };
/** As it was sent, and nobody has touched it. */
const PLAIN: Tone = { brightness: 0, contrast: 0, preset: null, own: 0 };
/** The light in which a picture was asked for last; `plain` where it is drawn without exact pixels. */
type Asked = { readonly index: number; readonly tone: Tone; readonly having: Having; plain: boolean };

/**
 * The light box: one canvas on which the best picture of a place is drawn that is there, exact pixels when somebody
 * touches brightness or contrast. What was drawn stays until the next can be. Everything a finger can do, a button
 * and a key can.
 */
export class Viewer {
  readonly element: HTMLElement;
  readonly #pictures: Pictures;
  readonly #series: Shown;
  readonly #told: Told;
  #words: Words;
  #source: Source | null = null;
  #worker: Worker | null = null;
  /** Where the finger is, and what is drawn; the words under the picture tell of the latter. */
  #index = 0;
  #shown = -1;
  #speed = 0;
  #moved = 0;
  #resting = 0;
  #expected = 0;
  #at: Place = WHOLE;
  #tone = PLAIN;
  #asked: Asked | null = null;
  #improvising = false;
  #playing = 0;
  /** A video in place of a picture, and which one it is. */
  #player: { readonly index: number; readonly video: Player } | null = null;
  #turn = 0;
  #full = false;
  readonly #down = new Set<string>();
  readonly #lying = matchMedia(LYING);
  readonly #ended = new AbortController();
  readonly #exactly = new ExactPixels(() => new Worker(new URL('./exact.worker.ts', import.meta.url), { type: 'module' }), {
    ask: () => this.#where(),
    wanted: () => this.#tone !== PLAIN,
    drawn: (index, picture) => this.#exposed(index, picture),
    impossible: (index) => { if (this.#asked?.index === index) this.#plainly(this.#asked); },
    changed: () => { this.#sayWindows(); if (this.#tone !== PLAIN) this.#draw(); else this.#expect(); },
    line: (up) => this.#heard('exact', up),
  });
  readonly #canvas = h('canvas', { class: 'lb-picture', hidden: true });
  readonly #missing = h('div', { class: 'lb-missing', hidden: true });
  readonly #stage = h('div', { class: 'lb-stage', id: 'lb-stage', role: 'img', tabindex: 0 });
  readonly #line = h('p', { class: 'lb-line', role: 'status' });
  readonly #place = h('output', { class: 'lb-place', 'aria-live': 'polite' });
  readonly #slider = h('input', { class: 'lb-slider', type: 'range', min: 1, step: 1 });
  readonly #tools = h('div', { class: 'lb-tools' });
  readonly #presets = h('div', { class: 'lb-presets', role: 'group', hidden: true });
  readonly #note = h('p', { class: 'lb-note', role: 'status' });
  readonly #light = h('div', { class: 'lb-light', id: 'lb-light', hidden: true });
  readonly #pan = h('div', { class: 'lb-pan', role: 'group', hidden: true });
  readonly #steps = h('div', { class: 'lb-steps' });
  readonly #warning = h('p', { class: 'lb-warning' });

  constructor(words: Words, series: Shown, pictures: Pictures, told: Told) {
    this.#words = words;
    this.#series = series;
    this.#pictures = pictures;
    this.#told = told;
    this.#stage.append(this.#canvas, this.#missing);
    this.element = h('section', { class: 'lb', 'aria-label': series.name },
      this.#stage, this.#line, this.#steps, this.#warning, this.#pan, this.#light, this.#tools);
    this.#listen();
    this.#fill(this.#lying.matches);
    this.say(words);
  }

  /** `first` is what is known of the picture at `at`, or was asked for before anything was drawn; the others follow. */
  async open(at: number, first: Early | Promise<Early | null>): Promise<boolean> {
    const turn = ++this.#turn;
    this.#expected = this.#series.frames;
    this.#index = at;
    this.say(this.#words);
    if (this.#expected > 1) this.#worker = workerOf(); // its script comes while the server answers
    const early = first instanceof Promise ? await first : first; // what is known goes to the worker before the page is drawn
    if (turn !== this.#turn) return true; // closed meanwhile
    if (early?.film) this.#roll(early.film);
    else if (early?.picture) this.#single(early.picture);
    if (this.#pictures.count === 0 && !(await this.#pictures.load())) return false;
    if (turn !== this.#turn) return true;
    this.#expected = this.#pictures.count;
    if (!this.#source && this.#pictures.film) this.#roll(this.#pictures.film);
    else if (!this.#source) this.#single(null);
    else this.#source.hurry();
    this.say(this.#words);
    this.go(this.#index); // or where somebody went meanwhile
    return true;
  }

  get #count(): number {
    return this.#pictures.count || this.#expected;
  }

  close(): void {
    this.#turn++;
    this.#stop();
    clearTimeout(this.#resting);
    this.#ended.abort();
    this.#source?.close();
    this.#source = null;
    this.#worker?.terminate();
    this.#unplay();
    this.#exactly.close();
  }

  /** The line to the server, as who asks it for addresses has found it. */
  line(up: boolean): void {
    this.#heard('server', up);
  }

  #roll(film: Film): void {
    const port = this.#worker ?? workerOf();
    this.#worker = null;
    if (!port) return this.#single(null);
    this.#source = new Reel(port, film, this.#index, {
      ...this.#listener(), renew: () => this.#renew(), failed: () => { if (!this.#ended.signal.aborted) this.#single(null); },
    });
  }

  #single(first: Picture | null): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#source = new Singles(this.#pictures, this.#index, this.#listener(), first);
  }

  #listener(): Listener {
    return { changed: (index) => this.#changed(index), line: (up) => this.#heard('pictures', up) };
  }

  async #renew(): Promise<Film | null> {
    const film = await this.#pictures.renewed();
    if (film && await this.#grown(film)) void this.#exactly.ask();
    return film;
  }

  /** A series may have grown since: who looks at a picture stays at it. */
  async #grown(film: Film): Promise<boolean> {
    if (!this.#pictures.film || film.generation === this.#pictures.film.generation) return false;
    const key = this.#pictures.known(this.#index)?.key;
    await this.#pictures.load();
    this.#index = Math.max(0, this.#pictures.find(key) ?? Math.min(this.#index, this.#count - 1));
    this.say(this.#words);
    return true;
  }

  async #where(): Promise<Planes | null> {
    const exact = await this.#pictures.exact();
    if (exact?.film && await this.#grown(exact.film) && this.#source instanceof Reel) this.#source.take(exact.film);
    return exact?.planes ?? null;
  }

  /** The same state in other words. */
  say(words: Words): void {
    this.#words = words;
    const { t } = words;
    const many = this.#count > 1;
    const tool = (key: string, path: string, act: () => void, id = '') =>
      h('button', { class: 'lb-tool', type: 'button', id: id || null, click: act }, icon(path), h('span', {}, t(key)));
    const lamp = tool('viewer.brightness', ICONS.light, () => this.#openLight(), 'lb-light-button');
    lamp.setAttribute('aria-controls', 'lb-light');
    lamp.setAttribute('aria-expanded', String(!this.#light.hidden));
    this.#tools.replaceChildren(
      tool('viewer.out', ICONS.minus, () => this.#zoom(1 / STEP)), tool('viewer.in', ICONS.plus, () => this.#zoom(STEP), 'lb-in'),
      lamp, tool('viewer.reset', ICONS.again, () => this.#reset()),
      this.#full ? tool('study.close', ICONS.close, () => this.#leave(), 'lb-full') : tool('viewer.full', ICONS.full, () => this.#enter(), 'lb-full'));
    this.#sayLight();
    this.#pan.setAttribute('aria-label', t('viewer.move'));
    this.#pan.replaceChildren(
      tool('viewer.left', ICONS.left, () => this.#shift(1, 0)), tool('viewer.up', ICONS.up, () => this.#shift(0, 1)),
      tool('viewer.down', ICONS.down, () => this.#shift(0, -1)), tool('viewer.right', ICONS.right, () => this.#shift(-1, 0)));
    const play = h('button', { class: 'lb-tool', type: 'button', id: 'lb-play', click: () => this.#toggle() });
    this.#steps.replaceChildren(...(many
      ? [tool('viewer.prev', ICONS.previous, () => this.#pass(-1)), this.#slider, tool('viewer.next', ICONS.next, () => this.#pass(1))]
      : []), h('div', { class: 'lb-where' }, many && play, this.#place));
    this.#warning.replaceChildren(icon(ICONS.info, 18), t('study.notdiagnosis'));
    this.#sayLine();
    this.#sayPlay();
    this.#stage.title = t('viewer.keys');
    if (!this.#missing.hidden) this.#lack(this.#shown);
    this.#tell();
  }

  /** Draws what is there of a place at once; what is not, as soon as it has come. */
  go(index: number): void {
    if (this.#count === 0) return;
    const wanted = Math.min(this.#count - 1, Math.max(0, index));
    const now = performance.now();
    const passed = now - this.#moved;
    const pace = passed > 0 && passed < PACE_MS ? ((wanted - this.#index) / passed) * 1000 : 0;
    this.#speed = this.#playing ? 1000 / this.#millis() : pace && 0.5 * (pace + this.#speed);
    this.#moved = now;
    this.#index = wanted;
    this.#source?.aim(wanted, this.#speed);
    this.#slider.value = String(wanted + 1);
    this.#draw();
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => void this.#rest(), REST_MS);
  }

  #pass(pictures: number): void {
    this.#stop();
    this.go(this.#index + pictures);
  }

  async #rest(): Promise<void> {
    if (this.#playing) return;
    this.#speed = 0;
    this.#source?.aim(this.#index, 0);
    if (this.#tone !== PLAIN) this.#exactly.aim(this.#index, 0);
    else this.#expect();
    this.#told.rested(this.#index);
    this.#sayWindows(); // each picture may have its own
    await this.#enlarge();
  }

  #changed(index?: number): void {
    if (index === undefined || index === this.#index) this.#draw();
    else if (Math.abs(index - this.#index) < Math.abs(this.#shown - this.#index) && this.#shown !== this.#index) this.#near(index);
  }

  /** Until the picture in hand is there, one that is nearer to it than the one that is drawn. */
  #near(index: number): void {
    const shot = this.#source?.at(index);
    if (shot && shot !== 'spoilt' && this.#tone === PLAIN) this.#paint(index, shot);
  }

  #draw(): void {
    const shot = this.#source?.at(this.#index) ?? null;
    if (shot === 'spoilt') this.#lack(this.#index);
    else if (this.#tone !== PLAIN) this.#expose();
    else if (shot && !(this.#shown === this.#index && this.#canvas.dataset['grade'] === 'large')) this.#paint(this.#index, shot);
  }

  #paint(index: number, { image, x, y, width, height, whole, grade }: Shot): void {
    this.#hang(index, grade, whole.width, whole.height, (context) => context.drawImage(image, x, y, width, height, 0, 0, whole.width, whole.height));
    this.#canvas.style.filter = this.#tone === PLAIN || this.#having(index) !== 'never' ? '' : filterOf(this.#tone);
  }

  #bitmap(index: number, grade: string, picture: ImageBitmap): void {
    const { width, height } = shaped(picture, this.#source?.whole(index) ?? picture);
    this.#hang(index, grade, width, height, (context) => context.drawImage(picture, 0, 0, width, height));
    this.#canvas.style.filter = '';
    picture.close();
  }

  /** In one go: between two pictures the canvas is never seen empty. */
  #hang(index: number, grade: string, width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): void {
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    if (this.#canvas.width !== width || this.#canvas.height !== height) [this.#canvas.width, this.#canvas.height] = [width, height];
    draw(context);
    this.#unplay();
    this.#canvas.hidden = false;
    if (this.#shown < 0) this.#stands();
    this.#canvas.dataset['image'] = String(index + 1);
    this.#canvas.dataset['grade'] = grade;
    this.#missing.hidden = true;
    this.#stage.setAttribute('role', 'img');
    this.#shown = index;
    this.#tell();
  }

  /** In place of a picture: a video, or the way to the original of what cannot be drawn. */
  #lack(index: number, playable = true): void {
    if (playable && this.#player?.index === index) return;
    this.#unplay();
    this.#darken();
    this.#canvas.hidden = true;
    this.#missing.hidden = false;
    if (this.#shown < 0) this.#told.drawn();
    this.#shown = index;
    this.#stage.setAttribute('role', 'group'); // it holds a button now
    if (playable && this.#pictures.known(index)?.video) this.#watch(index);
    else this.#missing.replaceChildren(h('p', {}, this.#words.t('viewer.missing')),
      h('button', { class: 'sg-button sg-button-plain', type: 'button', click: () => void this.#original(index) }, icon(ICONS.download, 20), this.#words.t('viewer.original')));
    this.#tell();
  }

  #watch(index: number): void {
    const label = this.#words.t('viewer.label', { image: index + 1, of: this.#count, series: this.#series.name, scale: this.#words.percent(1) });
    const address = async () => (await this.#pictures.at(index))?.video?.url ?? null;
    const video = new Player(label, address, () => { if (this.#player?.video === video) this.#lack(index, false); });
    this.#player = { index, video };
    this.#missing.replaceChildren(video.element);
    this.element.classList.add('lb-watched');
  }

  #unplay(): void {
    this.#player?.video.close();
    this.#player = null;
    this.element.classList.remove('lb-watched');
  }

  async #original(index: number): Promise<void> {
    const address = (await this.#pictures.at(index))?.original;
    if (address) location.assign(address);
  }

  /** Who stays at a picture that was made larger than the others gets it so. */
  async #enlarge(): Promise<void> {
    const [index, turn] = [this.#index, this.#turn];
    const known = this.#pictures.known(index);
    if (!known || !(known.large || (known.original === null && known.longSide > 640)) || this.#tone !== PLAIN) return;
    const picture = await this.#pictures.at(index);
    if (!picture?.large) return;
    const large = await load(picture.large, this.#ended.signal);
    if (typeof large === 'string') return;
    if (turn === this.#turn && index === this.#index && this.#tone === PLAIN && !this.#playing) this.#bitmap(index, 'large', large);
    else large.close();
  }

  /** The first picture is there. Exact pixels are looked for then, unless the device is to save bytes: then once they are wanted. */
  #stands(): void {
    this.#told.drawn();
    if (!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData) void this.#exactly.ask();
  }

  /** Of another number of pictures than are known here, nobody can say which is which. */
  #having(index: number): Having {
    const { count } = this.#exactly;
    return count !== null && this.#pictures.count > 0 && count !== this.#pictures.count ? 'never' : this.#exactly.having(index);
  }

  /**
   * Exact pixels in the light that is wanted; what is drawn stays until they are there. As long as they are made, the
   * picture stays as it is; where they cannot be had, the browser's filter does.
   */
  #expose(): void {
    const [index, tone, having] = [this.#index, this.#tone, this.#having(this.#index)];
    if (this.#asked?.index !== index || this.#asked.tone !== tone || this.#asked.having !== having) {
      this.#asked = { index, tone, having, plain: false };
      if (having === 'ready') this.#exactly.want({ index, speed: this.#speed, light: lightOf(tone), own: tone.own, original: null });
      else void this.#improvise();
    } else if (this.#asked.plain) {
      this.#show(index);
    }
    this.#sayNote();
  }

  /** Nothing more is wanted of them. */
  #darken(): void {
    this.#asked = null;
    this.#exactly.want(null);
  }

  #show(index: number): void {
    const shot = this.#source?.at(index);
    if (shot && shot !== 'spoilt') this.#paint(index, shot);
  }

  #plainly(asked: Asked): void {
    asked.plain = true;
    this.#show(asked.index);
    this.#sayNote();
  }

  #exposed(index: number, picture: ImageBitmap): void {
    if (this.#tone === PLAIN) picture.close();
    else this.#bitmap(index, 'exact', picture);
  }

  /** Without them: out of the object itself where that is plain, one after another. */
  async #improvise(): Promise<void> {
    if (this.#asked?.having === 'making') void this.#exactly.ask();
    if (this.#improvising) return;
    this.#improvising = true;
    const turn = this.#turn;
    let done: Asked | null = null;
    while (turn === this.#turn && this.#asked && this.#asked !== done && this.#asked.having !== 'ready') {
      const asked = done = this.#asked;
      const picture = await this.#pictures.at(asked.index);
      if (turn !== this.#turn) break;
      if (!picture) {
        this.#told.gone();
        break;
      }
      if (this.#asked !== asked) continue;
      const { key, frame, pixels, original: address, window } = picture;
      if (!isPlain(pixels) || !address) this.#plainly(asked);
      else this.#exactly.want({ index: asked.index, speed: 0, light: lightOf(asked.tone), own: 0, original: { key, frame, pixels, address, window } });
    }
    this.#improvising = false;
  }

  /** A hand is near the light: the picture before it is made ready. */
  #expect(): void {
    if (this.#light.hidden || this.#playing || this.#having(this.#index) !== 'ready') return;
    this.#exactly.want({ index: this.#index, speed: 0, light: null, own: 0, original: null });
  }

  /** What a tool does is seen, and all that it has opened: on a phone its button is far down. */
  #look(): void {
    if (this.#full) return;
    this.element.scrollIntoView({ block: 'nearest' });
    this.#stage.scrollIntoView({ block: 'nearest' });
  }

  #openLight(): void {
    this.#light.hidden = !this.#light.hidden;
    this.#stage.classList.toggle('lb-lit', !this.#light.hidden);
    this.#tools.querySelector('#lb-light-button')?.setAttribute('aria-expanded', String(!this.#light.hidden));
    if (this.#light.hidden) return;
    if (this.#having(this.#index) === 'making') void this.#exactly.ask();
    this.#expect();
  }

  #sayLight(): void {
    const { t } = this.#words;
    const slide = (key: 'brightness' | 'contrast', word: string) => {
      const input = h('input', { type: 'range', min: -100, max: 100, step: 5, value: this.#tone[key], class: 'lb-slider', 'data-tone': key });
      input.addEventListener('input', () => this.#relight({ ...this.#tone, [key]: Number(input.value) }));
      return h('label', { class: 'lb-slide' }, h('span', {}, t(word)), input);
    };
    this.#presets.setAttribute('aria-label', t('viewer.presets'));
    this.#presets.replaceChildren();
    this.#sayWindows();
    this.#light.replaceChildren(this.#presets, slide('brightness', 'viewer.brightness'), slide('contrast', 'viewer.contrast'), this.#note);
    this.#note.textContent = '';
    this.#sayNote();
  }

  /** What radiologists use, and what the file itself has where that is more than one. */
  #sayWindows(): void {
    const { t } = this.#words;
    const own = this.#exactly.windows(this.#index);
    const choices = [
      ...presetsOf(this.#series.modality, this.#pictures.known(this.#index)?.window ?? null).map((preset) => ({ id: preset.key.replaceAll('.', '-'), name: t(preset.key), tone: { ...PLAIN, preset } })),
      ...(own.length > 1 ? own.map(({ explanation }, i) => ({ id: `viewer-own-${i}`, name: explanation || t('viewer.own', { number: i + 1 }), tone: { ...PLAIN, own: i } })) : []),
    ];
    const buttons = [...this.#presets.querySelectorAll('button')];
    if (buttons.length !== choices.length || buttons.some((button, i) => button.textContent !== choices[i]!.name)) {
      const held = this.#presets.contains(document.activeElement) ? document.activeElement!.id : '';
      this.#presets.replaceChildren(...choices.map(({ id, name, tone }) => h('button', { class: 'lb-tool', type: 'button', id, click: (event) =>
        this.#relight((event.currentTarget as HTMLElement).getAttribute('aria-pressed') === 'true' ? PLAIN : tone) }, name)));
      if (held) document.getElementById(held)?.focus();
      this.#presets.hidden = choices.length === 0;
    }
    this.#presets.querySelectorAll('button').forEach((button, i) => {
      const { preset, own: which } = choices[i]!.tone;
      button.setAttribute('aria-pressed', String(this.#tone !== PLAIN && this.#tone.preset === preset && this.#tone.own === which));
    });
  }

  /** Where nothing else can be done until they are made. */
  #sayNote(): void {
    const text = this.#asked?.plain && this.#asked.having === 'making' ? this.#words.t('viewer.preparing') : '';
    if (this.#note.textContent !== text) this.#note.textContent = text;
  }

  #relight(tone: Tone): void {
    this.#stop();
    const zero = tone.brightness === 0 && tone.contrast === 0 && !tone.preset && tone.own === 0;
    this.#tone = zero && this.#having(this.#index) === 'never' ? PLAIN : tone;
    for (const input of this.#light.querySelectorAll<HTMLInputElement>('[data-tone]')) {
      input.value = String(tone[input.dataset['tone'] as 'brightness' | 'contrast']);
    }
    this.#sayWindows();
    if (this.#tone === PLAIN) this.#darken();
    this.#sayNote();
    this.#draw();
    if (this.#tone !== PLAIN) return;
    this.#expect();
    void this.#enlarge();
  }

  #tell(): void {
    const image = (this.#shown < 0 ? this.#index : this.#shown) + 1;
    const holes = { image, of: Math.max(1, this.#count), series: this.#series.name, scale: this.#words.percent(this.#at.scale) };
    this.#place.textContent = this.#shown < 0 ? '' : this.#words.t(this.#at.scale === 1 ? 'viewer.image' : 'viewer.enlarged', holes);
    this.#stage.setAttribute('aria-label', this.#words.t('viewer.label', holes));
    this.#slider.max = String(Math.max(1, this.#count));
    this.#slider.value = String(this.#index + 1);
    this.#slider.setAttribute('aria-label', this.#words.t('viewer.image', holes));
  }

  /** The line as one of those who use it has found it; the picture stays, and nobody says that it cannot be shown. */
  #heard(who: string, up: boolean): void {
    if (up) this.#down.delete(who);
    else this.#down.add(who);
    this.#sayLine();
  }

  #sayLine(): void {
    const said = this.#line.textContent !== '';
    const text = this.#down.size > 0 ? this.#words.t('viewer.offline') : '';
    if (said && this.#line.textContent === text) return; // a screen reader tells it once
    this.#line.replaceChildren(...(text ? [icon(ICONS.offline, 18), text] : []));
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
    const { scale, x, y } = place;
    this.#canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    this.#pan.hidden = scale === 1;
    this.#stage.classList.toggle('lb-enlarged', scale > 1);
    this.#tell();
  }

  #size(): Size {
    return { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  #reset(): void {
    this.#put(WHOLE);
    this.#relight(PLAIN);
  }

  /** The picture takes the whole window, and the whole screen where the browser allows it. */
  #enter(): void {
    this.#fill(true);
    document.documentElement.requestFullscreen?.().catch(() => undefined);
  }

  #leave(): void {
    this.#fill(false);
    if (document.fullscreenElement) void document.exitFullscreen();
  }

  #fill(full: boolean): void {
    if (full === this.#full) return;
    this.#full = full;
    this.element.classList.toggle('lb-full', full);
    this.element.classList.remove('lb-bare');
    const held = this.element.contains(document.activeElement);
    this.say(this.#words);
    if (held) (this.#tools.querySelector<HTMLElement>('#lb-full') ?? this.#stage).focus();
  }

  #toggle(): void {
    if (this.#playing) this.#stop();
    else this.#play();
    this.#sayPlay();
  }

  #millis(): number {
    return this.#pictures.known(this.#index)?.frameMillis || USUAL_MS;
  }

  /**
   * Nothing plays by itself. A film runs at its own speed, slices at an even one: what the screen is too slow for is
   * passed over, what has not come is waited for.
   */
  #play(): void {
    const millis = this.#millis();
    let due = performance.now() + millis;
    const step = (now: number) => {
      if (!this.#playing) return;
      this.#playing = requestAnimationFrame(step);
      if (now < due) return;
      const steps = 1 + Math.floor((now - due) / millis);
      const next = (this.#index + steps) % this.#count;
      if (this.#ready(next)) {
        due += steps * millis;
        this.go(next);
      } else {
        this.#source?.aim(next, 1000 / millis);
        if (this.#tone !== PLAIN) this.#exactly.aim(next, 1000 / millis);
        due = now;
      }
    };
    this.#playing = requestAnimationFrame(step);
  }

  /** Whether a picture can be drawn now as it is wanted. */
  #ready(index: number): boolean {
    return this.#tone !== PLAIN && this.#having(index) === 'ready' ? this.#exactly.here(index) : Boolean(this.#source?.at(index));
  }

  #stop(): void {
    if (!this.#playing) return;
    cancelAnimationFrame(this.#playing);
    this.#playing = 0;
    this.#sayPlay();
    this.go(this.#index);
  }

  #sayPlay(): void {
    const button = this.#steps.querySelector('#lb-play');
    button?.replaceChildren(icon(this.#playing ? ICONS.pause : ICONS.play), h('span', {}, this.#words.t(this.#playing ? 'viewer.pause' : 'viewer.play')));
    this.#place.setAttribute('aria-live', this.#playing ? 'off' : 'polite');
  }

  #listen(): void {
    const until = { signal: this.#ended.signal };
    this.#slider.addEventListener('input', () => { this.#stop(); this.go(Number(this.#slider.value) - 1); });
    this.#tools.addEventListener('click', () => this.#look());
    this.#stage.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('keydown', (event) => {
      this.element.classList.remove('lb-bare'); // who comes by keyboard needs what a tap has hidden
      if (event.key === 'Escape' && this.#full) this.#leave();
    });
    this.#stage.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && this.#count < 2) return; // one picture: the wheel moves the page
      event.preventDefault();
      if (event.ctrlKey) this.#zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, this.#point(event));
      else this.#pass(Math.sign(event.deltaY));
    }, { passive: false });
    this.#stage.addEventListener('dblclick', (event) => {
      if (this.#at.scale > 1) this.#put(WHOLE);
      else this.#zoom(2, this.#point(event));
    });
    listenTo(this.#stage, {
      meaning: () => (this.#at.scale > 1 ? 'move' : this.#light.hidden ? 'pass' : 'tone'),
      pinch: (before, after) => this.#put(pinched(this.#at, before, after, this.#size())),
      move: (x, y) => this.#put(moved(this.#at, x, y, this.#size())),
      tone: (x, y) => this.#relight({ ...this.#tone, brightness: within(this.#tone.brightness - y / 3), contrast: within(this.#tone.contrast + x / 3) }),
      pass: (pictures) => this.#pass(pictures),
      tap: () => { if (this.#full) this.element.classList.toggle('lb-bare'); },
      point: (event) => this.#point(event),
    });
    this.#lying.addEventListener('change', () => this.#fill(this.#lying.matches || document.fullscreenElement !== null), until);
    document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) this.#fill(this.#lying.matches); }, until);
    addEventListener('offline', () => this.#heard('browser', false), until);
    addEventListener('online', () => { this.#heard('browser', true); this.#source?.hurry(); this.#exactly.hurry(); }, until);
  }

  #key(event: KeyboardEvent): void {
    const pan: Record<string, () => void> = {
      ArrowRight: () => this.#shift(-1, 0), ArrowLeft: () => this.#shift(1, 0),
      ArrowDown: () => this.#shift(0, -1), ArrowUp: () => this.#shift(0, 1),
    };
    const act: Record<string, () => void> = {
      ArrowRight: () => this.#pass(1), ArrowDown: () => this.#pass(1), ArrowLeft: () => this.#pass(-1), ArrowUp: () => this.#pass(-1),
      PageDown: () => this.#pass(10), PageUp: () => this.#pass(-10), Home: () => this.#pass(-this.#count), End: () => this.#pass(this.#count),
      '+': () => this.#zoom(STEP), '=': () => this.#zoom(STEP), '-': () => this.#zoom(1 / STEP),
      r: () => this.#reset(), R: () => this.#reset(), ' ': () => this.#toggle(),
    };
    const done = event.shiftKey && event.key in pan ? pan[event.key] : act[event.key];
    if (!done || event.ctrlKey || event.metaKey || event.altKey || event.target !== this.#stage) return;
    event.preventDefault();
    done();
  }

  /** Where somebody points, counted from the middle of the stage. */
  #point({ clientX, clientY }: MouseEvent): Point {
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  }
}

let spare: Worker | null = null;

/** Starts a worker before anybody knows what it is to read. */
export function warm(): void {
  spare ??= startWorker();
}

function workerOf(): Worker | null {
  const ready = spare ?? startWorker();
  spare = null;
  return ready;
}

/** Null in a browser without module workers. */
function startWorker(): Worker | null {
  try {
    return new Worker(new URL('./film.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}

/** The browser's own brightness and contrast, for pictures whose exact pixels cannot be had. */
function filterOf({ brightness, contrast }: Tone): string {
  return `brightness(${1 + brightness / 100}) contrast(${2 ** (contrast / 50)})`;
}

function lightOf({ brightness, contrast, preset }: Tone): Light {
  return { brightness, contrast, window: preset && { ...preset.window, function: 'LINEAR' } };
}

/** As many pixels as there are, in the shape of what is seen: those of a picture may be higher than wide. */
function shaped(pixels: Size, whole: Size): Size {
  const ratio = (whole.width * pixels.height) / (whole.height * pixels.width);
  if (Math.abs(ratio - 1) * Math.min(whole.width, whole.height) <= 1) return pixels; // a small one is rounded
  return ratio > 1 ? { width: Math.round(pixels.width * ratio), height: pixels.height } : { width: pixels.width, height: Math.round(pixels.height / ratio) };
}

function within(value: number): number {
  return Math.max(-100, Math.min(100, Math.round(value)));
}
