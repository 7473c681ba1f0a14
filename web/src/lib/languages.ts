import { type Catalogue, Words } from './words.ts';

const NAMES = import.meta.glob<string>('@catalogues/*/language.json', { eager: true, import: 'name' });
const PLACES = import.meta.glob<number>('@catalogues/*/language.json', { eager: true, import: 'place' });

/** A language is a folder of catalogues. Each is named in itself, in the order of the switch. */
export const LANGUAGES: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(NAMES)
  .sort(([one], [other]) => PLACES[one]! - PLACES[other]!)
  .map(([path, name]) => [path.split('/').at(-2), name]));

const KEPT = 'studygate.language';
const ROOMS = {
  pages: import.meta.glob<{ default: Catalogue }>('@catalogues/*/pages.json'),
  payment: import.meta.glob<{ default: Catalogue }>('@catalogues/*/payment.json'),
  study: import.meta.glob<{ default: Catalogue }>('@catalogues/*/study.json'),
};
export type Room = keyof typeof ROOMS;

export function load(language: string, rooms: readonly Room[]): Promise<Words> {
  return speak(language, ROOMS, rooms);
}

/** The catalogues of a room, by their paths: one chunk each, loaded for the language that is shown alone. */
export type Catalogues = Readonly<Record<string, () => Promise<{ default: Catalogue }>>>;

export async function speak<R extends string>(language: string, from: Readonly<Record<R, Catalogues>>, rooms: readonly R[]): Promise<Words> {
  const parts = await Promise.all(rooms.map(async (room) => {
    const path = Object.keys(from[room]).find((name) => name.endsWith(`/${language}/${room}.json`));
    if (path === undefined) throw new Error(`no words of ${room} in ${language}`);
    return (await from[room][path]!()).default;
  }));
  document.documentElement.lang = language;
  return new Words(language, Object.assign({}, ...parts) as Catalogue, navigator.languages);
}

/** A choice made here wins over the browser's wish; a language we do not speak gives English. */
export function preferred(): string {
  return pick([kept(), ...navigator.languages]);
}

export function pick(wishes: readonly (string | null)[]): string {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split('-')[0] ?? '';
    if (language in LANGUAGES) return language;
    if (language === 'no' || language === 'nn') return 'nb';
  }
  return 'en';
}

/** The language is the one choice of a patient that this browser may remember. */
export function keep(language: string): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // A browser that keeps nothing still shows the page; the choice lasts until the next one.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
