/** What objects are fetched with, so that a test can play it. */
export type Store = { fetch(url: string, init: RequestInit): Promise<Response> };

/** An address that has run out, or never was one. */
export class Refused extends Error {}
/** A store that sends something else than was asked for: asking again is in vain. */
export class Useless extends Error {}

/**
 * Reads the bytes of an object from `start` up to, not with, `end`; `took` is told what has come each time some more
 * has. `no-store`, or the browser queues requests for one address and cuts ranges short out of its cache.
 */
export async function readPart(store: Store, url: string, start: number, end: number, signal: AbortSignal | null,
  took: (bytes: Uint8Array<ArrayBuffer>, filled: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const response = await store.fetch(url, { headers: { Range: `bytes=${start}-${end - 1}` }, cache: 'no-store', signal });
  if (response.status === 403 || response.status === 404) throw new Refused();
  if (response.status >= 500) throw new Error('the store is not there');
  const told = response.headers.get('Content-Range');
  if (response.status !== 206 || !response.body || (told !== null && !told.startsWith(`bytes ${start}-${end - 1}/`))) {
    void response.body?.cancel();
    throw new Useless();
  }
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  const reader = response.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (filled + part.value.length > bytes.length) throw new Useless();
      bytes.set(part.value, filled);
      filled += part.value.length;
      took(bytes, filled);
    }
  } catch (fault) {
    void reader.cancel().catch(() => undefined); // nothing more of it is sent
    throw fault;
  }
  if (filled < bytes.length) throw new Error('less than was promised');
  return bytes;
}

const PATIENCE_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** No connection: what is here stays, and it is tried again, less and less often; told once, and once when it is back. */
export class Line {
  readonly #later: (act: () => void, millis: number) => void;
  readonly #tell: (up: boolean) => void;
  #waiting = false;
  #tries = 0;
  #turn = 0;

  constructor(later: (act: () => void, millis: number) => void, tell: (up: boolean) => void) {
    this.#later = later;
    this.#tell = tell;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  begin(): void {
    this.#turn++;
    this.#waiting = false;
    this.#tries = 0;
  }

  hurry(): void {
    this.#waiting = false;
  }

  found(): void {
    if (this.#tries === 0) return;
    this.#tries = 0;
    this.#tell(true);
  }

  lost(again: () => void): void {
    this.#waiting = true;
    const turn = this.#turn;
    this.#later(() => {
      if (turn !== this.#turn || !this.#waiting) return;
      this.#waiting = false;
      again();
    }, PATIENCE_MS[Math.min(this.#tries++, PATIENCE_MS.length - 1)]!);
    if (this.#tries === 1) this.#tell(false);
  }
}
