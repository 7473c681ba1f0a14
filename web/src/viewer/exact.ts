import type { Planes } from '../lib/answers.ts';
import { pause } from '../lib/patience.ts';
import type { News, Order, Want } from './darkroom.ts';
import type { Plane } from './planes.ts';
import type { GrayFacts } from './shading.ts';

/** What is needed of a worker, so that a test can play it. */
export type Port = {
  postMessage(order: Order): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<News>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

/** What exact pixels tell of themselves, and what only the page can do for them. */
export type ExactListener = {
  /** Asks the server where they are, and has them made; null when it no longer gives any. */
  ask(): Promise<Planes | null>;
  drawn(index: number, picture: ImageBitmap): void;
  /** In place of a picture, for who draws the values itself: what its worker makes of them. */
  valued?(index: number, made: object): void;
  /** A picture that was wanted from its object itself cannot be had so. */
  impossible(index: number): void;
  /** Whether somebody waits for them. */
  wanted(): boolean;
  /** What can be had is another now. */
  changed(): void;
  line(up: boolean): void;
};

/** Exact pixels of one picture: there to be fetched, still being made, or not to be had. */
export type Having = 'ready' | 'making' | 'never';

/** As long as nobody wants them, and for who waits. */
const QUESTIONS = 10;
const PATIENCE = 60;
const SLOWEST = 3;

/** The page's end of exact pixels. The worker is started when there is something for it to do. */
export class ExactPixels {
  readonly #start: () => Port;
  readonly #tell: ExactListener;
  readonly #pause: (tries: number) => Promise<void>;
  readonly #here = new Set<number>();
  readonly #spoilt = new Set<number>();
  #port: Port | null = null;
  #state: Having = 'making';
  #generation: number | null = null;
  #planes: readonly (Plane | null)[] | null = null;
  #asking = false;
  #want: Want | null = null;
  #id = 0;
  #closed = false;

  constructor(start: () => Port, tell: ExactListener, wait: (tries: number) => Promise<void> = pause) {
    this.#start = start;
    this.#tell = tell;
    this.#pause = wait;
  }

  /** Asks where they are, and a while again as long as they are being made. */
  async ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    for (let tries = 0; tries < (this.#tell.wanted() ? PATIENCE : QUESTIONS) && !this.#closed; tries++) {
      const planes = await this.#tell.ask();
      if (this.#closed) break;
      this.#hear(planes);
      if (this.#state !== 'making') break;
      await this.#pause(Math.min(tries, SLOWEST));
    }
    this.#asking = false;
  }

  having(index: number): Having {
    return this.#state === 'ready' && ((this.#planes && !this.#planes[index]) || this.#spoilt.has(index)) ? 'never' : this.#state;
  }

  /** How many pictures they are of; null before that is known. */
  get count(): number | null {
    return this.#planes?.length ?? null;
  }

  /** Whether a picture can be drawn without waiting for the line. */
  here(index: number): boolean {
    return this.#here.has(index);
  }

  /** The file's own windows. */
  windows(index: number): GrayFacts['windows'] {
    return this.#planes?.[index]?.facts?.windows ?? [];
  }

  want(want: Omit<Want, 'id'> | null): void {
    if (!want && !this.#want) return;
    this.#want = want && { ...want, id: ++this.#id };
    this.#post({ kind: 'want', want: this.#want });
  }

  /** The same as before, at another place or pace. */
  aim(index: number, speed: number): void {
    if (!this.#want || this.#want.original) return; // what is read out of an object is one picture
    this.#want = { ...this.#want, index, speed };
    this.#post({ kind: 'want', want: this.#want });
  }

  hurry(): void {
    this.#port?.postMessage({ kind: 'hurry' });
  }

  close(): void {
    this.#closed = true;
    this.#port?.terminate();
    this.#port = null;
  }

  #hear(planes: Planes | null): void {
    const { state, url, generation, headEnd } = planes ?? { state: 'none', url: null, generation: null, headEnd: null };
    if (state === 'ready' && url !== null && headEnd !== null) {
      if (generation === this.#generation && this.#state === 'ready') return this.#post({ kind: 'address', url });
      this.#become('ready', generation);
      this.#post({ kind: 'open', place: { url, headEnd } });
    } else if (this.#state !== (state === 'making' ? 'making' : 'never')) {
      this.#become(state === 'making' ? 'making' : 'never', null);
      this.#port?.postMessage({ kind: 'open', place: null });
    } else {
      return;
    }
    this.#tell.changed();
  }

  #become(state: Having, generation: number | null): void {
    this.#state = state;
    this.#generation = generation;
    this.#planes = null;
    this.#here.clear();
    this.#spoilt.clear();
  }

  #post(order: Order): void {
    if (this.#closed) return;
    try {
      this.#port ??= this.#open();
      this.#port.postMessage(order);
    } catch {
      this.#fail(); // a browser without module workers
    }
  }

  #open(): Port {
    const port = this.#start();
    port.onmessage = ({ data }) => this.#listen(data);
    port.onerror = () => this.#fail();
    return port;
  }

  #listen(news: News): void {
    if (this.#closed) {
      if (news.kind === 'drawn') news.bitmap.close();
      return;
    }
    switch (news.kind) {
      case 'head':
        this.#planes = news.planes;
        this.#tell.changed();
        break;
      case 'here':
        this.#here.add(news.index);
        break;
      case 'let':
        this.#here.delete(news.index);
        break;
      case 'drawn':
        if (this.#want?.light) this.#tell.drawn(news.index, news.bitmap);
        else news.bitmap.close();
        break;
      case 'values':
        this.#tell.valued?.(news.index, news.made);
        break;
      case 'impossible':
        if (this.#state === 'ready' && !this.#want?.original) {
          this.#spoilt.add(news.index);
          this.#tell.changed();
        } else {
          this.#tell.impossible(news.index);
        }
        break;
      case 'address':
        void this.ask();
        break;
      case 'line':
        this.#tell.line(news.up);
        break;
      case 'failed':
        this.#fail();
        break;
    }
  }

  #fail(): void {
    this.#port?.terminate();
    this.#port = null;
    this.#become('never', null);
    this.#tell.changed();
  }
}
