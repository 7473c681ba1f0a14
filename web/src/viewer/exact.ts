import type { Pixels } from '../lib/answers.ts';
import type { Window } from './windowing.ts';

/** One picture in one light, as the worker is asked for it. */
export type Wish = {
  readonly key: string;
  readonly address: string;
  readonly frame: number;
  readonly pixels: Pixels;
  readonly window: Window | null;
  readonly brightness: number;
  readonly contrast: number;
};
export type Drawn = { kind: 'drawn'; picture: ImageBitmap } | { kind: 'overtaken' } | { kind: 'impossible' };

/** What is needed of a worker, so that a test can play it. */
export type Port = {
  postMessage(wish: Wish): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ImageBitmap | null>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

/**
 * Exact pixels on demand. The worker has one wish in hand; of those that come meanwhile only the
 * newest is kept, since a finger on a slider asks faster than an X-ray is shaded.
 */
export class ExactPixels {
  readonly #start: () => Port;
  #port: Port | null = null;
  #answer: ((drawn: Drawn) => void) | null = null;
  #next: { wish: Wish; answer: (drawn: Drawn) => void } | null = null;

  constructor(start: () => Port) {
    this.#start = start;
  }

  ask(wish: Wish): Promise<Drawn> {
    return new Promise((answer) => {
      this.#next?.answer({ kind: 'overtaken' });
      this.#next = { wish, answer };
      this.#work();
    });
  }

  close(): void {
    this.#port?.terminate();
    this.#port = null;
    this.#settle({ kind: 'overtaken' });
    this.#next?.answer({ kind: 'overtaken' });
    this.#next = null;
  }

  #work(): void {
    if (this.#answer || !this.#next) return;
    const { wish, answer } = this.#next;
    this.#next = null;
    this.#answer = answer;
    try {
      this.#port ??= this.#open();
      this.#port.postMessage(wish);
    } catch {
      this.#fail(); // a browser without module workers
    }
  }

  #open(): Port {
    const port = this.#start();
    port.onmessage = ({ data }) => {
      this.#settle(data ? { kind: 'drawn', picture: data } : { kind: 'impossible' });
      this.#work();
    };
    port.onerror = () => this.#fail();
    return port;
  }

  #fail(): void {
    this.#port?.terminate();
    this.#port = null;
    this.#settle({ kind: 'impossible' });
    this.#work();
  }

  #settle(drawn: Drawn): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(drawn);
  }
}
