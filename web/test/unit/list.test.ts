import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Work } from '../../src/lib/answers.ts';
import type { Answer } from '../../src/lib/api.ts';
import { type Asked, call, filtersOf, type Line, NO_TERMS, queryOf, reasonsOf, sorted, StudyList } from '../../src/professional/list.ts';

const person = (name: string): Line['patient'] => ({ name, birthDate: null, id: null, sex: null, anonymized: false });
const because = (kind: Line['reasons'][number]['kind']): Line['reasons'][number] => ({ kind, by: null, until: null });
const line = (id: string, more: Partial<Line> = {}): Line => ({
  id, date: '2026-11-20', time: null, description: 'CT thorax', modalities: ['CT'], patient: person('An Peeters'), accession: null, department: { id: 'noord', name: 'Noord' },
  hasImages: true, hasReport: true, reportState: 'final', reasons: [because('requested')], new: false, unreadReport: false, labels: [], code: null, ...more,
});
const page = (ids: string, next: string | null = null, looked: string | null = null): Answer<Work> =>
  ({ kind: 'ok', value: { studies: [...ids].map((id) => line(id)), next, looked, more: false } });
const gone: Answer<Work> = { kind: 'unreachable', code: null };

/** A list over answers in their order; what was asked for is kept. */
function list(...answers: (Answer<Work> | Promise<Answer<Work>>)[]): { made: StudyList; asked: Asked[] } {
  const asked: Asked[] = [];
  return { asked, made: new StudyList(async (what) => { asked.push(what); return await answers[asked.length - 1]!; }) };
}
const ids = (made: StudyList) => made.lines.value.map(({ id }) => id).join('');

test('an address says filters and nothing else, and comes back as it was', () => {
  const all = 'modality=CT&from=2026-01-02&to=2026-02-03&department=noord&label=Bespreking+A&unread=true';
  assert.equal(queryOf(filtersOf(all)), all);
  assert.equal(queryOf(filtersOf('')), '');
  assert.equal(queryOf(filtersOf('q=Peeters&birthDate=1958-03-07&modality=<b>&from=yesterday&department=../x&unread=1&label=')), '');
});

test('names, birth dates and numbers are posted and never stand in an address', () => {
  const filters = filtersOf('modality=CT');
  assert.deepEqual(call({ filters, terms: NO_TERMS, before: null, quiet: false }), { path: '/api/studies?modality=CT', body: null });
  assert.deepEqual(call({ filters: filtersOf(''), terms: NO_TERMS, before: null, quiet: false }), { path: '/api/studies', body: null });
  assert.deepEqual(call({ filters: filtersOf(''), terms: NO_TERMS, before: 'x/1', quiet: true }), { path: '/api/studies?before=x%2F1&quiet=true', body: null });
  for (const name of ['q', 'birthDate', 'patientId', 'accession'] as const) {
    const asked = call({ filters, terms: { ...NO_TERMS, [name]: 'Peeters' }, before: 'n', quiet: true });
    assert.deepEqual(asked, { path: '/api/studies/search', body: { modality: 'CT', before: 'n', quiet: true, [name]: 'Peeters' } });
  }
});

test('the reason that says most comes first', () => {
  const kinds = (...given: Line['reasons'][number]['kind'][]) => reasonsOf(line('a', { reasons: given.map(because) })).map(({ kind }) => kind);
  assert.deepEqual(kinds('staff', 'group', 'reference', 'shared', 'copied', 'requested'), ['requested', 'copied', 'shared', 'reference', 'group', 'staff']);
});

test('each column sorts both ways, equals stay as they came, and what is missing stands last', () => {
  const lines = [
    line('a', { patient: person('Éva'), accession: 'A10', date: '2026-01-01', unreadReport: true }), line('b', { patient: person('eva'), accession: 'A9', date: null }),
    line('c', { patient: person('Zan'), accession: null, date: '2026-03-01', hasReport: false }), line('d', { patient: person('Ana'), accession: 'A9', date: '2026-02-01' }),
  ];
  const by = (column: Parameters<typeof sorted>[1]['by'], up: boolean) => sorted(lines, { by: column, up }, 'nl').map(({ id }) => id).join('');
  assert.equal(by('patient', true), 'dabc');
  assert.equal(by('patient', false), 'cabd');
  assert.equal(by('accession', true), 'bdac');
  assert.equal(by('accession', false), 'abdc');
  assert.equal(by('date', true), 'adcb');
  assert.equal(by('date', false), 'abcd', 'as the server gave it');
  assert.equal(by('report', true), 'abdc');
  assert.equal(by('exam', true), 'abcd');
});

