import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance, Series } from '../../src/lib/answers.ts';
import { openedAt, Pictures, picturesOf } from '../../src/viewer/pictures.ts';

const instance = (uid: string, frames: readonly number[]): Instance => ({
  uid, number: null, window: null, pixels: null, frameMillis: 0, video: null, frames: frames.length, transferSyntax: '1.2.840.10008.1.2.1', rows: 1, columns: 1, url: `https://s3/${uid}`, preview: `https://s3/${uid}/512`,
  previews: frames.map((frame) => ({ frame, small: null, medium: `https://s3/${uid}/${frame}`, large: null })),
});
const content = (instances: readonly Instance[], next: string | null = null): Series => ({ instances, film: null, planes: null, metadata: null, next, expiresAt: '' });

test('each frame is a picture, an instance without previews is one that is missing', () => {
  const pictures = picturesOf([instance('1', [1, 2]), { ...instance('2', []), previews: [], preview: null }]);
  assert.deepEqual(pictures.map(({ key, medium }) => [key, medium]), [['1#1', 'https://s3/1/1'], ['1#2', 'https://s3/1/2'], ['2#1', null]]);
});

test('a long series comes page by page', async () => {
  const asked: (string | undefined)[] = [];
  const pictures = new Pictures(async ({ from }) => {
    asked.push(from);
    return from === undefined ? content([instance('1', [1])], '1.1') : content([instance('2', [1])]);
  }, () => 0);
  assert.equal(await pictures.load(), true);
  assert.deepEqual(asked, [undefined, '1.1']);
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

const film = { url: 'https://s3/film', generation: 4, pictures: 2, sheetsEnd: 900 };

test('the picture that is waited for comes alone, and with it the film, where the series says which it is', async () => {
  const asked: unknown[] = [];
  const pictures = new Pictures(async (query) => { asked.push(query); return { ...content([instance('7', [1])]), film }; }, () => 0);
  const early = await pictures.early(150, { instances: 300, frames: 300 });
  assert.deepEqual([early?.picture?.key, early?.film], ['7#1', film]);
  assert.equal((await pictures.early(20, { instances: 1, frames: 40 }))?.picture?.key, '7#1');
  assert.equal(await pictures.early(20, { instances: 3, frames: 40 }), null);
  assert.deepEqual(asked, [{ from: '150.1', limit: 1 }, { from: '0.21', limit: 1 }]);
  assert.equal(pictures.count, 0);
});

test('in a series with a film an instance is asked for its addresses alone, once a minute', async () => {
  let now = 0;
  const asked: unknown[] = [];
  const bare = (uid: string, frames: number) => ({ ...instance(uid, []), frames, url: null, preview: null, previews: [] });
  const pictures = new Pictures(async (query) => {
    asked.push(query);
    return { ...content(query.instance ? [instance(query.instance, [Number(query.from!.split('.')[1])])] : [bare('1', 2), bare('2', 2)]), film };
  }, () => now);
  assert.equal((await pictures.at(0))?.original, 'https://s3/1', 'also where nothing was known before');
  assert.deepEqual([pictures.count, pictures.film], [4, film]);
  now = 90_000; // what has no address does not run out
  assert.equal((await pictures.at(2))?.original, 'https://s3/2');
  assert.equal((await pictures.at(3))?.medium, 'https://s3/2/2');
  await pictures.at(3);
  now = 140_000;
  await pictures.at(3);
  const of = (frame: number) => ({ instance: '2', from: `0.${frame}`, limit: 1 });
  assert.deepEqual(asked.slice(2), [of(1), of(2), of(2)]);
  assert.deepEqual(await pictures.renewed(), film);
});

test('a clip opens where it begins, a stack in its middle, both where somebody was', () => {
  assert.equal(openedAt({ instances: 1, frames: 40 }, null), 0);
  assert.equal(openedAt({ instances: 3, frames: 40 }, null), 0);
  assert.equal(openedAt({ instances: 300, frames: 300 }, null), 150);
  assert.equal(openedAt({ instances: 300, frames: 300 }, 12), 12);
  assert.equal(openedAt({ instances: 3, frames: 3 }, 12), 2, 'also where there are fewer now');
});
