import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enlarged, LARGEST, moved, pinched, WHOLE } from '../../src/viewer/zoom.ts';

const stage = { width: 400, height: 300 };

test('what lies under the fingers stays there', () => {
  const point = { x: 100, y: -50 };
  const place = enlarged(WHOLE, 2, stage, point);
  assert.deepEqual(place, { scale: 2, x: -100, y: 50 });
  const further = enlarged(place, 1.5, stage, point);
  const under = ({ scale, x, y }: typeof place) => [(point.x - x) / scale, (point.y - y) / scale];
  assert.deepEqual(under(further), under(place));
});

test('never smaller than whole, never larger than the largest', () => {
  assert.deepEqual(enlarged({ scale: 2, x: 80, y: 10 }, 0.1, stage), WHOLE);
  assert.equal(enlarged(WHOLE, 100, stage).scale, LARGEST);
});

test('an enlarged picture cannot be moved out of its stage, a whole one not at all', () => {
  assert.deepEqual(moved(WHOLE, 50, 50, stage), WHOLE);
  assert.deepEqual(moved({ scale: 3, x: 0, y: 0 }, 9999, -9999, stage), { scale: 3, x: 400, y: -300 });
});

test('fingers twice as far apart make it twice as large, and carry it along', () => {
  const place = pinched(WHOLE, [{ x: -50, y: 0 }, { x: 50, y: 0 }], [{ x: -90, y: 20 }, { x: 110, y: 20 }], stage);
  assert.deepEqual(place, { scale: 2, x: 10, y: 20 });
  assert.deepEqual(pinched(WHOLE, [{ x: 0, y: 0 }, { x: 0, y: 0 }], [{ x: 9, y: 9 }, { x: 9, y: 9 }], stage), WHOLE);
});
