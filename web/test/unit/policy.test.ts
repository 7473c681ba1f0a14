// What a department's page keeps while it is typed on, and how it reads and writes periods, amounts and colours.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cents, contrast, daysOf, differ, flat, fraction, GROUNDS, having, LOGO_BYTES, minutes, nextConditions, onto, READABLE, span, whole } from '../../src/professional/policy/fields.ts';

const example = JSON.parse(readFileSync(new URL('../../../docs/department.example.json', import.meta.url), 'utf8')) as object;

test('a department field by field is the same department again', () => {
  const fields = flat(example);
  assert.equal(fields['policy.payment.prices.MR'], 2500);
  assert.equal(fields['logo'], undefined); // null is not there
  assert.deepEqual(flat(whole(fields)), fields);
});

test('empty is not there, and what differs is named', () => {
  const fields = flat(example);
  assert.deepEqual(differ(fields, having(fields, 'contact.email', '')), ['contact.email']);
  assert.deepEqual(differ(fields, having(having(fields, 'policy.report', 'never'), 'statements.imprint.fr', 'x')), ['policy.report', 'statements.imprint.fr']);
  assert.deepEqual(differ(fields, having(fields, 'languages', ['nl', 'fr', 'en'])), []);
  assert.deepEqual(differ(fields, having(fields, 'languages', ['fr', 'nl', 'en'])), ['languages']);
});

test('what was typed stays on what somebody else has put in force', () => {
  const base = flat(example);
  const typed = having(having(base, 'name', 'Mine'), 'contact.email', undefined);
  const standing = having(having(base, 'hospital', 'Theirs'), 'name', 'Theirs');
  assert.deepEqual(onto(base, typed, standing), having(having(standing, 'name', 'Mine'), 'contact.email', undefined));
});

test('periods, minutes and days', () => {
  assert.deepEqual(span('P6M'), { count: 6, unit: 'M' });
  assert.equal(span('P1Y6M'), null);
  assert.equal(span(undefined), null);
  assert.deepEqual(['PT10M', 'PT1H', 'PT1H30M', 'P1D'].map(minutes), [10, 60, 90, null]);
  assert.deepEqual(['after-14-days', 'never', 'after--days'].map(daysOf), [14, null, null]);
});

test('amounts are whole in the smallest unit, or stay as they were typed', () => {
  assert.deepEqual([fraction('EUR'), fraction('JPY'), fraction('no')], [2, 0, 2]);
  assert.deepEqual(['15', '15,5', '15.50', '0.29', ' 7 '].map((typed) => cents(typed, 2)), [1500, 1550, 1550, 29, 700]);
  assert.deepEqual(['15,555', '-1', 'x', '1.000,00', ''].map((typed) => cents(typed, 2)), ['15,555', '-1', 'x', '1.000,00', '']);
  assert.equal(cents('1500', 0), 1500);
});

test('contrast is the ratio of WCAG, on the grounds and by the least that the server has', () => {
  assert.equal(Math.round(contrast('#000000', '#ffffff') * 10) / 10, 21);
  assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54');
  const brand = readFileSync(new URL('../../../shared/src/main/java/org/studygate/department/Department.java', import.meta.url), 'utf8');
  for (const said of [`LIGHT_PAGE = "${GROUNDS.light}"`, `DARK_PAGE = "${GROUNDS.dark}"`, `READABLE = ${READABLE}`]) assert.ok(brand.includes(said), said);
  const logo = readFileSync(new URL('../../../shared/src/main/java/org/studygate/department/Logo.java', import.meta.url), 'utf8');
  assert.ok(logo.includes(`MOST_BYTES = ${LOGO_BYTES / 1024} * 1024`));
});

test('conditions get another version each time', () => {
  assert.equal(nextConditions('2026-11', '2026-11-28'), '2026-11-28');
  assert.equal(nextConditions('2026-11-28', '2026-11-28'), '2026-11-28-2');
  assert.equal(nextConditions('2026-11-28-2', '2026-11-28'), '2026-11-28-3');
  assert.equal(nextConditions(undefined, '2026-11-28'), '2026-11-28');
});
