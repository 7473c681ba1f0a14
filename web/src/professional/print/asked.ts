import type { LetterDefaults } from '../../lib/answers.ts';

const SHAPE = /^[0-9a-hjkmnp-tv-z]{26}(,[0-9a-hjkmnp-tv-z]{26}){0,49}$/;

/** The studies that an address names; none where it names anything else. */
export function studiesOf(query: string): readonly string[] {
  const ids = new URLSearchParams(query).get('studies') ?? '';
  return SHAPE.test(ids) ? [...new Set(ids.split(','))] : [];
}

/** A mobile as the order writes it, parted at the longest of the department's prefixes. */
export function parted(mobile: string | null, { prefixes, prefix }: Pick<LetterDefaults, 'prefixes' | 'prefix'>): { readonly prefix: string; readonly rest: string } {
  const own = prefix ?? prefixes[0] ?? '';
  if (!mobile) return { prefix: own, rest: '' };
  const found = [...prefixes].filter((one) => mobile.startsWith(one)).sort((one, other) => other.length - one.length)[0];
  return found ? { prefix: found, rest: mobile.slice(found.length) } : { prefix: own, rest: mobile };
}

/** What is sent as the destination: a number with a country of its own is left as it is. */
export function whole(prefix: string, rest: string): string {
  const typed = rest.trim();
  return /^(\+|00)/.test(typed) ? typed : `${prefix} ${typed}`;
}

const SOON_MS = 2000;
const LATER_MS = 15_000;
const OFTEN = 30;
const MOST = 50;

/** How long until copies are asked after again; null where it was often enough, and a hand must ask. */
export function next(asked: number): number | null {
  return asked >= MOST ? null : asked < OFTEN ? SOON_MS : LATER_MS;
}
