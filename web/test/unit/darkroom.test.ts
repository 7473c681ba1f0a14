import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Darkroom, type News, type Want, type World } from '../../src/viewer/darkroom.ts';
import type { GrayFacts } from '../../src/viewer/shading.ts';
import { gray, type Made, planesOf } from '../planes-bytes.ts';

const facts: GrayFacts = { ...gray, windows: [{ center: 128, width: 256, function: 'LINEAR_EXACT' }, { center: 0, width: 2, function: 'LINEAR_EXACT' }] };
const light = { window: null, brightness: 0, contrast: 0 };
/** Noise that hardly packs, so that a picture of 320 x 320 has some 160 kB; its first value tells which it is. */
const frame = (index: number, side = 320): Made => {
  let seed = index + 1;
  const values = Array.from({ length: side * side }, () => { seed = (seed * 48_271) % 2_147_483_647; return seed % 1000; });
  values[0] = index;
  return { columns: side, rows: side, values, facts };
};
const FRAMES = Array.from({ length: 100 }, (_, i) => frame(i));
const LONG = planesOf(FRAMES);

type Asked = { url: string; start: number; end: number; signal: AbortSignal | null; answer: (response: Response | Error) => void; init: RequestInit };

/** A store that does what the test says, and a browser that remembers what was drawn. */
class Played implements World {
  readonly asked: Asked[] = [];
  readonly news: News[] = [];
  readonly pauses: { act: () => void; millis: number }[] = [];
  time = 0;
  id = 0;
  readonly object: { bytes: Uint8Array<ArrayBuffer>; headEnd: number };
  readonly darkroom = new Darkroom(this);

  constructor(object = LONG) {
    this.object = object;
  }

  fetch(url: string, init: RequestInit): Promise<Response> {
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec((init.headers as Record<string, string>)['Range']!)!;
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      this.asked.push({ url, init, signal: init.signal ?? null, start: Number(start), end: Number(end) + 1, answer: (said) => (said instanceof Error ? reject(said) : resolve(said)) });
    });
  }

  async print(columns: number, rows: number, expose: (rgba: Uint8ClampedArray<ArrayBuffer>) => void): Promise<ImageBitmap> {
    const rgba = new Uint8ClampedArray(4 * columns * rows);
    expose(rgba);
    await null;
    return { width: columns, height: rows, rgba } as unknown as ImageBitmap;
  }

  tell(news: News): void { this.news.push(news); }
  now(): number { return this.time; }
  later(act: () => void, millis: number): void { this.pauses.push({ act, millis }); }

  async begin(): Promise<void> {
    this.open();
    await this.give(0);
    await until(() => this.told('head').length === 1);
  }

  open(url = 'one'): void { this.darkroom.take({ kind: 'open', place: { url, headEnd: this.object.headEnd } }); }
  want(index: number, more: Partial<Want> = {}): void {
    this.darkroom.take({ kind: 'want', want: { id: ++this.id, index, speed: 0, light, own: 0, original: null, ...more } });
  }

  async give(at: number, bytes?: number): Promise<void> {
    const { start, end, answer } = this.asked[at]!;
    const part = this.object.bytes.slice(start, bytes === undefined ? end : start + bytes);
    answer(new Response(part, { status: 206, headers: { 'Content-Range': `bytes ${start}-${end - 1}/${this.object.bytes.length}` } }));
    await settled();
  }

  async all(from = 0): Promise<void> { for (let at = from; at < this.asked.length; at++) if (!this.asked[at]!.signal?.aborted) await this.give(at); }
  told<K extends News['kind']>(kind: K): Extract<News, { kind: K }>[] { return this.news.filter((one): one is Extract<News, { kind: K }> => one.kind === kind); }
  get drawn(): number[] { return this.told('drawn').map(({ index }) => index); }
  get rgba(): Uint8ClampedArray { return (this.told('drawn').at(-1)!.bitmap as unknown as { rgba: Uint8ClampedArray }).rgba; }
}
/** Unpacking goes through a stream of the machine: some turns of its own. */
const settled = async () => { for (let i = 0; i < 40; i++) await new Promise((resolve) => setImmediate(resolve)); };
const until = async (there: () => boolean) => {
  const end = Date.now() + 20_000;
  while (!there() && Date.now() < end) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(there());
};
/** Which pictures a request is of. */
const of = (world: Played, at: number) => {
  const head = new DataView(world.object.bytes.buffer);
  const indexes: number[] = [];
  for (let i = 0, from = world.object.headEnd; i < head.getUint32(8, true); i++) {
    const length = head.getUint32(16 + 12 * i, true);
    if (from >= world.asked[at]!.start && from + length <= world.asked[at]!.end) indexes.push(i);
    from += length;
  }
  return indexes;
};

