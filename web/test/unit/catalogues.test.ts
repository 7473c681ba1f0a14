import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Catalogue, Words } from '../../src/lib/words.ts';

const folder = new URL('../../../shared/src/main/resources/org/studygate/i18n/', import.meta.url);
const languages = readdirSync(folder);
const sources = readdirSync(new URL('../../src/', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8')).join('\n');
const catalogue = (language: string, room: string) => JSON.parse(readFileSync(new URL(`${language}/${room}.json`, folder), 'utf8')) as Catalogue;
const forms = (entry: Catalogue[string]) => (typeof entry === 'string' ? [entry] : Object.values(entry));
const holes = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]!).sort();
/** Nothing here is counted to a million, where French and Spanish have a form of its own. */
const categories = (language: string) => {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 1000 }, (_, n) => rules.select(n)))].sort();
};

test('a language says its name, its place in the switch, and what to do without scripts', () => {
  const own = languages.map((code) => JSON.parse(readFileSync(new URL(`${code}/language.json`, folder), 'utf8')) as Record<string, unknown>);
  for (const one of own) {
    assert.deepEqual(Object.entries(one).map(([key, value]) => [key, typeof value]), [['name', 'string'], ['place', 'number'], ['noscript', 'string']]);
  }
  for (const key of ['name', 'place', 'noscript']) assert.equal(new Set(own.map((one) => one[key])).size, languages.length, key);
});

test('a browser that is too old is told so in every language', () => {
  const told = readFileSync(new URL('../../public/old.js', import.meta.url), 'utf8').match(/^ {4}'.*Firefox.*Safari\.',?$/gm) ?? [];
  assert.equal(told.length, languages.length);
});

/** Professionals read these, and the mails of studies and reports; they know what a study is. */
const professional = ['professional', 'account', 'signin', 'desk', 'policy', 'access', 'copies', 'print', 'share', 'lightbox'];

for (const room of ['pages', 'payment', 'study', 'notice', 'environment', ...professional]) {
  const words = Object.fromEntries(languages.map((language) => [language, catalogue(language, room)]));
  const all = languages.flatMap((language) => Object.entries(words[language]!).flatMap(([key, entry]) =>
    forms(entry).map((text) => ({ language, key, text }))));

  test(`${room}: the same sentences with the same holes in every language`, () => {
    for (const language of languages) {
      assert.deepEqual(Object.keys(words[language]!), Object.keys(words['en']!), language);
    }
    for (const { language, key, text } of all) {
      assert.deepEqual(holes(text), holes(forms(words['en']![key]!)[0]!), `${language} ${key}`);
      assert.notEqual(text.trim(), '', `${language} ${key}`);
      assert.equal(text, text.trim(), `${language} ${key}`);
    }
  });

  test(`${room}: what is counted has every plural form of its language, and nothing else has`, () => {
    for (const language of languages) {
      for (const [key, entry] of Object.entries(words[language]!)) {
        const counts = forms(entry).some((text) => holes(text).includes('n'));
        assert.equal(typeof entry !== 'string', counts, `${language} ${key}`);
        if (typeof entry !== 'string') assert.deepEqual(Object.keys(entry).sort(), categories(language), `${language} ${key}`);
      }
    }
  });

  test(`${room}: a number that a rule decides is a hole`, () => {
    const examples = new Set(['entrance.reference.hint', 'entrance.birth.hint', 'add.reference.hint', 'add.birth.hint']);
    const spelled = /\b(one|an?) hour\b|\b(een|één) uur\b|\beine Stunde\b|\bune heure\b|\buna hora\b|\ben time\b|\beno uro\b/i;
    for (const { language, key, text } of all) {
      if (!examples.has(key)) assert.doesNotMatch(text, /\d/, `${language} ${key}`);
      assert.doesNotMatch(text, spelled, `${language} ${key}`);
    }
  });

  test(`${room}: the words that patients stumbled over are gone`, () => {
    const banned: Readonly<Record<string, readonly RegExp[]>> = {
      en: [/\bvisits?\b/i, /\bstudy\b/i, /^Light$/],
      nl: [/\bbezoek/i, /Groot scherm/, /^Begin$/, /\bstudie\b/i, /^Licht$/],
      de: [/\bBesuch/, /^Anfang$/, /^Zurück$.*Bild/, /\bStudie\b/, /^Licht$/],
      fr: [/\bvisites?\b/i, /\bchez\b/i, /^Initial$/, /\bétude\b/i, /^Lumière$/],
      es: [/\bvisitas?\b/i, /\baparato\b/i, /\bestudio\b/i, /^Inicio$/, /\bclave\b/i, /^Luz$/],
      nb: [/\bbesøk/i, /Betalingen gikk ikke(?! gjennom)/, /^Lys$/],
      sl: [/\bobisk/i, /Na pregled/, /^Svetloba$/],
    };
    // what stands before a hospital's name depends on the name: "à l’Hôpital", "en el Hospital", "im Klinikum"
    const before = /(?<![:\p{L}])(at|by|of|to|from|aan|bij|door|van|in|an|bei|von|durch|à|au|chez|de|par|a|en|por|av|fra|hos|til|pri|v|od) \{(department|hospital)\}/iu;
    for (const { language, key, text } of all) {
      if (!professional.includes(room) && !/^mail\.(study|report|news)\./.test(key)) for (const word of banned[language] ?? []) assert.doesNotMatch(text, word, `${language} ${key}`);
      assert.doesNotMatch(text, before, `${language} ${key}`);
    }
  });

  if (room === 'notice') continue; // said by the server: its own test asks for each sentence
  test(`${room}: every sentence is used`, () => {
    const made = /^(pay\.method\.|payment\.\w+\.(title|text)$|study\.report\.(preliminary|final|corrected)|access\.|document\.|statement\.\w+$|entrance\.(reference|birth)\.|ended\.(left|time)$|account\.(personal|security|privacy|mappings|role\.|gender\.|outcome\.|factor\.|mappings\.)|accounts\.(state|do|what)\.|environment\.(once|clear)$|label\.message\.|lightbox\.(missing|unreachable|window\.(center|width))$|sign\.(factor\.(totp|sms|email|none)|groups\.(right|wrong)|return\.(refused|stopped|unreachable)|register\.(givenName|familyName|username|mobile|physicianNumber))|(period|modality|sex|column|reason|empty|filter|report)\.|print\.(verification|access|fault|label)|shares\.(tab|none)\.|share\.(kind|access|fault|find|stranger|urgent|anonymize|further|told)\b|desk\.(todo|orders|studies|why\.|study\.|number\.|payment\.|refused\.|unlock|paid|pincode|match|release|unmatch|looked-at)|who\.(col|kind|why|state|number|check|sees|left)\.|copies\.(col\.|x$|y$|width$|height$|mask|clean)|add\.(reference|birth|code|pincode|wait|pay)\.|policy\.((field|hint|fault|verification|report|method|case|after|preview)\.|(patients|reports|numbers|payment|contact|languages|statements|intake|versions)\b))/;
    for (const key of Object.keys(words['en']!)) {
      assert.ok(made.test(key) || sources.includes(`'${key}'`) || sources.includes(`"${key}"`), `${key} is never said`);
    }
  });
}

