import type { Film } from '../lib/answers.ts';
import { type FilmHead, tileOf } from './film.ts';
import type { News, Order } from './projector.ts';
import type { Listener, Shot, Source } from './source.ts';

/** What is needed of the worker, so that a test can play it. */
export type FilmPort = {
  postMessage(order: Order): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<News>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};
/** What only the page can do for a film. */
export type Reels = Listener & {
  /** A film with a fresh address; null when there is none any more. */
  renew(): Promise<Film | null>;
  failed(): void;
};

/** The page's end of a film: what the worker has decoded lies here, ready to be drawn. */
export class Reel implements Source {
  readonly #port: FilmPort;
  readonly #tell: Reels;
  readonly #sheets = new Map<number, ImageBitmap>();
  readonly #pictures = new Map<number, ImageBitmap>();
  readonly #spoilt = new Set<number>();
  #film: Film;
  #head: FilmHead | null = null;
  #index: number;
  #closed = false;

  constructor(port: FilmPort, film: Film, index: number, tell: Reels) {
    this.#port = port;
    this.#tell = tell;
    this.#film = film;
    this.#index = index;
    port.onmessage = ({ data }) => this.#hear(data);
    port.onerror = () => this.#fail();
    port.postMessage({ kind: 'open', film, index });
  }

  aim(index: number, speed: number): void {
    this.#index = index;
    this.#port.postMessage({ kind: 'aim', index, speed });
  }

  at(index: number): Shot | 'spoilt' | null {
    const whole = this.#head?.pictures[index];
    if (!whole) return null;
    const { width, height } = whole;
    const picture = this.#pictures.get(index);
    if (picture) return { image: picture, x: 0, y: 0, width: picture.width, height: picture.height, whole: { width, height }, grade: 'medium' };
    if (whole.length === 0 || this.#spoilt.has(index)) return 'spoilt';
    const tile = tileOf(this.#head!, index);
    const sheet = tile && this.#sheets.get(tile.sheet);
    return sheet ? { image: sheet, x: tile.x, y: tile.y, width: tile.width, height: tile.height, whole: { width, height }, grade: 'small' } : null;
  }

  whole(index: number): Shot['whole'] | null {
    return this.#head?.pictures[index] ?? null;
  }

  hurry(): void {
    this.#port.postMessage({ kind: 'hurry' });
  }

  close(): void {
    this.#closed = true;
    this.#port.terminate();
    this.#clear();
  }

  #hear(news: News): void {
    if (this.#closed) {
      if ('bitmap' in news) news.bitmap.close();
      return;
    }
    switch (news.kind) {
      case 'head':
        this.#head = news.head;
        this.#tell.changed();
        break;
      case 'sheet':
        this.#sheets.set(news.index, news.bitmap);
        this.#tell.changed();
        break;
      case 'picture':
        this.#pictures.set(news.index, news.bitmap);
        this.#tell.changed(news.index);
        break;
      case 'spoilt':
        this.#spoilt.add(news.index);
        this.#tell.changed(news.index);
        break;
      case 'let': {
        const held = news.of === 'sheet' ? this.#sheets : this.#pictures;
        held.get(news.index)?.close();
        held.delete(news.index);
        break;
      }
      case 'address':
        void this.#renew();
        break;
      case 'line':
        this.#tell.line(news.up);
        break;
      case 'failed':
        this.#fail();
        break;
    }
  }

  async #renew(): Promise<void> {
    const film = await this.#tell.renew();
    if (film) this.take(film);
    else this.#fail();
  }

  /** The same film goes on with what is missing; another one, of a series that has grown, begins anew. */
  take(film: Film): void {
    if (this.#closed) return;
    if (film.generation === this.#film.generation) {
      this.#port.postMessage({ kind: 'address', url: film.url });
    } else {
      this.#film = film;
      this.#clear();
      this.#port.postMessage({ kind: 'open', film, index: this.#index });
    }
  }

  #clear(): void {
    for (const held of [this.#sheets, this.#pictures]) {
      for (const bitmap of held.values()) bitmap.close();
      held.clear();
    }
    this.#spoilt.clear();
    this.#head = null;
  }

  #fail(): void {
    if (this.#closed) return;
    this.close();
    this.#tell.failed();
  }
}