test('the head alone is read until a hand is near; then the picture before it, and nothing more', async () => {
  const world = new Played();
  await world.begin();
  assert.deepEqual([world.asked.length, world.asked[0]!.end, world.told('head')[0]!.planes.length], [1, LONG.headEnd, 100]);
  assert.equal(world.asked[0]!.init.cache, 'no-store');
  world.want(50, { light: null });
  await world.all(1);
  assert.deepEqual([world.asked.length, of(world, 1), world.drawn], [2, [50], []]);
  world.want(50);
  await until(() => world.drawn.length === 1);
});

test('the picture in hand comes by itself, then those on both sides in larger parts, two at once at most, each once', async () => {
  const world = new Played();
  await world.begin();
  world.want(50);
  assert.deepEqual([world.asked.length, of(world, 1)], [2, [50]]);
  await world.give(1);
  await until(() => world.drawn.includes(50));
  assert.equal(world.asked.length, 3, 'of the others one after another');
  assert.equal(of(world, 2)[0], 51);
  assert.ok(world.asked[2]!.end - world.asked[2]!.start <= 512 * 1024 && of(world, 2).length > 1);
  await world.all(2);
  const fetched = world.asked.slice(1).flatMap((_, i) => of(world, i + 1));
  assert.equal(new Set(fetched).size, fetched.length, 'nothing twice');
  assert.deepEqual([Math.min(...fetched), Math.max(...fetched)], [38, 62]);
});

test('the quicker the line, the sooner the next request travels beside the first', async () => {
  for (const [millis, asked] of [[100, 2], [1, 3]] as const) {
    const world = new Played();
    await world.begin();
    world.want(50);
    const { start } = world.asked[1]!;
    world.time += 100; // on its way
    let push: ReadableStreamDefaultController<Uint8Array>;
    world.asked[1]!.answer(new Response(new ReadableStream<Uint8Array>({ start(controller) { push = controller; } }), { status: 206 }));
    for (let at = start; at < start + 40_000; at += 10_000) {
      push!.enqueue(LONG.bytes.slice(at, at + 10_000));
      await settled();
      world.time += millis;
    }
    assert.equal(world.asked.length, asked);
  }
});

test('ahead of a hand that moves more is fetched than behind it', async () => {
  for (const [speed, low, high] of [[20, 46, 74], [-20, 26, 54]] as const) {
    const world = new Played();
    await world.begin();
    world.want(50, { speed });
    await world.all(1);
    const fetched = world.asked.slice(1).flatMap((_, i) => of(world, i + 1));
    assert.deepEqual([Math.min(...fetched), Math.max(...fetched)], [low, high]);
  }
});

test('nothing goes on for a place that was left, and who jumps does not wait', async () => {
  const world = new Played();
  await world.begin();
  world.want(10);
  await world.give(1);
  await until(() => world.asked.length === 3);
  world.want(80);
  assert.equal(world.asked[2]!.signal!.aborted, true);
  assert.deepEqual(of(world, 3), [80]);
  await world.give(3);
  await until(() => world.drawn.at(-1) === 80);
  world.darkroom.take({ kind: 'want', want: null });
  await until(() => world.asked.slice(1).every(({ signal }, i) => i < 3 || signal!.aborted));
});

