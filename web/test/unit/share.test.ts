import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { actsOf } from '../../src/professional/share/acts.ts';
import { lastDayOf } from '../../src/professional/share/days.ts';
import { asked, fromList, fromTyped, hasAlready, isSame, languageOf, typedAs } from '../../src/professional/share/recipients.ts';

const of = (...languages: (string | null)[]) => languages.map((language) => ({ language }));

test('the language is that of more than half, else that of the first', () => {
  const say = (...languages: (string | null)[]) => languageOf(of(...languages), ['nl', 'fr', 'de'], 'en');
  assert.equal(say(), 'en');
  assert.equal(say('fr'), 'fr');
  assert.equal(say('fr', 'nl'), 'fr', 'half is not more than half');
  assert.equal(say('fr', 'nl', 'nl'), 'nl');
  assert.equal(say('fr', 'nl', 'nl', 'de'), 'fr');
  assert.equal(say(null, 'nl'), 'nl', 'whoever tells none decides nothing');
  assert.equal(say('it', 'nl'), 'nl', 'a language that is not offered is none');
  assert.equal(say(null), 'en');
});

test('what is typed is an address, a number or a name', () => {
  assert.deepEqual(typedAs(' an@example.org '), { kind: 'email', text: 'an@example.org' });
  assert.deepEqual(typedAs('+32 470 12 34 56'), { kind: 'mobile', text: '+32 470 12 34 56' });
  assert.deepEqual(typedAs('0470/12.34.56'), { kind: 'mobile', text: '0470/12.34.56' });
  for (const name of ['An Peeters', 'an@example', '@example.org', 'a@b.c', '12345', '10045678901', 'x 0470123456', '']) assert.equal(typedAs(name), null, name);
});

test('the same one is the same however it is written', () => {
  const mail = (id: string) => ({ kind: 'email' as const, id });
  const mobile = (id: string) => ({ kind: 'mobile' as const, id });
  assert.ok(isSame(mail('An@Example.org'), mail('an@example.org')));
  assert.ok(isSame(mobile('0032 470 12'), mobile('+32470/12')));
  assert.ok(!isSame({ kind: 'user', id: 'a' }, { kind: 'group', id: 'a' }));
  assert.ok(!isSame(mail('a@example.org'), mail('b@example.org')));
});

/** Somebody of the directory. */
const person = { kind: 'user' as const, id: 'a', name: 'An', number: null, email: null, mobile: null, language: null, hasMobile: true, favourite: false };

test('remembered choices are begun with, and no code where no number is registered', () => {
  const one = person;
  const begun = (twoFactor: boolean, sendMail: boolean, codes = false) => ({ remembered: { twoFactor, sendMail, tellOpened: false }, codes });
  assert.deepEqual(asked(fromList(one, begun(false, false, true))), { account: 'a', twoFactor: true, sendMail: false }, 'what one opens with a code goes on with one');
  assert.deepEqual(asked(fromList(one, begun(true, true))), { account: 'a', twoFactor: true, sendMail: true });
  assert.deepEqual(asked(fromList({ ...one, hasMobile: false }, begun(true, false))), { account: 'a', twoFactor: false, sendMail: false });
  assert.deepEqual(asked({ ...fromList(one, begun(false, false)), star: true }), { account: 'a', twoFactor: false, sendMail: false, favourite: true });
  assert.deepEqual(asked(fromTyped({ kind: 'email', text: 'a@example.org' })), { email: 'a@example.org', twoFactor: true, sendMail: true });
});

test('what somebody has already counts with its latest end and its widest right', () => {
  const an = fromList(person, { remembered: { twoFactor: false, sendMail: false, tellOpened: false }, codes: false });
  const share = (until: string | null, access: 'report-read' | 'report-write', ...studies: string[]) => ({ recipient: { kind: 'user' as const, id: 'a', name: 'An' }, access, until, studies });
  const exams = [{ id: '1', description: 'CT', date: null, patient: '' }, { id: '2', description: 'RX', date: null, patient: '' }];
  assert.equal(hasAlready(an, { exams, shared: [] }), null);
  assert.equal(hasAlready(an, { exams, shared: [{ ...share('2026-01-01', 'report-read', '1'), recipient: { kind: 'user', id: 'b', name: 'Bo' } }] }), null);
  assert.deepEqual(hasAlready(an, { exams, shared: [share('2026-12-01', 'report-read', '1'), share('2026-12-09', 'report-write', '1')] }), { exams: [exams[0]], until: '2026-12-09', write: true });
  assert.deepEqual(hasAlready(an, { exams, shared: [share('2026-12-01', 'report-read', '1'), share(null, 'report-read', '2')] }), { exams, until: null, write: false });
});

test('the last day of a moment is the day before it, and a day is itself', () => {
  assert.equal(lastDayOf('2026-12-31'), '2026-12-31');
  assert.equal(lastDayOf(new Date(2027, 0, 1).toISOString()), '2026-12-31');
});

test('what was shared at once stands together, with all its studies', () => {
  const line = (bucket: string, from: string, ...studies: string[]) => ({
    bucket, from, recipient: { kind: 'user' as const, id: bucket, name: bucket }, by: { id: 'me', name: 'Me' }, studies: studies.map((id) => ({ id, description: id, date: null, modalities: [], patient: '' })), access: 'report-read' as const,
    state: 'active' as const, until: null, openedAt: null, twoFactor: false, code: false, anonymised: false, urgent: false, furtherSharing: false, message: false, children: 0, left: [],
  });
  const acts = actsOf([line('a', '2', 'x'), line('b', '2', 'x', 'y'), line('c', '1', 'x')]);
  assert.deepEqual(acts.map(({ lines, studies }) => [lines.map(({ bucket }) => bucket), studies.map(({ id }) => id)]), [[['a', 'b'], ['x', 'y']], [['c'], ['x']]]);
});

test('whatever the server finds wrong with a share has a sentence', () => {
  const java = (file: string) => readFileSync(new URL(`../../../shared/src/main/java/org/studygate/${file}.java`, import.meta.url), 'utf8');
  const codes = new Map([...java('http/Problem').matchAll(/^ {2}([A-Z_]+)\(\s*"([a-z-]+)"/gm)].map(([, name, code]) => [name, code]));
  const said = JSON.parse(readFileSync(new URL('../../../shared/src/main/resources/org/studygate/i18n/en/share.json', import.meta.url), 'utf8')) as object;
  const faults = [...java('sharing/Fault').matchAll(/^ {2}([A-Z_]+)\("/gm)].map(([, name]) => codes.get(name));
  assert.ok(faults.length > 20);
  // without a study no page of sharing is there
  assert.deepEqual(faults.filter((code) => code !== 'no-study' && !(`share.fault.${code}` in said)), []);
});
