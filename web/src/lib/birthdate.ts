import { ourDigits, parts } from './typed.ts';

/**
 * A date of birth as people write it: 3 or 03, a month by number or by name in their language, or a
 * whole date pasted into one field. Where the hospital allows it, the day and the month may be left
 * out by whom they are not known of; a nought stands for the same.
 */
export type Typed = { readonly day: string; readonly month: string; readonly year: string };
export type Part = keyof Typed;
export type Birthdate =
  | { kind: 'date'; value: string }
  | { kind: 'missing'; part: Part | 'all' }
  | { kind: 'unreal'; part: Part }
  | { kind: 'future' };

export function read(typed: Typed, language: string, today: string, partial = false): Birthdate {
  const whole = spread(typed.day, language) ?? typed;
  const empty = (['day', 'month', 'year'] as const).filter((part) => isEmpty(whole[part], partial && part !== 'year'));
  if (empty.length === 3) return { kind: 'missing', part: 'all' };
  const needed = partial ? empty.filter((part) => part === 'year' || (part === 'month' && !empty.includes('day'))) : empty;
  if (needed[0] !== undefined) return { kind: 'missing', part: needed[0] };

  const month = empty.includes('month') ? 0 : monthOf(whole.month, language);
  if (month === null) return { kind: 'unreal', part: 'month' };
  const year = number(whole.year);
  if (year === null || year < 1890 || year > 9999) return { kind: 'unreal', part: 'year' };
  const day = empty.includes('day') ? 0 : number(whole.day);
  if (day === null || (!empty.includes('day') && (day < 1 || day > daysIn(year, month)))) return { kind: 'unreal', part: 'day' };

  const value = [String(year), month > 0 && two(month), day > 0 && two(day)].filter(Boolean).join('-');
  return value > today ? { kind: 'future' } : { kind: 'date', value };
}

function isEmpty(part: string, orNought: boolean): boolean {
  return part.trim() === '' || (orNought && number(part) === 0);
}

/** 7-3-1958, 07/03/1958, 7 maart 1958, 7 de marzo de 1958, 1958-03-07, 3/1958 and 1958 are dates of their own. */
export function spread(text: string, language: string): Typed | null {
  const found = parts(text).filter((part) => !(language === 'es' && /^del?$/i.test(part)));
  const [year, month = '', day = '', ...more] = found[0]?.length === 4 ? found : [...found].reverse();
  if (year === undefined || number(year) === null || number(year)! < 1000 || more.length > 0) return null;
  return found.length === 1 || monthOf(month, language) !== null || number(month) !== null ? { year, month, day } : null;
}

/** The one month whose name begins like what was typed. */
function monthOf(text: string, language: string): number | null {
  const place = number(text);
  if (place !== null) return place >= 1 && place <= 12 ? place : null;
  const wanted = plain(text);
  const shared = Array.from({ length: 12 }, (_, m) =>
    Math.max(...names(m + 1, language).map((name) => alike(name, wanted))));
  const best = Math.max(...shared);
  const found = shared.flatMap((length, m) => (length === best ? [m + 1] : []));
  return best >= 3 && found.length === 1 ? found[0]! : null;
}

/** Letters in common from the start: enough for "mar", and for the other cases of "marec, marca". */
function alike(name: string, wanted: string): number {
  let length = 0;
  while (length < wanted.length && name[length] === wanted[length]) length++;
  return length;
}

function names(month: number, language: string): string[] {
  const date = new Date(Date.UTC(2001, month - 1, 15));
  return [{ month: 'long' as const }, { month: 'short' as const }, { day: 'numeric' as const, month: 'long' as const }].map(
    (options) => plain(
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
        .formatToParts(date).find((part) => part.type === 'month')?.value ?? '',
    ));
}

/** Août and aout, März and marz are the same month. */
function plain(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replace(/[\p{M}.]/gu, '');
}

function number(text: string): number | null {
  const plain = ourDigits(text).trim();
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