test('until the picture in hand is there, one that is nearer than the last is drawn', async () => {
  const world = new Played();
  await world.begin();
  world.want(20);
  await world.give(1);
  await until(() => world.asked.length === 3 && world.drawn.length === 1);
  world.want(30);
  assert.deepEqual(of(world, 3), [30]);
  await world.give(2);
  await until(() => world.drawn.length > 1);
  assert.ok(world.drawn.at(-1)! > 20 && world.drawn.at(-1)! < 30);
  await world.give(3);
  await until(() => world.drawn.at(-1) === 30);
});

test('of many wishes the newest is drawn, and the same one once', async () => {
  const world = new Played();
  await world.begin();
  for (let brightness = 0; brightness < 50; brightness++) world.want(5, { light: { ...light, brightness } });
  await world.give(1);
  await until(() => world.drawn.length === 1);
  assert.equal(world.told('drawn')[0]!.id, 50);
  await world.all(2);
  assert.equal(world.drawn.length, 1);
});

test('the light of the person, of the file, and another one of the file; colours too; what is no picture is told', async () => {
  const colour: Made = { columns: 2, rows: 1, channels: 3, width: 1, values: [10, 20, 30, 40, 50, 60], facts: null };
  const world = new Played(planesOf([{ columns: 2, rows: 1, values: [-5, 128], facts }, null, colour]));
  await world.begin();
  world.want(0);
  await world.all(1);
  await until(() => world.drawn.length === 1);
  assert.deepEqual([...world.rgba], [0, 0, 0, 255, 128, 128, 128, 255]);
  world.want(0, { own: 1 });
  await until(() => world.drawn.length === 2);
  assert.deepEqual([...world.rgba], [0, 0, 0, 255, 255, 255, 255, 255]);
  world.want(0, { own: 7, light: { window: { center: 0, width: 10, function: 'LINEAR_EXACT' }, brightness: 0, contrast: 0 } });
  await until(() => world.drawn.length === 3);
  assert.deepEqual([...world.rgba].filter((_, i) => i % 4 === 0), [0, 255]);
  world.want(2);
  await until(() => world.drawn.length === 4);
  assert.deepEqual([...world.rgba], [10, 30, 50, 255, 20, 40, 60, 255]);
  world.want(2, { light: { ...light, brightness: 20 } });
  await until(() => world.drawn.length === 5);
  assert.deepEqual([...world.rgba].slice(0, 4), [61, 81, 101, 255]);
});

test('bytes that are no picture are told, and the next comes', async () => {
  const object = planesOf([frame(0, 16), frame(1, 16)]);
  object.bytes.fill(0xff, object.headEnd, object.headEnd + 20);
  const world = new Played(object);
  await world.begin();
  world.want(0);
  await world.all(1);
  await until(() => world.told('impossible').length === 1);
  world.want(1);
  await world.all(1);
  await until(() => world.drawn.at(-1) === 1);
});

test('an address is renewed before it runs out and when it is refused; what is here stays', async () => {
  const world = new Played();
  await world.begin();
  world.time = 50_000;
  world.want(50);
  assert.deepEqual([world.asked.length, world.told('address').length], [1, 1]);
  world.darkroom.take({ kind: 'address', url: 'two' });
  assert.equal(world.asked[1]!.url, 'two');
  world.asked[1]!.answer(new Response('', { status: 403 }));
  await settled();
  assert.equal(world.told('address').length, 2);
  world.darkroom.take({ kind: 'address', url: 'three' });
  assert.deepEqual([world.asked[2]!.url, of(world, 2)], ['three', [50]]);
  await world.give(2);
  await until(() => world.drawn.length === 1);
});

