import { h } from '../lib/dom.ts';
import { pause } from '../lib/patience.ts';

const TRIES = 2;
const LIFE_MS = 50_000;

/**
 * A video, shown by the browser's own player. Its address lives a minute: where it has run out, another is asked for,
 * and the video goes on where it was. What the browser cannot play is told.
 */
export class Player {
  readonly element: HTMLVideoElement;
  readonly #ask: () => Promise<string | null>;
  readonly #failed: () => void;
  #tries = 0;
  #asked = 0;
  #closed = false;

  /** `ask` gives an address that lives, null when there is none any more. */
  constructor(label: string, ask: () => Promise<string | null>, failed: () => void) {
    this.#ask = ask;
    this.#failed = failed;
    this.element = h('video', { class: 'lb-video', controls: true, playsinline: true, preload: 'auto', 'aria-label': label });
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'dblclick']) this.element.addEventListener(kind, (event) => event.stopPropagation());
    this.element.addEventListener('error', () => void this.#mend());
    this.element.addEventListener('canplay', () => { this.#tries = 0; });
    void this.#load(0, false);
  }

  close(): void {
    this.#closed = true;
    this.element.removeAttribute('src');
    this.element.load(); // or it goes on loading
  }

  async #load(at: number, playing: boolean): Promise<void> {
    this.#asked = performance.now();
    const address = await this.#ask();
    if (this.#closed) return;
    if (!address) return this.#failed();
    this.element.src = address;
    if (at > 0) this.element.currentTime = at;
    if (playing) await this.element.play().catch(() => undefined);
  }

  async #mend(): Promise<void> {
    if (this.#closed) return;
    const { currentTime, paused, error } = this.element;
    const lives = performance.now() - this.#asked < LIFE_MS;
    const spoilt = lives && (error?.code ?? 0) >= MediaError.MEDIA_ERR_DECODE;
    if (navigator.onLine && (spoilt || this.#tries >= TRIES)) return this.#failed();
    await pause(this.#tries++);
    if (!this.#closed) await this.#load(currentTime, !paused);
  }
}
