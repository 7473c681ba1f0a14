import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Film } from '../../src/lib/answers.ts';
import type { FilmHead } from '../../src/viewer/film.ts';
import type { News, Order } from '../../src/viewer/projector.ts';
import { type FilmPort, Reel } from '../../src/viewer/reel.ts';

const film: Film = { url: 'one', generation: 1, pictures: 3, sheetsEnd: 500 };
const head: FilmHead = {
  pictures: [{ start: 100, length: 9, width: 512, height: 256 }, { start: 109, length: 0, width: 0, height: 0 }, { start: 109, length: 9, width: 512, height: 256 }],
  sheets: [{ start: 50, length: 50, first: 0 }], middle: 0, sheetsEnd: 100, side: 128, columns: 4, rows: 4,
};
class FakePort implements FilmPort {
  onmessage: FilmPort['onmessage'] = null;
  onerror: FilmPort['onerror'] = null;
  readonly orders: Order[] = [];
  ended = false;
  postMessage(order: Order): void { this.orders.push(order); }
  terminate(): void { this.ended = true; }
  say(...news: News[]): void { for (const data of news) this.onmessage?.({ data } as MessageEvent<News>); }
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
let closed = 0;
const bitmap = (width = 512) => ({ width, height: 256, close: () => { closed++; } }) as ImageBitmap;

function played(renew: () => Promise<Film | null> = async () => null) {
  const port = new FakePort();
  const told: unknown[] = [];
  const reel = new Reel(port, film, 0, {
    changed: (index) => told.push(index), line: (up) => told.push(up), renew, failed: () => told.push('failed'),
  });
  return { port, told, reel };
}

test('the small picture until the large one is there, and the small one again when it is let go', () => {
  const { port, reel, told } = played();
  assert.equal(reel.at(2), null);
  port.say({ kind: 'head', head }, { kind: 'sheet', index: 0, bitmap: bitmap() });
  assert.deepEqual([reel.at(1), reel.at(3)], ['spoilt', null]);
  const small = reel.at(2);
  assert.ok(small && small !== 'spoilt');
  assert.deepEqual([small.grade, small.x, small.width, small.height, small.whole], ['small', 256, 128, 64, { width: 512, height: 256 }]);
  port.say({ kind: 'picture', index: 2, bitmap: bitmap() });
  const large = reel.at(2);
  assert.ok(large && large !== 'spoilt' && large.grade === 'medium');
  port.say({ kind: 'let', of: 'picture', index: 2 });
  assert.ok(reel.at(2) !== 'spoilt');
  assert.deepEqual(told, [undefined, undefined, 2]);
});

test('the same film goes on with another address; one that has grown begins anew', async () => {
  const films: (Film | null)[] = [{ ...film, url: 'two' }, { ...film, url: 'three', generation: 2 }, null];
  const { port, told } = played(async () => films.shift()!);
  for (let i = 0; i < 3; i++) {
    port.say({ kind: 'address' });
    await settled();
  }
  assert.deepEqual(port.orders.slice(1), [{ kind: 'address', url: 'two' }, { kind: 'open', film: { ...film, url: 'three', generation: 2 }, index: 0 }]);
  assert.deepEqual(told, ['failed']);
  assert.equal(port.ended, true);
});

test('a worker that breaks is told once, and nothing of it is left', () => {
  const { port, told, reel } = played();
  port.say({ kind: 'head', head }, { kind: 'sheet', index: 0, bitmap: bitmap() });
  closed = 0;
  port.onerror?.({} as ErrorEvent);
  port.say({ kind: 'failed' }, { kind: 'picture', index: 2, bitmap: bitmap() });
  assert.deepEqual(told.filter((one) => one === 'failed'), ['failed']);
  assert.equal(closed, 2, 'also what comes too late');
  assert.equal(reel.at(0), null);
});