test('a second click on a column turns it round; dates begin with the newest', () => {
  const { made } = list();
  made.sortBy('patient');
  assert.deepEqual(made.sort.value, { by: 'patient', up: true });
  made.sortBy('patient');
  assert.deepEqual(made.sort.value, { by: 'patient', up: false });
  made.sortBy('date');
  assert.deepEqual(made.sort.value, { by: 'date', up: false });
});

test('more comes behind what is there, none twice, and keeps what was chosen', async () => {
  const { made, asked } = list(page('ab', 'n1'), page('bc', null));
  await made.begin();
  made.choose('a');
  await made.more();
  assert.equal(ids(made), 'abc');
  assert.deepEqual(asked.map(({ before }) => before), [null, 'n1']);
  assert.deepEqual([...made.chosen.value], ['a']);
  await made.more();
  assert.equal(asked.length, 2, 'there is no more');
});

test('asking again takes as many pages as are shown, quietly; a choice stays as far as its study does', async () => {
  const { made, asked } = list(page('abc', 'n1'), page('de', 'n2'), page('xab', 'm1'), page('cd', null));
  await made.begin();
  await made.more();
  made.choose('b');
  made.choose('e');
  await made.again();
  assert.equal(ids(made), 'xabcd');
  assert.deepEqual([...made.chosen.value], ['b']);
  assert.equal(made.came.value, 1);
  assert.deepEqual(asked.map(({ before, quiet }) => `${before} ${quiet}`), ['null false', 'n1 false', 'null true', 'm1 true']);
});

test('a try in vain leaves what is shown, and says that it may be old', async () => {
  const { made } = list(page('ab', 'n'), gone, gone, page('ab', 'n'));
  await made.begin();
  await made.again();
  assert.deepEqual([ids(made), made.stale.value], ['ab', true]);
  await made.more();
  assert.deepEqual([ids(made), made.stale.value, made.next.value], ['ab', true, 'n']);
  await made.again();
  assert.equal(made.stale.value, false);
});

test('the first page in vain is told as failed, and asking anew mends it', async () => {
  const { made } = list(gone, page(''));
  await made.begin();
  assert.equal(made.state.value, 'failed');
  await made.begin();
  assert.deepEqual([made.state.value, ids(made)], ['there', '']);
});

test('an answer that comes late counts for nothing, and a new question forgets the choice', async () => {
  let late: (answer: Answer<Work>) => void = () => undefined;
  const { made } = list(page('a'), new Promise((resolve) => { late = resolve; }), page('b'));
  await made.begin();
  made.choose('a');
  const first = made.begin(filtersOf('modality=CT'));
  await made.begin(filtersOf('modality=MR'));
  late(page('z'));
  await first;
  assert.deepEqual([ids(made), made.chosen.value.size, made.filters.value.modality], ['b', 0, 'MR']);
});

test('one, several, all shown', async () => {
  const { made } = list(page('abc'));
  await made.begin();
  assert.equal(made.all.value, false);
  for (const id of 'abc') made.choose(id);
  assert.equal(made.all.value, true);
  made.choose('b');
  assert.deepEqual([made.all.value, [...made.chosen.value].join('')], [false, 'ac']);
  made.chooseAll();
  assert.equal(made.chosen.value.size, 3);
  made.chooseAll();
  assert.equal(made.chosen.value.size, 0);
});

test('where the server stopped looking is told until it has looked further', async () => {
  const { made, asked } = list(page('', 'n1', '2025-03-01T00:00:00Z'), page('a', null));
  await made.begin();
  assert.equal(made.looked.value, '2025-03-01T00:00:00Z');
  await made.more();
  assert.deepEqual([ids(made), made.looked.value, asked[1]!.before], ['a', null, 'n1']);
});
