import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type News, Projector, type World } from '../../src/viewer/projector.ts';
import { filmOf } from '../film-bytes.ts';

const SIZE = 24_000;
const jpeg = (index: number, size: number) => { const bytes = new Uint8Array(size); new DataView(bytes.buffer).setUint32(0, index); return bytes; };
const made = (n: number) => filmOf(Array.from({ length: n }, (_, i) => ({ jpeg: jpeg(i, SIZE), width: 512, height: 512 })), (first) => jpeg(10_000 + first, 9_000));

type Asked = { url: string; start: number; end: number; answer: (response: Response | Error) => void; init: RequestInit };

/** A store and a browser that do what the test says; decoding is done at once. */
class Played implements World {
  readonly film: ReturnType<typeof filmOf>;
  readonly asked: Asked[] = [];
  readonly news: News[] = [];
  readonly decoded: number[] = [];
  readonly pauses: { act: () => void; millis: number }[] = [];
  time = 0;
  most = 0;
  #decoding = 0;
  spoilt = -1;
  readonly projector = new Projector(this);

  constructor(n: number) {
    this.film = made(n);
  }

  open(index: number, n = 300): void {
    this.projector.take({ kind: 'open', film: { url: 'one', generation: 7, pictures: n, sheetsEnd: this.film.sheetsEnd }, index });
  }

  fetch(url: string, init: RequestInit): Promise<Response> {
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec((init.headers as Record<string, string>)['Range']!)!;
    return new Promise((resolve, reject) => this.asked.push({
      url, init, start: Number(start), end: Number(end) + 1, answer: (said) => (said instanceof Error ? reject(said) : resolve(said)),
    }));
  }

  async decode(bytes: Uint8Array): Promise<ImageBitmap> {
    this.most = Math.max(this.most, ++this.#decoding);
    const index = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    await null;
    this.#decoding--;
    if (index === this.spoilt) throw new Error('no picture');
    this.decoded.push(index);
    return { close: () => undefined } as ImageBitmap;
  }

  tell(news: News): void { this.news.push(news); }
  now(): number { return this.time; }
  later(act: () => void, millis: number): void { this.pauses.push({ act, millis }); }

  /** All of what was asked for, or as many bytes of it, in pieces of 64 kB. */
  response({ start, end }: Asked, most = Infinity): Response {
    const bytes = this.film.bytes.subarray(start, Math.min(end, start + most));
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.slice(at, at + 65_536));
        controller.close();
      },
    });
    return new Response(body, { status: 206, headers: { 'Content-Range': `bytes ${start}-${end - 1}/${this.film.bytes.length}` } });
  }

  async give(at: number, most?: number): Promise<void> {
    this.asked[at]!.answer(this.response(this.asked[at]!, most));
    await settled();
  }

  told(kind: News['kind']): News[] { return this.news.filter((one) => one.kind === kind); }
}
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const all = async (world: Played, from = 0) => {
  for (let at = from; at < world.asked.length; at++) await world.give(at);
};

test('the first request is the head, the middle and the sheets; then all follows in a few large parts, each byte once', async () => {
  const world = new Played(300);
  world.open(150);
  assert.deepEqual(world.asked.map(({ start, end }) => [start, end]), [[0, world.film.sheetsEnd]]);
  assert.equal(world.asked[0]!.init.cache, 'no-store');
  await all(world);
  const asked = [...world.asked].sort((one, other) => one.start - other.start);
  asked.forEach(({ start }, i) => assert.equal(start, i === 0 ? 0 : asked[i - 1]!.end, 'without a gap, nothing twice'));
  assert.equal(asked.at(-1)!.end, world.film.bytes.length);
  assert.ok(asked.length <= 40, `${asked.length} requests`);
  assert.equal(world.most, 2, 'two are decoded at once');
  assert.equal(world.decoded[0], 150, 'first what is looked at');
});

test('the middle can be drawn before the sheets have come', async () => {
  const world = new Played(300);
  world.open(150);
  let push: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start(controller) { push = controller; } });
  world.asked[0]!.answer(new Response(body, { status: 206 }));
  push!.enqueue(world.film.bytes.slice(0, 2_000));
  await settled();
  assert.deepEqual(world.news, []);
  push!.enqueue(world.film.bytes.slice(2_000, 40_000));
  await settled();
  assert.deepEqual(world.news.slice(0, 2).map(({ kind }) => kind), ['head', 'picture']);
});

test('two requests at most, the second when little is left of the first', async () => {
  const world = new Played(300);
  world.open(150);
  await world.give(0);
  assert.equal(world.asked.length, 2);
  const second = world.asked[1]!;
  let push: ReadableStreamDefaultController<Uint8Array>;
  second.answer(new Response(new ReadableStream<Uint8Array>({ start(controller) { push = controller; } }), { status: 206 }));
  push!.enqueue(world.film.bytes.slice(second.start, second.end - 160_000));
  await settled();
  assert.equal(world.asked.length, 2);
  push!.enqueue(world.film.bytes.slice(second.end - 160_000, second.end - 140_000));
  await settled();
  assert.equal(world.asked.length, 3);
  push!.enqueue(world.film.bytes.slice(second.end - 140_000, second.end - 120_000));
  await settled();
  assert.equal(world.asked.length, 3);
});

