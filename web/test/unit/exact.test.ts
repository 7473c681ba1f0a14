import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExactPixels, type Port, type Wish } from '../../src/viewer/exact.ts';

const wish = (brightness: number): Wish => ({
  key: '1#1', address: 'https://s3/1', frame: 1, window: null, brightness, contrast: 0,
  pixels: {
    offset: 0, length: 2, frames: 1, rows: 1, columns: 1, samples: 1, bitsAllocated: 16, bitsStored: 12,
    signed: false, slope: 1, intercept: 0, photometric: 'MONOCHROME2', planar: 0,
  },
});

/** A worker that answers when it is told to. */
class FakePort implements Port {
  onmessage: Port['onmessage'] = null;
  onerror: Port['onerror'] = null;
  readonly asked: number[] = [];
  ended = false;
  postMessage({ brightness }: Wish): void { this.asked.push(brightness); }
  terminate(): void { this.ended = true; }
  answer(data: ImageBitmap | null): void { this.onmessage?.({ data } as MessageEvent<ImageBitmap | null>); }
  break(): void { this.onerror?.({} as ErrorEvent); }
}
const picture = {} as ImageBitmap;

test('one wish is in hand, and of those that wait only the newest is drawn', async () => {
  const port = new FakePort();
  const exact = new ExactPixels(() => port);
  const [first, second, third] = [exact.ask(wish(1)), exact.ask(wish(2)), exact.ask(wish(3))];
  assert.deepEqual(port.asked, [1]);
  port.answer(picture);
  assert.deepEqual(port.asked, [1, 3]);
  port.answer(picture);
  assert.deepEqual((await Promise.all([first, second, third])).map(({ kind }) => kind), ['drawn', 'overtaken', 'drawn']);
});

test('no worker is started before somebody asks, and one is enough', async () => {
  let started = 0;
  const port = new FakePort();
  const exact = new ExactPixels(() => { started++; return port; });
  assert.equal(started, 0);
  for (const value of [1, 2]) {
    const drawn = exact.ask(wish(value));
    port.answer(picture);
    assert.equal((await drawn).kind, 'drawn');
  }
  assert.equal(started, 1);
});

test('what the worker cannot do is told, and the next wish is tried', async () => {
  const ports = [new FakePort(), new FakePort()];
  let started = 0;
  const exact = new ExactPixels(() => ports[started++]!);
  const first = exact.ask(wish(1));
  ports[0]!.answer(null);
  assert.deepEqual(await first, { kind: 'impossible' });
  const second = exact.ask(wish(2));
  ports[0]!.break();
  assert.deepEqual(await second, { kind: 'impossible' });
  assert.equal(ports[0]!.ended, true);
  const third = exact.ask(wish(3));
  ports[1]!.answer(picture);
  assert.equal((await third).kind, 'drawn');
});

test('a browser without module workers, and a light box that closes, leave nobody waiting', async () => {
  const none = new ExactPixels(() => { throw new Error('no workers'); });
  assert.deepEqual(await none.ask(wish(1)), { kind: 'impossible' });
  const port = new FakePort();
  const exact = new ExactPixels(() => port);
  const [first, second] = [exact.ask(wish(1)), exact.ask(wish(2))];
  exact.close();
  assert.deepEqual(await Promise.all([first, second]), [{ kind: 'overtaken' }, { kind: 'overtaken' }]);
  assert.equal(port.ended, true);
});
