/**
 * A date of birth as people write it: 3 or 03, a month by number or by name in their language, or a
 * whole date pasted into one field.
 */
export type Typed = { readonly day: string; readonly month: string; readonly year: string };
export type Part = keyof Typed;
export type Birthdate =
  | { kind: 'date'; value: string }
  | { kind: 'missing'; part: Part | 'all' }
  | { kind: 'unreal'; part: Part }
  | { kind: 'future' };

export function read(typed: Typed, language: string, today: string): Birthdate {
  const whole = spread(typed.day, language) ?? typed;
  const empty = (['day', 'month', 'year'] as const).filter((part) => whole[part].trim() === '');
  if (empty.length === 3) return { kind: 'missing', part: 'all' };
  if (empty[0] !== undefined) return { kind: 'missing', part: empty[0] };

  const month = monthOf(whole.month, language);
  if (month === null) return { kind: 'unreal', part: 'month' };
  const year = digits(whole.year);
  if (year === null || year < 1890 || year > 9999) return { kind: 'unreal', part: 'year' };
  const day = digits(whole.day);
  if (day === null || day < 1 || day > daysIn(year, month)) return { kind: 'unreal', part: 'day' };

  const value = `${year}-${two(month)}-${two(day)}`;
  return value > today ? { kind: 'future' } : { kind: 'date', value };
}

/** 7-3-1958, 07/03/1958, 7 maart 1958 and 1958-03-07 are whole dates; anything else is not. */
export function spread(text: string, language: string): Typed | null {
  const iso = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*$/.exec(text);
  if (iso) return { year: iso[1]!, month: iso[2]!, day: iso[3]! };
  const common = /^\s*(\d{1,2})[\s\-/.]+(\d{1,2}|\p{L}{3,}\.?)[\s\-/.,]+(\d{4})\s*$/u.exec(text);
  if (!common || monthOf(common[2]!, language) === null) return null;
  return { day: common[1]!, month: common[2]!, year: common[3]! };
}

/** The one month whose name begins like what was typed. */
function monthOf(text: string, language: string): number | null {
  const number = digits(text);
  if (number !== null) return number >= 1 && number <= 12 ? number : null;
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

function digits(text: string): number | null {
  const trimmed = text.trim();
  return /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : null;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
