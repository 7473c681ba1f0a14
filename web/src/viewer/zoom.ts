/** How the picture lies in its stage: enlarged about the middle, then moved, in pixels of the page. */
export type Place = { readonly scale: number; readonly x: number; readonly y: number };
export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

export const WHOLE: Place = { scale: 1, x: 0, y: 0 };
export const LARGEST = 8;

/** What lies under the point stays under it. The point counts from the middle of the stage. */
export function enlarged(place: Place, factor: number, stage: Size, point: Point = { x: 0, y: 0 }): Place {
  const scale = Math.min(LARGEST, Math.max(1, place.scale * factor));
  const real = scale / place.scale;
  return held({ scale, x: point.x - (point.x - place.x) * real, y: point.y - (point.y - place.y) * real }, stage);
}

export function moved(place: Place, x: number, y: number, stage: Size): Place {
  return held({ scale: place.scale, x: place.x + x, y: place.y + y }, stage);
}

/** An enlarged picture always fills its stage: nobody moves it out of sight. */
function held({ scale, x, y }: Place, { width, height }: Size): Place {
  const within = (value: number, size: number) => {
    const most = (size * (scale - 1)) / 2;
    return Math.min(most, Math.max(-most, value)) || 0;
  };
  return { scale, x: within(x, width), y: within(y, height) };
}

/** Two fingers: their distance is the size, their middle carries the picture along. */
export function pinched(place: Place, before: readonly [Point, Point], after: readonly [Point, Point], stage: Size): Place {
  const apart = ([a, b]: readonly [Point, Point]) => Math.hypot(a.x - b.x, a.y - b.y);
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const from = middle(before);
  const to = middle(after);
  const factor = apart(before) > 0 ? apart(after) / apart(before) : 1;
  return moved(enlarged(place, factor, stage, from), to.x - from.x, to.y - from.y, stage);
}
