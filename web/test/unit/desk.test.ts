import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { reasonKey } from '../../src/professional/desk/reasons.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/receipts.md');
const codes = page.slice(page.indexOf('## Codes')).split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...line.slice(0, line.indexOf(' |', 2)).matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code!));

test('whatever a department is told is said in a few words of every language, and not as its code', () => {
  assert.ok(codes.length > 60, `${codes.length} codes`);
  for (const language of ['nl', 'fr', 'de', 'en', 'es', 'nb', 'sl']) {
    const words = new Set(Object.keys(JSON.parse(read(`shared/src/main/resources/org/studygate/i18n/${language}/desk.json`)) as object));
    for (const code of codes) assert.ok(words.has(reasonKey(code, (key) => words.has(key))), `${language}: ${code}`);
  }
});

test('a code without words of its own has those of its kind', () => {
  const known = (key: string) => key === 'desk.why.weak-number';
  assert.deepEqual(['weak-number', 'not-drawn-damaged', 'bad-uid', 'bad-vr'].map((code) => reasonKey(code, known)), ['desk.why.weak-number', 'desk.why.not-drawn', 'desk.why.bad-json', 'desk.why.unreadable']);
});
