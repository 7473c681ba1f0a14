import type { Instance, Pixels, Series } from '../lib/answers.ts';

/** One picture of a series: a frame of an instance. */
export type Picture = {
  readonly key: string;
  readonly instance: string;
  readonly frame: number;
  readonly medium: string | null;
  readonly large: string | null;
  readonly original: string;
  readonly pixels: Pixels | null;
  readonly window: { readonly center: number; readonly width: number } | null;
  readonly frameMillis: number;
};

export function picturesOf(instances: readonly Instance[]): Picture[] {
  return instances.flatMap((instance) => {
    const previews = instance.previews.length
      ? instance.previews
      : [{ frame: 1, small: null, medium: instance.preview, large: null }];
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
    }));
  });
}

const LIFE_MS = 50_000; // of the 60 seconds that an address lives, so that none runs out on its way

export type Ask = (from: string | null, limit: number | null) => Promise<Series | null>;

/** The pictures of a series with addresses that still live. Long series come page by page. */
export class Pictures {
  readonly #ask: Ask;
  readonly #clock: () => number;
  #all: readonly Picture[] = [];
  #until = 0;
  #asking: Promise<boolean> | null = null;

  constructor(ask: Ask, clock: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#clock = clock;
  }

  get count(): number {
    return this.#all.length;
  }

  /** The one picture that a patient waits for, before the addresses of hundreds of others are there. */
  async early(index: number, instances: number, frames: number): Promise<Picture | null> {
    const from = frames === instances ? `${index}.1` : instances === 1 ? `0.${index + 1}` : null;
    if (from === null) return null; // which instance has it is not known yet
    const page = await this.#ask(from, 1);
    return page ? picturesOf(page.instances).at(0) ?? null : null;
  }

  /** False when the server no longer gives them. */
  load(): Promise<boolean> {
    this.#asking ??= this.#fetch().finally(() => { this.#asking = null; });
    return this.#asking;
  }

  async #fetch(): Promise<boolean> {
    const asked = this.#clock();
    const instances: Instance[] = [];
    let from: string | null = null;
    do {
      const page: Series | null = await this.#ask(from, null);
      if (!page) return false;
      instances.push(...page.instances);
      from = page.next;
    } while (from !== null);
    this.#all = picturesOf(instances);
    this.#until = asked + LIFE_MS;
    return true;
  }

  async at(index: number): Promise<Picture | null> {
    if (this.#clock() >= this.#until && !(await this.load())) return null;
    return this.#all[index] ?? null;
  }

  /** What is known of a picture, whatever its addresses are worth. */
  known(index: number): Picture | undefined {
    return this.#all[index];
  }
}
