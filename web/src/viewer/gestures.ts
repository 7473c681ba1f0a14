import type { Point } from './zoom.ts';

const SWIPE_PX = 40;
const TAP_PX = 8;
const TAP_MS = 400;

/** What fingers on the picture may do. */
export type Hands = {
  /** Whether one finger moves the picture, changes its brightness, or passes to another one. */
  meaning(): 'move' | 'tone' | 'pass';
  pinch(before: readonly [Point, Point], after: readonly [Point, Point]): void;
  move(x: number, y: number): void;
  tone(x: number, y: number): void;
  pass(pictures: number): void;
  tap(): void;
  /** Where somebody points, counted from the middle of the stage. */
  point(event: MouseEvent): Point;
};

/** One finger changes the picture, its brightness, or moves an enlarged one; two fingers enlarge; a tap is a tap. */
export function listenTo(stage: HTMLElement, hands: Hands): void {
  const fingers = new Map<number, Point>();
  let swept = 0;
  let way = 0;
  let since = 0;
  const pair = (): [Point, Point] | null => {
    const [a, b] = [...fingers.values()];
    return a && b ? [a, b] : null;
  };
  stage.addEventListener('pointerdown', (event) => {
    if (fingers.size === 2 || event.button !== 0 || (event.target as Element).closest('button, a')) return;
    if (fingers.size === 0) [way, since] = [0, event.timeStamp];
    fingers.set(event.pointerId, hands.point(event));
    stage.setPointerCapture(event.pointerId);
    swept = 0;
  });
  stage.addEventListener('pointermove', (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const two = pair();
    const to = hands.point(event);
    fingers.set(event.pointerId, to);
    const now = pair();
    const [x, y] = [to.x - from.x, to.y - from.y];
    way += Math.hypot(x, y);
    if (two && now) {
      way = Infinity;
      hands.pinch(two, now);
    } else if (hands.meaning() === 'move') {
      hands.move(x, y);
    } else if (hands.meaning() === 'tone') {
      hands.tone(x, y);
    } else {
      swept += x;
      if (Math.abs(swept) < SWIPE_PX) return;
      hands.pass(-Math.sign(swept));
      swept = 0;
    }
  });
  stage.addEventListener('pointerup', (event) => {
    if (fingers.delete(event.pointerId) && fingers.size === 0 && way < TAP_PX && event.timeStamp - since < TAP_MS) hands.tap();
    swept = 0;
  });
  stage.addEventListener('pointercancel', (event) => { fingers.delete(event.pointerId); swept = 0; });
  // Up and down moves the page while the picture is whole; with two fingers the page stays where it is.
  stage.addEventListener('touchmove', (event) => { if (event.touches.length > 1) event.preventDefault(); }, { passive: false });
}
