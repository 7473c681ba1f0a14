import type { Amount } from './answers.ts';

/**
 * Words of one language: flat keys, holes in braces, plurals by the language's own rules. The same
 * catalogues speak in mails and SMS, so a sentence exists once.
 */
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string };
export type Catalogue = { readonly [key: string]: string | Plural };
export type Holes = { readonly [name: string]: string | number };

export class Words {
  readonly language: string;
  /** How dates, times and numbers are written. */
  readonly #locale: string;
  readonly #catalogue: Catalogue;
  readonly #plurals: Intl.PluralRules;

  /** `wishes` are the browser's own languages: who reads `de-AT` or `en-US` finds dates and numbers as there. */
  constructor(language: string, catalogue: Catalogue, wishes: readonly string[] = []) {
    this.language = language;
    this.#locale = wishes.find((wish) => wish.toLowerCase().startsWith(`${language}-`) && known(wish))
      ?? (language === 'en' ? 'en-GB' : language);
    this.#catalogue = catalogue;
    this.#plurals = new Intl.PluralRules(language);
  }

  /** The hole `n` chooses the plural; a number in any hole is written as the language writes it. */
  readonly t = (key: string, holes: Holes = {}): string => {
    const entry = this.#catalogue[key];
    if (entry === undefined) return key;
    const text = typeof entry === 'string' ? entry : this.#plural(entry, Number(holes['n'] ?? 0));
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = holes[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? value.toLocaleString(this.#locale) : value;
    });
  };

  has(key: string): boolean {
    return key in this.#catalogue;
  }

  #plural(forms: Plural, n: number): string {
    return forms[this.#plurals.select(n)] ?? forms.other ?? '';
  }

  /** 7 March 1958, or March 1958 and 1958 where no more is known. A plain date has no zone: it is the same day wherever one reads it. */
  date(isoDate: string): string {
    const [year, month, day] = isoDate.split('-').map(Number);
    if (!year || !month) return isoDate;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day ?? 1);
    return date.toLocaleDateString(this.#locale, {
      ...(day ? { dateStyle: 'long' } : { year: 'numeric', month: 'long' }), timeZone: 'UTC',
    });
  }

  /** 07/03/1958, for tables: as short as the language writes it, each part in two figures. */
  short(isoDate: string): string {
    const [year, month, day] = isoDate.split('-').map(Number);
    if (!year || !month || !day) return this.date(isoDate);
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return date.toLocaleDateString(this.#locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
  }

  time(instant: Date): string {
    return instant.toLocaleTimeString(this.#locale, { timeStyle: 'short' });
  }

  dateTime(instant: Date): string {
    return instant.toLocaleString(this.#locale, { dateStyle: 'long', timeStyle: 'short' });
  }

  /** €15.00, 15,00 €, ¥1,500: the currency says how many of its digits are a fraction. */
  money({ value, currency }: Amount): string {
    const format = new Intl.NumberFormat(this.#locale, { style: 'currency', currency });
    return format.format(value / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  }

  percent(share: number): string {
    return share.toLocaleString(this.#locale, { style: 'percent', maximumFractionDigits: 0 });
  }
}

function known(wish: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(wish).length > 0;
  } catch {
    return false; // not even shaped like a language
  }
}
