import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { read } from '../../src/lib/birthdate.ts';
import { judge } from '../../src/lib/reference.ts';
import { digits } from '../../src/lib/typed.ts';

type Example = { readonly what: string; readonly typed: string };
/** The server's tests read the same table. */
const table = JSON.parse(readFileSync(new URL('../typed.json', import.meta.url), 'utf8')) as {
  references: readonly (Example & { normalised: string | null })[];
  digits: readonly (Example & { digits: string })[];
  dates: readonly (Example & { date: string | null })[];
  partialDates: readonly (Example & { date: string | null })[];
};

test('reference numbers, however they are typed and pasted', () => {
  for (const { what, typed, normalised } of table.references) {
    const judged = judge(typed);
    assert.equal(judged.kind === 'sendable' ? judged.value : null, normalised, what);
  }
});

test('codes, however they are typed and pasted', () => {
  for (const one of table.digits) assert.equal(digits(one.typed), one.digits, one.what);
});

test('dates of birth, however they are pasted', () => {
  for (const { what, typed, date } of table.dates) assert.equal(born(typed, false), date, what);
});

test('dates of birth of which only a part is known, where that is enough', () => {
  for (const { what, typed, date } of table.partialDates) {
    assert.equal(born(typed, true), date, what);
    assert.equal(born(typed, false), null, what);
  }
});

function born(day: string, partial: boolean): string | null {
  const date = read({ day, month: '', year: '' }, 'nl', '2026-11-23', partial);
  return date.kind === 'date' ? date.value : null;
}
