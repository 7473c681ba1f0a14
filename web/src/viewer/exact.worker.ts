import { Darkroom, type Order } from './darkroom.ts';

/** More pixels than that no canvas of a phone takes. */
const MOST = 2 ** 24;
let image: ImageData | null = null;

/** The one worker of exact pixels: what is plain about it stands in `darkroom.ts`. */
const darkroom = new Darkroom({
  fetch: (url, init) => fetch(url, init),
  print: (columns, rows, expose) => {
    if (image?.width !== columns || image.height !== rows) image = new ImageData(columns, rows);
    expose(image.data);
    const part = Math.sqrt(MOST / (columns * rows));
    return part >= 1 ? createImageBitmap(image)
      : createImageBitmap(image, { resizeWidth: Math.floor(columns * part), resizeHeight: Math.floor(rows * part), resizeQuality: 'medium' });
  },
  tell: (news) => postMessage(news, { transfer: 'bitmap' in news ? [news.bitmap] : [] }),
  now: () => performance.now(),
  later: (act, millis) => setTimeout(act, millis),
});

addEventListener('message', ({ data }: MessageEvent<Order>) => darkroom.take(data));
