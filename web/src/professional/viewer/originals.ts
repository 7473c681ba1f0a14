import { imageLoader, type Types } from '@cornerstonejs/core';
import { init, wadouri } from '@cornerstonejs/dicom-image-loader';

/**
 * Pictures that have no exact pixels of ours are read out of their objects. Each is fetched here, by an address that
 * lives a minute, so the name of a picture never holds an address; the newest few stay for their other frames.
 */
const FEW = 4;

export class Originals {
  readonly #files = new Map<string, Promise<string>>();

  constructor() {
    init({ maxWebWorkers: 1 });
  }

  /** `key` names the object, `frame` counts from 1. */
  async image(key: string, frame: number, address: () => Promise<string | null>): Promise<Types.IImage> {
    const held = this.#files.get(key) ?? fetched(address);
    this.#files.delete(key);
    this.#files.set(key, held);
    held.catch(() => this.#files.delete(key));
    for (const [old, file] of [...this.#files].slice(0, -FEW)) {
      this.#files.delete(old);
      void file.then(forget, () => undefined);
    }
    return imageLoader.loadImage(`${await held}?frame=${frame}`, { priority: 0, requestType: 'interaction' } as Parameters<typeof imageLoader.loadImage>[1]);
  }

  close(): void {
    this.#files.clear();
    wadouri.fileManager.purge();
    wadouri.dataSetCacheManager.purge();
  }
}

async function fetched(address: () => Promise<string | null>): Promise<string> {
  const url = await address();
  if (!url) throw new Error('no address');
  const answer = await fetch(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!answer.ok) throw new Error('the store does not give it');
  return wadouri.fileManager.add(await answer.blob());
}

function forget(file: string): void {
  wadouri.dataSetCacheManager.unload(file);
  wadouri.fileManager.remove(Number(file.slice('dicomfile:'.length)));
}
