import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance, Series } from '../../src/lib/answers.ts';
import { Pictures, picturesOf } from '../../src/viewer/pictures.ts';

const instance = (uid: string, frames: readonly number[]): Instance => ({
  uid, number: null, window: null, pixels: null, frameMillis: 0, frames: frames.length, transferSyntax: '1.2.840.10008.1.2.1', url: `https://s3/${uid}`, preview: `https://s3/${uid}/512`,
  previews: frames.map((frame) => ({ frame, small: null, medium: `https://s3/${uid}/${frame}`, large: null })),
});
const content = (instances: readonly Instance[], next: string | null = null): Series => ({ instances, next, expiresAt: '' });

test('each frame is a picture, an instance without previews is one that is missing', () => {
  const pictures = picturesOf([instance('1', [1, 2]), { ...instance('2', []), previews: [], preview: null }]);
  assert.deepEqual(pictures.map(({ key, medium }) => [key, medium]), [['1#1', 'https://s3/1/1'], ['1#2', 'https://s3/1/2'], ['2#1', null]]);
});

test('a long series comes page by page', async () => {
  const asked: (string | null)[] = [];
  const pictures = new Pictures(async (from) => {
    asked.push(from);
    return from === null ? content([instance('1', [1])], '1.1') : content([instance('2', [1])]);
  }, () => 0);
  assert.equal(await pictures.load(), true);
  assert.deepEqual(asked, [null, '1.1']);
  assert.equal(pictures.count, 2);
});

test('addresses are asked for again before they run out, and once for all who wait', async () => {
  let now = 0;
  let asked = 0;
  const pictures = new Pictures(async () => { asked++; return content([instance('1', [1])]); }, () => now);
  await pictures.load();
  await pictures.at(0);
  assert.equal(asked, 1);
  now = 50_000;
  await Promise.all([pictures.at(0), pictures.at(0)]);
  assert.equal(asked, 2);
});

test('an ended visit gives no picture', async () => {
  let open = true;
  let now = 0;
  const pictures = new Pictures(async () => (open ? content([instance('1', [1])]) : null), () => now);
  await pictures.load();
  open = false;
  now = 60_000;
  assert.equal(await pictures.at(0), null);
});

test('the picture that is waited for comes alone, where the series says which it is', async () => {
  const asked: unknown[] = [];
  const pictures = new Pictures(async (from, limit) => { asked.push([from, limit]); return content([instance('7', [1])]); }, () => 0);
  assert.equal((await pictures.early(150, 300, 300))?.key, '7#1');
  assert.equal((await pictures.early(20, 1, 40))?.key, '7#1');
  assert.equal(await pictures.early(20, 3, 40), null);
  assert.deepEqual(asked, [['150.1', 1], ['0.21', 1]]);
  assert.equal(pictures.count, 0);
});
