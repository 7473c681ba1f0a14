import assert from 'node:assert/strict';
import { test } from 'node:test';
import { after, between, count, fitted, of, type Picture, strip, told } from '../../src/professional/copies/regions.ts';

const picture = (uid: string, rows = 100, columns = 200): Picture => ({ uid, rows, columns, frames: 1, from: 1, pictures: [''] });
const one = picture('1');
const box = (x: number, y: number, width: number, height: number) => ({ key: 1, uid: '1', all: false, x, y, width, height });

test('a rectangle lies within its picture, in whole pixels, and is never nothing', () => {
  assert.deepEqual(fitted(box(-5, 3.4, 900, 0), one), box(0, 3, 200, 1));
  assert.deepEqual(fitted(box(199.9, 99.9, 5, 5), one), box(199, 99, 1, 1));
  assert.deepEqual(fitted(box(NaN, NaN, NaN, NaN), one), box(0, 0, 1, 1));
});

test('whichever way a hand draws, what it drew over is covered whole; a touch draws nothing', () => {
  assert.deepEqual(between({ x: 50.5, y: 60.2 }, { x: 10.9, y: 20.1 }, one, 1), box(10, 20, 40, 41));
  assert.equal(between({ x: 10, y: 10 }, { x: 12, y: 12 }, one, 1), null);
  assert.deepEqual(strip(one, 1), box(0, 0, 200, 10));
});

test('what holds for all pictures holds for those of the same size, and is told by name unless that is every one', () => {
  const all = [one, picture('2'), picture('3', 50, 50)];
  const wide = { ...box(0, 0, 200, 10), all: true };
  assert.deepEqual(all.map((each) => of([wide], each, all).length), [1, 1, 0]);
  assert.deepEqual(told([wide], all), [{ x: 0, y: 0, width: 200, height: 10, instances: ['1', '2'] }]);
  assert.deepEqual(told([wide], all.slice(0, 2)), [{ x: 0, y: 0, width: 200, height: 10 }]);
  assert.deepEqual(told([box(1, 2, 3, 4)], all), [{ x: 1, y: 2, width: 3, height: 4, instances: ['1'] }]);
});

test('frames are gone through one by one, from each picture into the next, to the end', () => {
  const pictures = [one, { ...picture('2'), frames: 3 }];
  assert.equal(count(pictures), 4);
  const seen: string[] = [];
  for (let at: ReturnType<typeof after> = { picture: one, frame: 1 }; at; at = after(at, pictures)) seen.push(`${at.picture.uid} ${at.frame}`);
  assert.deepEqual(seen, ['1 1', '2 1', '2 2', '2 3']);
});
