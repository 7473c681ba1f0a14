import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presetsOf } from '../../src/viewer/presets.ts';

const names = (modality: string, own: { center: number; width: number } | null) => presetsOf(modality, own).map(({ key }) => key.split('.').at(-1));

test('a CT has three presets, a head’s the brain in place of the lungs', () => {
  assert.deepEqual(names('CT', null), ['lungs', 'soft', 'bones']);
  assert.deepEqual(names('CT', { center: 40, width: 400 }), ['lungs', 'soft', 'bones']);
  for (const own of [{ center: 40, width: 80 }, { center: 35, width: 100 }, { center: 50, width: 120 }]) assert.deepEqual(names('CT', own), ['brain', 'soft', 'bones']);
  for (const own of [{ center: 30, width: 150 }, { center: 500, width: 120 }]) assert.deepEqual(names('CT', own), ['lungs', 'soft', 'bones'], 'a liver, a bone');
});

test('nothing but a CT measures on a scale that all share', () => {
  for (const modality of ['MR', 'US', 'CR', 'PT', 'NM', '']) assert.deepEqual(names(modality, { center: 40, width: 80 }), []);
});
