import { pause } from '../lib/patience.ts';
import type { Picture, Pictures } from './pictures.ts';
import type { Listener, Shot, Source } from './source.ts';

const AHEAD = 6;
const KEPT = 24;
const AT_ONCE = 4;

/** What a browser does with an address, so that a test can play it. `refused` may be an address that has run out. */
export type Loaded = ImageBitmap | 'spoilt' | 'refused' | 'no line';
export type Load = (address: string, signal: AbortSignal) => Promise<Loaded>;

export const load: Load = async (address, signal) => {
  let response: Response;
  let blob: Blob;
  try {
    response = await fetch(address, { cache: 'no-store', signal });
    blob = await response.blob();
  } catch {
    return 'no line';
  }
  if (response.status === 403) return 'refused';
  if (!response.ok) return response.status >= 500 ? 'no line' : 'spoilt';
  return createImageBitmap(blob).catch(() => 'spoilt' as const);
};

/** Pictures one by one, as long as a series has no film: the nearest first, and nothing for a place that was left. */
export class Singles implements Source {
  readonly #pictures: Pictures;
  readonly #tell: Listener;
  readonly #load: Load;
  readonly #held = new Map<number, ImageBitmap | 'spoilt'>();
  readonly #flying = new Map<number, AbortController>();
  readonly #refused = new Set<number>();
  #index: number;
  #way = 1;
  #tries = 0;
  #waiting = false;
  #closed = false;

  /** `first` is the picture in hand, known before all others are. */
  constructor(pictures: Pictures, index: number, tell: Listener, first: Picture | null, how: Load = load) {
    this.#pictures = pictures;
    this.#index = index;
    this.#tell = tell;
    this.#load = how;
    if (first) void this.#fetch(index, first);
    else this.#work();
  }

  aim(index: number, speed: number): void {
    this.#index = index;
    if (speed !== 0) this.#way = Math.sign(speed);
    for (const [other, flight] of this.#flying) if (Math.abs(other - index) > AHEAD) flight.abort();
    this.#work();
  }

  at(index: number): Shot | 'spoilt' | null {
    const held = this.#held.get(index);
    if (!held || held === 'spoilt') return held ?? null;
    const { width, height } = held;
    return { image: held, x: 0, y: 0, width, height, whole: { width, height }, grade: 'medium' };
  }

  whole(index: number): Shot['whole'] | null {
    const shot = this.at(index);
    return shot === 'spoilt' ? null : shot?.whole ?? null;
  }

  hurry(): void {
    this.#waiting = false;
    this.#work();
  }

  close(): void {
    this.#closed = true;
    for (const flight of this.#flying.values()) flight.abort();
    for (const held of this.#held.values()) if (held !== 'spoilt') held.close();
    this.#held.clear();
  }

  #work(): void {
    if (this.#closed || this.#waiting) return;
    for (let step = 0; step <= AHEAD; step++) {
      for (const index of step === 0 ? [this.#index] : [this.#index + step * this.#way, this.#index - step * this.#way]) {
        if (this.#flying.size >= AT_ONCE) return;
        if (index < 0 || index >= this.#pictures.count || this.#held.has(index) || this.#flying.has(index)) continue;
        void this.#fetch(index);
      }
    }
  }

  async #fetch(index: number, first: Picture | null = null): Promise<void> {
    const flight = new AbortController();
    this.#flying.set(index, flight);
    const picture = first ?? await this.#pictures.at(index);
    if (!picture) {
      this.#flying.delete(index); // the visit is over, and the page knows
      return;
    }
    const loaded = picture.medium === null ? 'spoilt' : flight.signal.aborted ? 'no line' : await this.#load(picture.medium, flight.signal);
    this.#flying.delete(index);
    if (this.#closed) {
      if (typeof loaded !== 'string') loaded.close();
      return;
    }
    if (loaded === 'no line') {
      if (!flight.signal.aborted) return this.#lost();
    } else if (loaded === 'refused' && !this.#refused.has(index)) {
      this.#refused.add(index); // once more, with an address that is new
      this.#pictures.expire();
    } else {
      this.#hold(index, loaded === 'refused' ? 'spoilt' : loaded);
    }
    this.#work();
  }

  #hold(index: number, loaded: ImageBitmap | 'spoilt'): void {
    if (this.#tries > 0) this.#tell.line(true);
    this.#tries = 0;
    this.#refused.delete(index);
    this.#held.set(index, loaded);
    while (this.#held.size > KEPT) {
      const far = (one: number) => Math.abs(one - this.#index);
      const farthest = [...this.#held.keys()].reduce((one, other) => (far(other) > far(one) ? other : one));
      const old = this.#held.get(farthest)!;
      if (old !== 'spoilt') old.close();
      this.#held.delete(farthest);
    }
    this.#tell.changed(index);
  }

  #lost(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    if (this.#tries === 0) this.#tell.line(false);
    void pause(this.#tries++).then(() => this.hurry());
  }
}
