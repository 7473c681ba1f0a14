import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Dataset, depth, isParallel, lettersOf, opposite, readMetadata, type Scale } from '../../src/professional/viewer/metadata.ts';

type Tags = Readonly<Record<string, readonly unknown[]>>;
const dataset = (tags: Tags): Dataset => Object.fromEntries(Object.entries(tags).map(([tag, Value]) => [tag, { Value }]));
const read = (tags: Tags) => readMetadata([dataset({ '00080018': ['1.1'], '00080060': ['CT'], '00280010': [512], '00280011': [256], ...tags })]).get('1.1')!;

test('where a slice lies, and how far its pixels lie apart', () => {
  const [picture] = read({ '00280030': [0.8, 0.5], '00200032': [-1, -2, 30], '00200037': [1, 0, 0, 0, 1, 0], '00200052': ['1.9'] });
  assert.deepEqual([picture!.rows, picture!.columns, picture!.spacing, picture!.scale], [512, 256, [0.8, 0.5], 'patient']);
  assert.deepEqual([picture!.position, picture!.across, picture!.down, picture!.frameOfReference], [[-1, -2, 30], [1, 0, 0], [0, 1, 0], '1.9']);
  assert.equal(depth(picture!), 30);
  assert.equal(isParallel(picture!, read({ '00200037': [1, 0, 0, 0, 0, -1] })[0]!), false);
});

test('an X-ray is measured in the patient only where somebody has calibrated it', () => {
  const cases: readonly (readonly [Tags, Scale, readonly [number, number]])[] = [
    [{ '00080060': ['DX'], '00181164': [0.2, 0.2] }, 'detector', [0.2, 0.2]],
    [{ '00080060': ['DX'], '00181164': [0.2, 0.2], '00280030': [0.2, 0.2] }, 'detector', [0.2, 0.2]],
    [{ '00080060': ['CR'], '00280030': [0.2, 0.2] }, 'detector', [0.2, 0.2]],
    [{ '00080060': ['DX'], '00181164': [0.2, 0.2], '00280030': [0.15, 0.15] }, 'patient', [0.15, 0.15]],
    [{ '00080060': ['XA'], '00280030': [0.2, 0.2], '00280A02': ['FIDUCIAL'] }, 'patient', [0.2, 0.2]],
    [{ '00080060': ['MR'], '00280030': [0.9, 0.9] }, 'patient', [0.9, 0.9]],
    [{ '00080060': ['US'] }, 'unknown', [1, 1]],
    [{ '00080060': ['OT'], '00280034': [2, 1] }, 'unknown', [2, 1]],
    [{ '00280030': [0, 0.5] }, 'unknown', [1, 1]],
    [{ '00280030': ['', ''] }, 'unknown', [1, 1]],
  ];
  for (const [tags, scale, spacing] of cases) {
    const [picture] = read(tags);
    assert.deepEqual([picture!.scale, picture!.spacing], [scale, spacing], JSON.stringify(tags));
  }
});

test('units are those that the file names', () => {
  assert.equal(read({})[0]!.unit, 'HU');
  assert.equal(read({ '00281054': ['HU'] })[0]!.unit, 'HU');
  assert.equal(read({ '00281054': ['US'] })[0]!.unit, '');
  assert.equal(read({ '00080060': ['PT'], '00541001': ['BQML'] })[0]!.unit, 'Bq/ml');
  assert.equal(read({ '00080060': ['MR'] })[0]!.unit, '');
});

test('each frame of an enhanced object has its own place, and what they share', () => {
  const at = (z: number) => dataset({ '00209113': [dataset({ '00200032': [0, 0, z] })] });
  const pictures = read({
    '00280008': [2],
    '52009229': [dataset({ '00289110': [dataset({ '00280030': [0.7, 0.6], '00180050': [3] })], '00209116': [dataset({ '00200037': [0, 1, 0, 0, 0, -1] })] })],
    '52009230': [at(5), at(8)],
  });
  assert.deepEqual(pictures.map(({ position, spacing, facts }) => [position, spacing, facts.thickness]), [[[0, 0, 5], [0.7, 0.6], '3'], [[0, 0, 8], [0.7, 0.6], '3']]);
  assert.deepEqual(pictures[0]!.down, [0, 0, -1]);
});

test('letters: the greater part first, nothing for a trifle', () => {
  assert.deepEqual([lettersOf([1, 0, 0]), lettersOf([0, -1, 0]), lettersOf([0, 0, 1]), lettersOf([-0.8, 0.6, 0]), lettersOf([0.999, 0.05, 0])], ['L', 'A', 'H', 'RP', 'L']);
  assert.equal(opposite('RPH'), 'LAF');
});

test('what is said over a picture', () => {
  const { facts } = read({ '00100010': [{ Alphabetic: 'Peeters^An^Maria' }], '00100030': ['19580307'], '00080022': ['20261120'], '00080032': ['101559.5'], '00180060': ['120'] })[0]!;
  assert.deepEqual([facts.patient, facts.birthDate, facts.at, facts.technique], ['Peeters, An', '1958-03-07', '2026-11-20 10:15', '120 kV']);
});
