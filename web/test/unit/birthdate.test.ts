import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { read, spread } from '../../src/lib/birthdate.ts';

const today = '2026-11-23';
const typed = (day: string, month: string, year: string) => ({ day, month, year });

test('one digit or two, and spaces around', () => {
  assert.deepEqual(read(typed('7', '3', '1958'), 'en', today), { kind: 'date', value: '1958-03-07' });
  assert.deepEqual(read(typed(' 07', '03 ', '1958'), 'nl', today), { kind: 'date', value: '1958-03-07' });
});

test("months by name in the visitor's language, whole or short, with or without accents", () => {
  for (const [language, month] of [['nl', 'maart'], ['fr', 'mars'], ['de', 'März'], ['de', 'marz'], ['en', 'Mar'], ['es', 'marzo'], ['nb', 'mars'], ['sl', 'marec'], ['sl', 'marca']]) {
    assert.deepEqual(read(typed('7', month!, '1958'), language!, today), { kind: 'date', value: '1958-03-07' }, `${language} ${month}`);
  }
  assert.deepEqual(read(typed('7', 'ju', '1958'), 'en', today), { kind: 'unreal', part: 'month' });
});

test('a whole date pasted into the first field', () => {
  for (const text of ['7-3-1958', '07/03/1958', '7 maart 1958', '1958-03-07', '7.3.1958', '7 mrt. 1958', '7. 3. 1958']) {
    assert.deepEqual(read(typed(text, '', ''), 'nl', today), { kind: 'date', value: '1958-03-07' }, text);
  }
  assert.deepEqual(read(typed('7 de marzo de 1958', '', ''), 'es', today), { kind: 'date', value: '1958-03-07' });
  assert.equal(spread('7', 'nl'), null);
  assert.equal(spread('12', 'nl'), null);
});

test('what is missing is named', () => {
  assert.deepEqual(read(typed('', '', ''), 'en', today), { kind: 'missing', part: 'all' });
  assert.deepEqual(read(typed('7', '', '1958'), 'en', today), { kind: 'missing', part: 'month' });
});

test('days that do not exist', () => {
  assert.deepEqual(read(typed('30', '2', '1958'), 'en', today), { kind: 'unreal', part: 'day' });
  assert.deepEqual(read(typed('29', '2', '1900'), 'en', today), { kind: 'unreal', part: 'day' });
  assert.deepEqual(read(typed('29', '2', '2000'), 'en', today), { kind: 'date', value: '2000-02-29' });
  assert.deepEqual(read(typed('1', '13', '2000'), 'en', today), { kind: 'unreal', part: 'month' });
  assert.deepEqual(read(typed('1', '1', '58'), 'en', today), { kind: 'unreal', part: 'year' });
});

test('what is not known may be left out where that is enough', () => {
  const known = (day: string, month: string, year: string) => read(typed(day, month, year), 'nl', today, true);
  assert.deepEqual(known('', '', '1958'), { kind: 'date', value: '1958' });
  assert.deepEqual(known('', 'maart', '1958'), { kind: 'date', value: '1958-03' });
  assert.deepEqual(known('0', '00', '1958'), { kind: 'date', value: '1958' });
  assert.deepEqual(known('7', '3', '1958'), { kind: 'date', value: '1958-03-07' });
  assert.deepEqual(known('7', '', '1958'), { kind: 'missing', part: 'month' });
  assert.deepEqual(known('', '3', ''), { kind: 'missing', part: 'year' });
  assert.deepEqual(known('', '', ''), { kind: 'missing', part: 'all' });
  assert.deepEqual(known('', '', '2027'), { kind: 'future' });
  assert.deepEqual(known('', '13', '1958'), { kind: 'unreal', part: 'month' });
  assert.deepEqual(read(typed('', '', '1958'), 'nl', today), { kind: 'missing', part: 'day' });
  assert.deepEqual(read(typed('0', '3', '1958'), 'nl', today), { kind: 'unreal', part: 'day' });
});

test('nobody is born tomorrow', () => {
  assert.deepEqual(read(typed('24', '11', '2026'), 'en', today), { kind: 'future' });
});
