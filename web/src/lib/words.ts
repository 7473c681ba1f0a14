/**
 * Words of one language: flat keys, holes in braces, plurals by the language's own rules. The same
 * catalogues speak in mails and SMS, so a sentence exists once.
 */
export type Plural = { readonly [category in Intl.LDMLPluralRule]?: string };
export type Catalogue = { readonly [key: string]: string | Plural };
export type Holes = { readonly [name: string]: string | number };

export class Words {
  readonly language: string;
  /** How dates and numbers are written: these pages are read in Europe. */
  readonly #locale: string;
  readonly #catalogue: Catalogue;
  readonly #plurals: Intl.PluralRules;

  constructor(language: string, catalogue: Catalogue) {
    this.language = language;
    this.#locale = language === 'en' ? 'en-GB' : language;
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

  /** 7 March 1958. A plain date has no zone: it is the same day wherever one reads it. */
  date(isoDate: string): string {
    const [year, month, day] = isoDate.split('-').map(Number);
    if (!year || !month || !day) return isoDate;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return date.toLocaleDateString(this.#locale, { dateStyle: 'long', timeZone: 'UTC' });
  }

  time(instant: Date): string {
    return instant.toLocaleTimeString(this.#locale, { timeStyle: 'short' });
  }

  dateTime(instant: Date): string {
    return instant.toLocaleString(this.#locale, { dateStyle: 'long', timeStyle: 'short' });
  }
}
