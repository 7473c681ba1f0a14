import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, placeIn } from '../../src/ui/place.ts';

test('a place is written and read back, with as much as is known', () => {
  for (const hash of ['#s1', '#s1/1.2.840.5', '#s1/1.2.840.5/151', '#s1/1.2.840.5/151/report', '#s1/report']) {
    assert.equal(hashOf(placeIn(hash)!), hash);
  }
  assert.deepEqual(placeIn('#aB_-9/1.2/7'), { study: 'aB_-9', series: '1.2', picture: 7, report: false });
});

test('what is no place is none', () => {
  for (const hash of ['', '#', '#a b', '#s1/x', '#s1/1.2/x', '#s1//2', '#s1/1.2/1234567', '#https://evil.example', '#0000 0000']) assert.equal(placeIn(hash), null, hash);
});
