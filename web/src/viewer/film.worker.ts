import { type Order, Projector } from './projector.ts';

/** The one worker of the film: what is plain about it stands in `projector.ts`. */
const projector = new Projector({
  fetch: (url, init) => fetch(url, init),
  decode: (jpeg) => createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' })),
  tell: (news) => postMessage(news, { transfer: 'bitmap' in news ? [news.bitmap] : [] }),
  now: () => performance.now(),
  later: (act, millis) => setTimeout(act, millis),
});

addEventListener('message', ({ data }: MessageEvent<Order>) => projector.take(data));
