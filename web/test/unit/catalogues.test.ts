import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../../shared/src/main/resources/org/studygate/i18n/', import.meta.url);
const languages = ['nl', 'fr', 'de', 'en', 'es', 'nb', 'sl'];
const sources = readdirSync(new URL('../../src/', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8')).join('\n');

for (const room of ['pages', 'payment', 'study']) {
  const words = Object.fromEntries(languages.map((language) =>
    [language, JSON.parse(readFileSync(new URL(`${language}/${room}.json`, folder), 'utf8')) as Record<string, string>]));

  test(`${room}: the same sentences with the same holes in every language`, () => {
    for (const language of languages) {
      assert.deepEqual(Object.keys(words[language]!), Object.keys(words['en']!), language);
      for (const [key, text] of Object.entries(words[language]!)) {
        const holes = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort();
        assert.deepEqual(holes(text), holes(words['en']![key]!), `${language} ${key}`);
        assert.notEqual(text.trim(), '', `${language} ${key}`);
      }
    }
  });

  test(`${room}: every sentence is used`, () => {
    const made = /^(pay\.method\.|payment\.\w+\.(title|text)$|study\.report\.(preliminary|final|corrected)|study\.(who|what)\.|entrance\.(reference|birth)\.)/;
    for (const key of Object.keys(words['en']!)) {
      assert.ok(made.test(key) || sources.includes(`'${key}'`), `${key} is never said`);
    }
  });
}