test('whoever jumps does not wait for what is on its way', async () => {
  const world = new Played(300);
  world.open(150);
  await world.give(0);
  world.projector.take({ kind: 'aim', index: 20, speed: 0 });
  assert.equal(world.asked.length, 3);
  await world.give(2);
  assert.ok(world.decoded.includes(20));
});

test('a clip is opened where it begins, while its sheets still come', async () => {
  const world = new Played(300);
  world.open(0);
  let push: ReadableStreamDefaultController<Uint8Array>;
  world.asked[0]!.answer(new Response(new ReadableStream<Uint8Array>({ start(controller) { push = controller; } }), { status: 206 }));
  push!.enqueue(world.film.bytes.slice(0, 8_000));
  await settled();
  assert.equal(world.asked.length, 2);
  assert.equal(world.asked[1]!.start, world.film.sheetsEnd);
});

test('an address is renewed before it runs out and when it is refused, and what is missing goes on', async () => {
  const world = new Played(300);
  world.open(150);
  await world.give(0);
  world.time = 50_000;
  await world.give(1);
  assert.equal(world.told('address').length, 1);
  assert.equal(world.asked.length, 2);
  world.projector.take({ kind: 'address', url: 'two' });
  assert.equal(world.asked[2]!.url, 'two');
  world.asked[2]!.answer(new Response('', { status: 403 }));
  await settled();
  assert.equal(world.told('address').length, 2);
  world.projector.take({ kind: 'address', url: 'three' });
  assert.deepEqual([world.asked[3]!.url, world.asked[3]!.start], ['three', world.asked[2]!.start]);
  await all(world, 3);
  assert.equal(world.told('failed').length, 0);
});

test('a lost line is told once, tried again less and less often, at once when told to, and what came is kept', async () => {
  const world = new Played(300);
  world.open(150);
  await world.give(0);
  for (const [at, millis] of [[1, 1_000], [2, 2_000], [3, 4_000]] as const) {
    world.asked[at]!.answer(new TypeError('no network'));
    await settled();
    assert.equal(world.asked.length, at + 1);
    assert.equal(world.pauses.at(-1)!.millis, millis);
    if (at < 3) world.pauses.at(-1)!.act();
  }
  assert.deepEqual(world.told('line'), [{ kind: 'line', up: false }]);
  world.projector.take({ kind: 'hurry' });
  assert.equal(world.asked.length, 5);
  assert.equal(world.asked[4]!.start, world.asked[1]!.start);
  await world.give(4, 70_000); // and breaks off
  assert.deepEqual(world.told('line').map((one) => one.kind === 'line' && one.up), [false, true, false]);
  world.pauses.at(-1)!.act();
  assert.ok(world.asked[5]!.start > world.asked[4]!.start, 'what came of the part is not asked for again');
  assert.equal(world.told('failed').length, 0);
});

test('a store that sends something else than was asked for is given up', async () => {
  for (const response of [
    () => new Response('all of it', { status: 200 }),
    () => new Response('x', { status: 206, headers: { 'Content-Range': 'bytes 5-9/10' } }),
    () => new Response(new Uint8Array(2_000), { status: 206 }),
  ]) {
    const world = new Played(40);
    world.open(20, 40);
    world.asked[0]!.answer(response());
    await settled();
    assert.equal(world.told('failed').length, 1);
    world.projector.take({ kind: 'hurry' });
    assert.equal(world.asked.length, 1);
  }
});

test('addresses that are refused again and again are given up', async () => {
  const world = new Played(40);
  world.open(20, 40);
  for (let at = 0; at < 5; at++) {
    world.asked[at]!.answer(new Response('', { status: 403 }));
    await settled();
    world.projector.take({ kind: 'address', url: 'another' });
  }
  assert.equal(world.asked.length, 5);
  assert.equal(world.told('failed').length, 1);
});

test('a picture that cannot be decoded is told, the others come', async () => {
  const world = new Played(40);
  world.spoilt = 20;
  world.open(20, 40);
  await all(world);
  assert.deepEqual(world.told('spoilt'), [{ kind: 'spoilt', index: 20 }]);
  assert.ok(world.decoded.includes(21));
});

test('the page keeps 24 large pictures, and those that are let go are the farthest', async () => {
  const world = new Played(300);
  world.open(150);
  await all(world);
  for (let index = 150; index < 220; index++) {
    world.projector.take({ kind: 'aim', index, speed: 30 });
    await settled();
  }
  const kept = new Set<number>();
  for (const one of world.news) {
    if (one.kind === 'picture') kept.add(one.index);
    else if (one.kind === 'let' && one.of === 'picture') assert.ok(kept.delete(one.index));
    assert.ok(kept.size <= 25);
  }
  assert.equal(kept.size, 24);
  assert.ok([...kept].every((index) => index >= 200), [...kept].join());
});

test('another film begins anew, and what was on its way for the first is dropped', async () => {
  const world = new Played(300);
  world.open(150);
  world.open(10);
  const before = world.news.length;
  await world.give(0);
  assert.equal(world.news.length, before);
  await world.give(1);
  assert.equal(world.told('head').length, 1);
});