test('junk mail is where mails go, not text messages', () => {
  const junk = /junk|ongewenste mail|indésirable|Spam|no deseado|søppelpost|neželen/i;
  for (const language of languages) {
    for (const [key, entry] of [...Object.entries(catalogue(language, 'pages')), ...Object.entries(catalogue(language, 'payment'))]) {
      for (const text of forms(entry)) assert.equal(junk.test(text), key === 'code.none.email', `${language} ${key}`);
    }
  }
});

test('sentences come whole: none is put together of two', () => {
  assert.deepEqual(sources.match(/\$\{[^}`]*\bt\((?!`)[^}]*\}/g) ?? [], []);
});

test('who opened an exam is a sentence for each whom and each what', () => {
  for (const language of languages) {
    const words = catalogue(language, 'study');
    for (const whom of ['user', 'group', 'department', 'other', 'several']) assert.ok(words[`access.professional.study-shared.${whom}`], `${language} ${whom}`);
    for (const who of ['patient', 'department']) {
      for (const what of ['study-viewed', 'images-viewed', 'file-downloaded', 'report-read']) assert.ok(words[`access.${who}.${what}`], `${language} ${who} ${what}`);
    }
  }
});

test('each kind of document that the contract knows has a name', () => {
  const contract = readFileSync(new URL('../../../docs/openapi.yaml', import.meta.url), 'utf8');
  const kinds = /DocumentKind:\n +enum: \[([^\]]+)\]/.exec(contract)![1]!.split(', ');
  for (const language of languages) {
    for (const kind of kinds) assert.ok(catalogue(language, 'study')[`document.${kind}`], `${language} ${kind}`);
  }
});

test('one minute, two images, five codes: in the form that the number asks for', () => {
  const say = (language: string, key: string, n: number) =>
    new Words(language, { ...catalogue(language, 'pages'), ...catalogue(language, 'study') }).t(key, { n });
  assert.equal(say('en', 'error.slow', 1), 'There were too many tries. Try again in 1 minute.');
  assert.equal(say('en', 'error.slow', 2), 'There were too many tries. Try again in 2 minutes.');
  assert.deepEqual([1, 2, 3, 4, 5, 101, 102, 300].map((n) => say('sl', 'study.series.count', n)),
    ['1 slika', '2 sliki', '3 slike', '4 slike', '5 slik', '101 slika', '102 sliki', '300 slik']);
  assert.equal(say('fr', 'study.series.count', 0), '0 image');
  assert.equal(say('de', 'study.series.count', 1200), '1.200 Bilder');
});

test('dates, times and amounts are written as the reader’s own browser writes them', () => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
  const day = (language: string, ...wishes: string[]) => new Words(language, {}, wishes).date('2026-03-07');
  assert.equal(day('en'), '7 March 2026');
  assert.equal(day('en', 'en-US', 'en'), 'March 7, 2026');
  assert.equal(day('en', 'nl-BE', 'en-GB'), '7 March 2026');
  assert.equal(day('de', 'de-AT'), '7. März 2026');
  assert.equal(new Words('en', {}, []).date('2026-03'), 'March 2026');
  assert.equal(new Words('en', {}, []).date('1958'), '1958');
  assert.equal(day('nl', 'not a language', 'nl-'), '7 maart 2026');
  assert.equal(plain(new Words('nl', {}, ['nl-BE']).money({ value: 123_450, currency: 'EUR' })), '€ 1.234,50');
  assert.equal(plain(new Words('de', {}, ['de-CH']).money({ value: 123_450, currency: 'CHF' })).replace('’', "'"), "CHF 1'234.50");
  assert.match(new Words('en', {}, ['en-US']).time(new Date(2026, 0, 1, 15, 5)), /3:05\sPM/);
  assert.equal(new Words('en', {}, ['en-GB']).time(new Date(2026, 0, 1, 15, 5)), '15:05');
});
