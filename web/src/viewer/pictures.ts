import type { Film, Instance, OpenedSeries, Planes, Series } from '../lib/answers.ts';

/** One picture of a series: a frame of an instance. */
export type Picture = {
  readonly key: string;
  readonly instance: string;
  readonly frame: number;
  readonly medium: string | null;
  readonly large: string | null;
  /** Where the object lies; null where its address has not been asked for. */
  readonly original: string | null;
  readonly pixels: Instance['pixels'];
  readonly window: Instance['window'];
  readonly frameMillis: number;
  /** Whether it is a video, and where it lies now. */
  readonly video: Instance['video'];
  /** Of the stored picture, in pixels; 0 where nobody says it. */
  readonly longSide: number;
};

export function picturesOf(instances: readonly Instance[]): Picture[] {
  return instances.flatMap((instance) => {
    const previews = instance.previews?.length ? instance.previews
      : Array.from({ length: Math.max(1, instance.frames) }, (_, i) => ({ frame: i + 1, small: null, medium: i === 0 ? instance.preview ?? null : null, large: null }));
    return previews.map((preview) => ({
      key: `${instance.uid}#${preview.frame}`,
      instance: instance.uid,
      frame: preview.frame,
      medium: preview.medium ?? preview.small,
      large: preview.large,
      original: instance.url,
      pixels: instance.pixels,
      window: instance.window,
      frameMillis: instance.frameMillis,
      video: instance.video,
      longSide: Math.max(instance.pixels?.rows ?? 0, instance.pixels?.columns ?? 0),
    }));
  });
}

function earlyOf({ instances, film }: Series): Early {
  return { picture: picturesOf(instances).at(0) ?? null, film };
}

const LIFE_MS = 50_000; // of the 60 seconds that an address lives, so that none runs out on its way

export type Query = { readonly from?: string; readonly limit?: number; readonly instance?: string; readonly exact?: true };
/** Null when the server no longer gives them; who asks waits as long as there is no connection. */
export type Ask = (query: Query) => Promise<Series | null>;

export type Exact = { readonly film: Film | null; readonly planes: Planes | null; readonly metadata: string | null };
export type Early = { readonly picture: Picture | null; readonly film: Film | null };
type Size = { readonly instances: number; readonly frames: number };

/** Where a series is opened: a clip begins, a stack has a middle. `at` is where somebody was in it. */
export function openedAt({ instances, frames }: Size, at: number | null): number {
  return Math.max(0, Math.min(frames - 1, at ?? (frames > instances ? 0 : Math.floor(frames / 2))));
}

/** What is known of the pictures of a series, with addresses that still live. Long series come page by page. */
export class Pictures {
  readonly #ask: Ask;
  readonly #clock: () => number;
  #all: readonly Picture[] = [];
  #film: Film | null = null;
  #until = 0;
  #asking: Promise<boolean> | null = null;
  #one: { picture: Picture | null; until: number } = { picture: null, until: 0 };

  constructor(ask: Ask, clock: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#clock = clock;
  }

  get count(): number {
    return this.#all.length;
  }

  get film(): Film | null {
    return this.#film;
  }

  /** The one picture that a patient waits for, and the film, before what is told of hundreds of others is there. */
  async early(index: number, { instances, frames }: Size): Promise<Early | null> {
    if (frames < 2) return null; // there are no others
    const from = frames === instances ? `${index}.1` : instances === 1 ? `0.${index + 1}` : null;
    if (from === null) return null; // which instance has it is not known yet
    const page = await this.#ask({ from, limit: 1 });
    return page && earlyOf(page);
  }

  /** The same where it came with the study just now. If that is all of the series, nobody asks again. */
  opened({ picture, pictures }: OpenedSeries): Early {
    if (picture === 0 && pictures.next === null) this.#take(pictures.instances, pictures.film, this.#clock());
    return earlyOf(pictures);
  }

  #take(instances: readonly Instance[], film: Film | null, asked: number): void {
    this.#all = picturesOf(instances);
    this.#film = film;
    this.#until = asked + LIFE_MS;
  }

  /** False when the server no longer gives them. */
  load(): Promise<boolean> {
    this.#asking ??= this.#fetch().finally(() => { this.#asking = null; });
    return this.#asking;
  }

  async #fetch(): Promise<boolean> {
    const asked = this.#clock();
    const instances: Instance[] = [];
    let film: Film | null = null;
    let from: string | null = null;
    do {
      const page: Series | null = await this.#ask(from === null ? {} : { from });
      if (!page) return false;
      instances.push(...page.instances);
      film ??= page.film;
      from = page.next;
    } while (from !== null);
    this.#take(instances, film, asked);
    return true;
  }

  /** The film with an address that has its minute before it. */
  async renewed(): Promise<Film | null> {
    const page = await this.#ask({ limit: 1 });
    return page?.film ?? null;
  }

  /** Where the exact pixels are; asking has them made. Null when the server no longer gives them. */
  async exact(): Promise<Exact | null> {
    const page = await this.#ask({ exact: true, limit: 1 });
    return page && { film: page.film, planes: page.planes, metadata: page.metadata ?? null };
  }

  /** A picture whose addresses live. In a long series with a film only what is asked for one by one has any. */
  async at(index: number): Promise<Picture | null> {
    const known = this.#all[index];
    const old = !known || (known.original !== null && this.#clock() >= this.#until);
    if (old && !(await this.load())) return null;
    const picture = this.#all[index];
    return picture?.original === null ? this.#alone(picture) : picture ?? null;
  }

  async #alone({ key, instance, frame }: Picture): Promise<Picture | null> {
    if (this.#one.picture?.key === key && this.#clock() < this.#one.until) return this.#one.picture;
    const asked = this.#clock();
    const page = await this.#ask({ instance, from: `0.${frame}`, limit: 1 });
    const picture = page && picturesOf(page.instances).at(0);
    this.#one = { picture: picture ?? null, until: asked + LIFE_MS };
    return this.#one.picture;
  }

  /** An address was refused before its time. */
  expire(): void {
    this.#until = this.#one.until = 0;
  }

  /** What is known of a picture, whatever its addresses are worth. */
  known(index: number): Picture | undefined {
    return this.#all[index];
  }

  find(key: string | undefined): number | null {
    const index = this.#all.findIndex((one) => one.key === key);
    return index < 0 ? null : index;
  }
}
