import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkCharacter, grouped, judge, normalise } from '../../src/lib/reference.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
type Vector = { typed: string; normalised: string; check: string };
const vectors = JSON.parse(readFileSync(new URL('../reference-vectors.json', import.meta.url), 'utf8')) as Vector[];

test('every vector normalises and carries its check character', () => {
  for (const { typed, normalised, check } of vectors) {
    assert.equal(normalise(typed), normalised);
    assert.equal(checkCharacter(normalised.slice(0, 16)), check);
    assert.deepEqual(judge(typed), { kind: 'sendable', value: normalised });
  }
});

test('every single wrong character is caught', () => {
  const { normalised } = vectors[5]!;
  for (let place = 0; place < 17; place++) {
    for (const other of ALPHABET) {
      if (other === normalised[place]) continue;
      const wrong = normalised.slice(0, place) + other + normalised.slice(place + 1);
      assert.deepEqual(judge(wrong), { kind: 'mistyped' }, wrong);
    }
  }
});

test('every swap of two different neighbours is caught', () => {
  for (const { normalised } of vectors) {
    for (let place = 0; place < 16; place++) {
      const a = normalised[place]!;
      const b = normalised[place + 1]!;
      if (a === b) continue;
      const wrong = normalised.slice(0, place) + b + a + normalised.slice(place + 2);
      assert.deepEqual(judge(wrong), { kind: 'mistyped' }, wrong);
    }
  }
});

test("a hospital's own number goes to the server, which alone knows it", () => {
  assert.deepEqual(judge(' AB-12/34 '), { kind: 'sendable', value: 'AB1234' });
  assert.deepEqual(judge(vectors[3]!.normalised + '0'), { kind: 'sendable', value: vectors[3]!.normalised + '0' });
});

test('nothing typed is nothing to send', () => {
  assert.deepEqual(judge(' - '), { kind: 'empty' });
});

test('ours is shown in groups of four', () => {
  assert.equal(grouped('7H2K9F3Q11112222X'), '7H2K 9F3Q 1111 2222 X');
});
