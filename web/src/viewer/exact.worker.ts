import type { Wish } from './exact.ts';
import { adjusted, extent, range, shade, values, type Window } from './windowing.ts';

/** The one worker of the light box: fetches stored pixels, decodes and shades them, so that no slider stutters. */
type Frame = { readonly key: string; readonly real: Float32Array; readonly own: Window };

let frame: Frame | null = null;

addEventListener('message', ({ data }: MessageEvent<Wish>) => {
  void answer(data).then(
    (picture) => postMessage(picture, { transfer: [picture] }),
    () => postMessage(null),
  );
});

async function answer(wish: Wish): Promise<ImageBitmap> {
  if (frame?.key !== wish.key) frame = await fetched(wish);
  const { rows, columns } = wish.pixels;
  const image = new ImageData(columns, rows);
  shade(frame.real, adjusted(wish.window ?? frame.own, wish.brightness, wish.contrast), wish.pixels.photometric === 'MONOCHROME1', image.data);
  return createImageBitmap(image);
}

async function fetched({ key, address, pixels, frame }: Wish): Promise<Frame> {
  const { first, last } = range(pixels, frame);
  const response = await fetch(address, { headers: { Range: `bytes=${first}-${last}` }, credentials: 'omit' });
  if (response.status !== 206) throw new Error('no part of the object');
  const real = values(await response.arrayBuffer(), pixels);
  return { key, real, own: extent(real) };
}
