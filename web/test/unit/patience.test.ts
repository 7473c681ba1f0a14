import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../src/lib/api.ts';
import { patiently } from '../../src/lib/patience.ts';

const lost: Answer<number> = { kind: 'unreachable', code: null };
const run = (answers: Answer<number>[], wanted = () => true) => {
  const line: boolean[] = [];
  const waited: number[] = [];
  return { line, waited, end: patiently(async () => answers.shift()!, wanted, (up) => line.push(up), async (tries) => { waited.push(tries); }) };
};

test('nobody answers: it is told once, tried again, and told when somebody does', async () => {
  const { line, waited, end } = run([lost, lost, lost, { kind: 'ok', value: 7 }]);
  assert.deepEqual(await end, { kind: 'ok', value: 7 });
  assert.deepEqual([line, waited], [[false, true], [0, 1, 2]]);
});

test('an answer is an answer, also a refusal; then nothing is told of the line', async () => {
  const { line, end } = run([{ kind: 'refused', code: 'session-ended' }]);
  assert.equal((await end).kind, 'refused');
  assert.deepEqual(line, []);
});

test('what nobody wants any more is not asked for again', async () => {
  let open = true;
  const { end, line } = run([lost, lost], () => { const was = open; open = false; return was; });
  assert.equal((await end).kind, 'unreachable');
  assert.deepEqual(line, [false, true]);
});