test('a lost line is told once and tried again, at once when told to; what had come is not asked for again', async () => {
  const world = new Played();
  await world.begin();
  world.want(50);
  world.asked[1]!.answer(new TypeError('no network'));
  await settled();
  world.pauses[0]!.act();
  world.asked[2]!.answer(new TypeError('no network'));
  await settled();
  assert.deepEqual([world.told('line'), world.pauses.map(({ millis }) => millis)], [[{ kind: 'line', up: false }], [1_000, 2_000]]);
  world.darkroom.take({ kind: 'hurry' });
  await world.give(3);
  await until(() => world.drawn.length === 1);
  assert.deepEqual(world.told('line').at(-1), { kind: 'line', up: true });
  await until(() => world.asked.length === 5);
  const [first] = of(world, 4);
  await world.give(4, 200_000); // and breaks off
  world.pauses.at(-1)!.act();
  await settled();
  assert.ok(!of(world, 5).includes(first!));
});

test('a store that sends something else is given up, and so is one that refuses for ever', async () => {
  const odd = new Played();
  odd.open();
  odd.asked[0]!.answer(new Response(new Uint8Array(LONG.headEnd), { status: 206 }));
  await settled();
  assert.equal(odd.told('failed').length, 1);
  const refusing = new Played();
  refusing.open();
  for (let at = 0; at < 5; at++) {
    refusing.asked[at]!.answer(new Response('', { status: 403 }));
    await settled();
    refusing.darkroom.take({ kind: 'address', url: 'another' });
  }
  assert.deepEqual([refusing.asked.length, refusing.told('failed').length], [5, 1]);
});

test('another generation begins anew, and the hand stays where it is', async () => {
  const world = new Played();
  await world.begin();
  world.want(50);
  world.open('two');
  assert.equal(world.asked[1]!.signal!.aborted, true);
  await world.give(2);
  await until(() => world.asked.length === 4);
  assert.deepEqual([world.asked[3]!.url, of(world, 3)], ['two', [50]]);
  await world.give(3);
  await until(() => world.drawn.at(-1) === 50);
});

test('of what is large only as much is fetched ahead, and kept, as there is room for', async () => {
  const values = new Uint16Array(1500 * 1500);
  let seed = 7;
  for (let i = 0; i < values.length; i++) { seed = (seed * 48_271) % 2_147_483_647; values[i] = seed & 0xffff; }
  const made = planesOf([{ columns: 1500, rows: 1500, values, facts }]);
  const packed = made.bytes.length - made.headEnd;
  const many = 24;
  const told = new Uint8Array(made.headEnd - 28);
  told.set(made.bytes.subarray(28, made.headEnd));
  const bytes = new Uint8Array(16 + 12 * many + told.length + packed);
  bytes.set(made.bytes.subarray(0, 16));
  new DataView(bytes.buffer).setUint32(8, many, true);
  for (let i = 0; i < many; i++) bytes.set(made.bytes.subarray(16, 28), 16 + 12 * i);
  bytes.set(told, 16 + 12 * many);
  bytes.set(made.bytes.subarray(made.headEnd), 16 + 12 * many + told.length);
  const object = { bytes, headEnd: 16 + 12 * many + told.length };
  const world = new Played(object);
  const give = async (at: number) => { // all its pictures are the same
    const { start, end, answer } = world.asked[at]!;
    const part = start < object.headEnd ? bytes.slice(start, end) : bytes.slice(object.headEnd);
    answer(new Response(part, { status: 206, headers: { 'Content-Range': `bytes ${start}-${end - 1}/999` } }));
    await settled();
  };
  world.open();
  await give(0);
  await until(() => world.told('head').length === 1);
  const held = new Set<number>();
  let at = 1;
  for (const index of [0, 6, 12, 18, 23]) {
    world.want(index, { speed: 5 });
    for (; at < world.asked.length; at++) if (!world.asked[at]!.signal!.aborted) await give(at);
    await until(() => world.drawn.at(-1) === index);
  }
  for (const one of world.news) {
    if (one.kind === 'here') held.add(one.index);
    else if (one.kind === 'let') held.delete(one.index);
    assert.ok(held.size * packed <= 48 * 1024 * 1024 + packed, `${held.size}`);
  }
  assert.ok(world.told('let').length > 0 && held.has(23));
  assert.ok(world.asked.length <= 2 * many, `${world.asked.length} requests`);
});

