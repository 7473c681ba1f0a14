import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headLength, readHead, tileOf } from '../../src/viewer/film.ts';
import { Plan, SPAN, wishes } from '../../src/viewer/plan.ts';
import { filmOf } from '../film-bytes.ts';

const jpeg = (index: number, size: number) => new Uint8Array(size).fill(index % 251);
/** Pictures of so many bytes each; what stands in `without` was not drawn. */
const film = (n: number, size = 100, without: readonly number[] = []) => filmOf(
  Array.from({ length: n }, (_, i) => (without.includes(i) ? null : { jpeg: jpeg(i, size), width: 512, height: 384 })), () => jpeg(200, 300));

test('the head says where each picture and each sheet lies, and they lie there', () => {
  const { bytes, sheetsEnd, middle } = film(40, 100, [3, 20]);
  const head = readHead(bytes);
  assert.equal(head.middle, middle);
  assert.notEqual(middle, 20, 'what was not drawn is not the middle');
  assert.equal(head.sheetsEnd, sheetsEnd);
  head.pictures.forEach(({ start, length }, i) => {
    if (i === 3 || i === 20) assert.equal(length, 0);
    else assert.deepEqual(bytes.subarray(start, start + length), jpeg(i, 100), String(i));
  });
  assert.deepEqual(head.sheets.map(({ first }) => first).sort((a, b) => a - b), [0, 16, 32]);
  for (const { start, length } of head.sheets) assert.deepEqual(bytes.subarray(start, start + length), jpeg(200, 300));
  const last = head.pictures.at(-1)!;
  assert.equal(last.start + last.length, bytes.length);
});

test('a small picture lies in the cell of its place, in its own ratio', () => {
  const head = readHead(film(40, 100, [3]).bytes);
  const sheet = head.sheets.findIndex(({ first }) => first === 16);
  assert.deepEqual(tileOf(head, 22), { sheet, x: 256, y: 128, width: 128, height: 96 });
  assert.equal(tileOf(head, 3), null);
  assert.equal(tileOf(head, 40), null);
  const thin = readHead(filmOf([{ jpeg: jpeg(1, 9), width: 2, height: 400 }, { jpeg: jpeg(2, 9), width: 60, height: 30 }], () => jpeg(9, 9)).bytes);
  assert.deepEqual([tileOf(thin, 0), tileOf(thin, 1)].map((tile) => [tile!.width, tile!.height]), [[1, 128], [60, 30]]);
});

test('what is no film, or contradicts itself, is refused; a part of one is waited for', () => {
  const { bytes } = film(20);
  assert.equal(headLength(bytes.subarray(0, 27)), null);
  assert.equal(headLength(bytes), 28 + 2 * 8 + 20 * 8);
  assert.throws(() => readHead(bytes.subarray(0, 100)));
  for (const [at, value] of [[0, 0], [4, 2], [5, 9], [8, 0], [15, 255], [20, 99], [24, 1]] as const) {
    const broken = bytes.slice();
    broken[at] = value;
    assert.throws(() => readHead(broken), `${at}`);
  }
});

/** Fetches all of it and says in what order the pictures came. */
function fetched(plan: Plan, aim: { index: number; speed: number }): number[] {
  const order: number[] = [];
  for (;;) {
    const span = plan.next(aim);
    if (!span) return order;
    assert.equal(span.units.reduce((sum, { length }) => sum + length, 0), span.end - span.start, 'nothing is fetched twice');
    for (const unit of span.units) {
      plan.arrive(unit);
      if (unit.kind === 'picture') order.push(unit.index);
    }
  }
}

test('the nearest is asked for first, in parts of a quarter of a megabyte, and everything comes once', () => {
  const head = readHead(film(300, 24_000).bytes);
  const plan = new Plan(head);
  for (const unit of plan.within(0, head.sheetsEnd).units) plan.arrive(unit);
  const first = plan.next({ index: 200, speed: 0 })!;
  assert.ok(first.end - first.start <= SPAN && first.end - first.start > SPAN - 24_000);
  assert.equal(first.units[0]!.index, 200);
  assert.deepEqual(plan.next({ index: 200, speed: 0 }), first, 'to ask is not yet to depart');
  const order = fetched(plan, { index: 200, speed: 0 });
  assert.equal(order.length, 299, 'all but the middle, which came first');
  assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length: 300 }, (_, i) => i).filter((i) => i !== head.middle));
});

test('a moving finger is met where it will be, and what lies ahead of it comes before what lies behind', () => {
  const head = readHead(film(300, 24_000).bytes);
  const on = (speed: number) => {
    const plan = new Plan(head);
    for (const unit of plan.within(0, head.sheetsEnd).units) plan.arrive(unit);
    return plan.next({ index: 100, speed })!.units.map(({ index }) => index);
  };
  assert.equal(on(40)[0], 106);
  assert.ok(on(40).every((index) => index >= 106));
  assert.equal(on(-40).at(-1), 94);
  assert.ok(on(-40).every((index) => index <= 94 && index >= 88));
});

test('what is on its way is not asked for again; what a request did not bring is', () => {
  const plan = new Plan(readHead(film(64, 24_000).bytes));
  const aim = { index: 0, speed: 0 };
  const span = plan.next(aim)!;
  assert.equal(plan.urgent(aim), true);
  plan.depart(span);
  const next = plan.next(aim)!;
  assert.ok(next.units.every((unit) => !span.units.includes(unit)));
  plan.land(span);
  assert.deepEqual(plan.next(aim), span);
});

test('of a very long film only what lies around is fetched and kept', () => {
  const head = readHead(film(2000, 30_000).bytes);
  const plan = new Plan(head);
  const near = fetched(plan, { index: 0, speed: 0 });
  assert.ok(near.length > 500 && near.length < 600, `${near.length}`);
  assert.equal(plan.let({ index: 0, speed: 0 }).length, 0);
  const gone = plan.let({ index: 1999, speed: 0 });
  assert.deepEqual(gone.sort((a, b) => a - b), near.sort((a, b) => a - b));
  assert.ok(fetched(plan, { index: 1999, speed: 0 }).every((index) => index > 1400));
});

test('drawn first are the place, its sheet, and what comes next', () => {
  const head = readHead(film(300).bytes);
  const of = (speed: number) => wishes(head, { index: 150, speed }, 6, 32);
  const pictures = (speed: number) => of(speed).filter(({ kind }) => kind === 'picture').map(({ index }) => index);
  assert.deepEqual(pictures(30), [150, 151, 152, 153, 154, 155, 156]);
  assert.deepEqual(pictures(-30), [150, 149, 148, 147, 146, 145, 144]);
  assert.deepEqual(pictures(0), [150, 151, 149, 152, 148, 153, 147]);
  const [place, sheet] = of(30);
  assert.deepEqual([place!.kind, sheet!.kind, head.sheets[sheet!.index]!.first], ['picture', 'sheet', 144]);
  assert.equal(of(30).filter(({ kind }) => kind === 'sheet').length, head.sheets.length);
});
