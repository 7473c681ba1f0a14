import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Planes } from '../../src/lib/answers.ts';
import type { News, Order } from '../../src/viewer/darkroom.ts';
import { ExactPixels, type Port } from '../../src/viewer/exact.ts';
import type { Plane } from '../../src/viewer/planes.ts';
import { gray } from '../planes-bytes.ts';

const ready = (generation: number, url = `/${generation}`): Planes => ({ state: 'ready', url, generation, headEnd: 100 });
const making: Planes = { state: 'making', url: null, generation: null, headEnd: null };
const none: Planes = { ...making, state: 'none' };
const plane: Plane = { from: 100, length: 10, columns: 1, rows: 1, channels: 1, width: 2, facts: gray };
const want = { index: 0, speed: 0, light: { window: null, brightness: 5, contrast: 0 }, own: 0, original: null };

/** A server that gives one answer after another, and a worker that does what it is told to. */
class Played implements Port {
  onmessage: Port['onmessage'] = null;
  onerror: Port['onerror'] = null;
  readonly orders: Order[] = [];
  readonly told: string[] = [];
  readonly waits: number[] = [];
  wanted = false;
  started = 0;
  ended = false;
  readonly exact: ExactPixels;

  constructor(answers: (Planes | null)[], start: (() => Port) | null = null) {
    this.exact = new ExactPixels(start ?? (() => { this.started++; return this; }), {
      ask: () => { this.told.push('ask'); return Promise.resolve(answers.length > 1 ? answers.shift()! : answers[0]!); },
      wanted: () => this.wanted,
      drawn: (index) => this.told.push(`drawn ${index}`),
      impossible: (index) => this.told.push(`impossible ${index}`),
      changed: () => this.told.push('changed'),
      line: (up) => this.told.push(`line ${up}`),
    }, (tries) => { this.waits.push(tries); return Promise.resolve(); });
  }

  postMessage(order: Order): void { this.orders.push(order); }
  terminate(): void { this.ended = true; }
  say(data: News): void { this.onmessage?.({ data } as MessageEvent<News>); }
}
const bitmap = () => { const made = { closed: false, close: () => { made.closed = true; } }; return made; };
const drawn = (made: { close: () => void }): News => ({ kind: 'drawn', id: 1, index: 0, bitmap: made as unknown as ImageBitmap });

test('as long as they are made it is asked again, less and less often; then they are opened', async () => {
  const world = new Played([making, making, making, making, making, ready(7)]);
  assert.equal(world.exact.having(0), 'making');
  await world.exact.ask();
  assert.deepEqual(world.waits, [0, 1, 2, 3, 3]);
  assert.deepEqual(world.orders, [{ kind: 'open', place: { url: '/7', headEnd: 100 } }]);
  assert.equal(world.exact.having(0), 'ready');
});

test('who never finishes making them is not asked for ever, but longer for who waits', async () => {
  const world = new Played([making]);
  await world.exact.ask();
  assert.equal(world.told.length, 10);
  await world.exact.ask();
  assert.equal(world.told.length, 20);
  world.wanted = true;
  await world.exact.ask();
  assert.equal(world.told.length, 80);
});

test('none, and no answer, are the end of it, and no worker was started', async () => {
  for (const answer of [none, null]) {
    const world = new Played([answer]);
    await world.exact.ask();
    assert.deepEqual([world.exact.having(0), world.started, world.waits], ['never', 0, []]);
  }
});

test('an address that has run out is asked for again; another generation is opened anew', async () => {
  const world = new Played([ready(7), ready(7, '/again'), ready(8), making, ready(9)]);
  await world.exact.ask();
  world.say({ kind: 'head', planes: [plane, null] });
  world.say({ kind: 'here', index: 0 });
  assert.deepEqual([world.exact.count, world.exact.having(0), world.exact.having(1), world.exact.here(0)], [2, 'ready', 'never', true]);
  await world.exact.ask();
  assert.deepEqual(world.orders.at(-1), { kind: 'address', url: '/again' });
  assert.equal(world.exact.here(0), true);
  await world.exact.ask();
  assert.deepEqual(world.orders.at(-1), { kind: 'open', place: { url: '/8', headEnd: 100 } });
  assert.deepEqual([world.exact.here(0), world.exact.count], [false, null]);
  await world.exact.ask();
  assert.deepEqual(world.orders.slice(-2), [{ kind: 'open', place: null }, { kind: 'open', place: { url: '/9', headEnd: 100 } }]);
});

test('each wish has its number, and another place or pace is the same wish', () => {
  const world = new Played([making]);
  world.exact.want(want);
  world.exact.aim(4, 20);
  world.exact.want(want);
  const ids = world.orders.map((order) => (order.kind === 'want' ? [order.want?.id, order.want?.index, order.want?.speed] : []));
  assert.deepEqual(ids, [[1, 0, 0], [1, 4, 20], [2, 0, 0]]);
});

test('what comes after nobody wants it any more is not drawn', () => {
  const world = new Played([making]);
  world.exact.want(want);
  world.say(drawn(bitmap()));
  assert.deepEqual(world.told, ['drawn 0']);
  world.exact.want(null);
  const late = bitmap();
  world.say(drawn(late));
  assert.deepEqual([world.told, late.closed], [['drawn 0'], true]);
});

test('a picture that cannot be unpacked is never to be had, the others are', async () => {
  const world = new Played([ready(7)]);
  await world.exact.ask();
  world.exact.want(want);
  world.say({ kind: 'impossible', id: 1, index: 0 });
  assert.deepEqual([world.exact.having(0), world.exact.having(1)], ['never', 'ready']);
});

test('a worker that breaks, and a browser without, leave nobody waiting', async () => {
  const world = new Played([ready(7)]);
  await world.exact.ask();
  world.onerror?.({} as ErrorEvent);
  assert.deepEqual([world.exact.having(0), world.ended, world.told.at(-1)], ['never', true, 'changed']);
  const without = new Played([ready(7)], () => { throw new Error('no workers'); });
  await without.exact.ask();
  assert.equal(without.exact.having(0), 'never');
});

test('a light box that closes ends its worker, and asks no more', async () => {
  const world = new Played([making, ready(7)]);
  world.exact.want(want);
  const asked = world.exact.ask();
  world.exact.close();
  await asked;
  assert.deepEqual([world.ended, world.told, world.orders.length], [true, ['ask'], 1]);
});
