import { Darkroom, type Order } from '../../viewer/darkroom.ts';
import { measured, type Measured } from './values.ts';

/** Stored values as they are: the page measures them, and its graphics card draws them. */
const darkroom = new Darkroom({
  bare: measured,
  fetch: (url, init) => fetch(url, init),
  print: () => Promise.reject(new Error('nothing is drawn here')),
  tell: (news) => postMessage(news, { transfer: news.kind === 'values' ? [(news.made as Measured).values.buffer] : [] }),
  now: () => performance.now(),
  later: (act, millis) => setTimeout(act, millis),
});

addEventListener('message', ({ data }: MessageEvent<Order>) => darkroom.take(data));