test('as long as they are not made, plain gray is read out of its object', async () => {
  const world = new Played({ bytes: new Uint8Array(new Uint16Array([0, 0, 100, 200]).buffer), headEnd: 0 });
  const pixels = { offset: 4, length: 4, frames: 1, rows: 1, columns: 2, samples: 1, bitsAllocated: 16, bitsStored: 12, signed: false, slope: 1, intercept: 0, photometric: 'MONOCHROME2', planar: 0 };
  const original = { key: 'a', address: '/object', frame: 1, pixels, window: null };
  world.want(3, { original });
  assert.deepEqual([world.asked[0]!.url, world.asked[0]!.start, world.asked[0]!.end], ['/object', 4, 8]);
  await world.give(0);
  await until(() => world.drawn.at(-1) === 3);
  assert.deepEqual([...world.rgba].filter((_, i) => i % 4 === 0), [0, 255]);
  world.want(3, { original, light: { ...light, brightness: 50 } });
  await until(() => world.drawn.length === 2);
  assert.equal(world.asked.length, 1, 'it is fetched once');
  world.want(4, { original: { ...original, key: 'b' } });
  world.asked[1]!.answer(new Response('', { status: 403 }));
  await until(() => world.told('impossible').length === 1);
});

/** A line of 9 Mbit/s and 85 ms, in a time that passes as the test lets it. */
class Slow extends Played {
  static readonly DELAY = 85;
  static readonly RATE = 1125; // bytes a millisecond
  #free = 0;
  #due: { at: number; act: () => void }[] = [];

  override fetch(url: string, init: RequestInit): Promise<Response> {
    const asked = super.fetch(url, init);
    const { start, end, answer, signal } = this.asked.at(-1)!;
    this.#at(this.time + Slow.DELAY, () => {
      let body!: ReadableStreamDefaultController<Uint8Array>;
      answer(new Response(new ReadableStream<Uint8Array>({ start(controller) { body = controller; } }), { status: 206 }));
      const send = (from: number): void => {
        if (signal!.aborted) return;
        if (from === end) return body.close();
        const to = Math.min(end, from + 16_384);
        this.#free = Math.max(this.#free, this.time) + (to - from) / Slow.RATE;
        this.#at(this.#free, () => { body.enqueue(this.object.bytes.slice(from, to)); send(to); });
      };
      send(start);
    });
    return asked;
  }

  /** Time stands still while something that has come is unpacked and drawn. */
  async draws(index: number): Promise<void> {
    for (;;) {
      for (let i = 0; i < 12; i++) await new Promise((resolve) => setImmediate(resolve));
      if (this.news.some((one) => one.kind === 'here' && one.index === index)) await until(() => this.drawn.includes(index));
      if (this.drawn.includes(index)) return;
      this.#next();
    }
  }

  async head(): Promise<void> {
    this.open();
    for (let i = 0; i < 2; i++) this.#next(); // it is short: one answer, one piece
    await until(() => this.told('head').length === 1);
  }

  #at(at: number, act: () => void): void { this.#due.push({ at, act }); }

  #next(): void {
    this.#due.sort((one, other) => one.at - other.at);
    const { at, act } = this.#due.shift()!;
    this.time = Math.max(this.time, at);
    act();
  }
}

test('on a phone’s line thirty slices, each wanted as soon as the one before is drawn, take what their bytes take', async () => {
  const world = new Slow();
  await world.head();
  const alone = (LONG.bytes.length - LONG.headEnd) / 100 / Slow.RATE;
  const began = world.time;
  world.want(20);
  await world.draws(20);
  const first = world.time - began;
  assert.ok(first < Slow.DELAY + alone * 1.2, `the first after ${first} ms`);
  for (let index = 21; index <= 50; index++) {
    world.want(index, { speed: 5 });
    await world.draws(index);
  }
  const each = (world.time - began - first) / 30;
  assert.ok(each < alone * 1.05, `${each} ms a slice, ${alone} alone`);
});
