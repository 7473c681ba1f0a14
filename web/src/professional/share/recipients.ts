import type { Defaults, Exam, Kind, Listed } from './told.ts';

export const MOST = 10;

/** Somebody who is about to get it. Whoever has no account gets a number and a code, so both boxes are ticked for them. */
export type Recipient = {
  readonly kind: Kind;
  /** the account, the group, the department; of others the address itself */
  readonly id: string;
  readonly name: string;
  readonly number: string | null;
  readonly language: string | null;
  readonly hasMobile: boolean;
  readonly favourite: boolean;
  /** to be kept as a favourite with the share */
  readonly star: boolean;
  readonly twoFactor: boolean;
  readonly sendMail: boolean;
};

/** With what was chosen the last time; `codes`: these open with a code alone. */
export function fromList(one: Listed, { remembered, codes }: Pick<Defaults, 'remembered' | 'codes'>): Recipient {
  const hasMobile = one.hasMobile !== false;
  return {
    kind: one.kind, id: one.id, name: one.name, number: one.number ?? null, language: one.language ?? null, hasMobile,
    favourite: one.favourite ?? false, star: false, twoFactor: hasMobile && (codes || remembered.twoFactor), sendMail: remembered.sendMail,
  };
}

/** An address or a number that was typed as a whole; a name is neither. */
export function typedAs(text: string): { readonly kind: 'email' | 'mobile'; readonly text: string } | null {
  const plain = text.trim();
  if (/^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/.test(plain)) return { kind: 'email', text: plain };
  const digits = plain.replace(/[\s()./-]/g, '');
  return /^(\+|0)\d{7,15}$/.test(digits) ? { kind: 'mobile', text: plain } : null;
}

export function fromTyped({ kind, text }: { readonly kind: 'email' | 'mobile'; readonly text: string }): Recipient {
  return { kind, id: text, name: text, number: null, language: null, hasMobile: kind === 'mobile', favourite: false, star: false, twoFactor: true, sendMail: true };
}

/** Of one and the same address or number there are many ways to write it. */
function plain({ kind, id }: { readonly kind: Kind; readonly id: string }): string {
  return kind === 'email' ? id.toLowerCase() : kind === 'mobile' ? id.replace(/[^\d+]/g, '').replace(/^00/, '+') : id;
}

export function isSame(one: { readonly kind: Kind; readonly id: string }, other: { readonly kind: Kind; readonly id: string }): boolean {
  return one.kind === other.kind && plain(one) === plain(other);
}

/** That of more than half of them, else that of the first; whoever tells none counts for none. */
export function languageOf(recipients: readonly Pick<Recipient, 'language'>[], offered: readonly string[], otherwise: string): string {
  const count = new Map<string, number>();
  for (const { language } of recipients) if (language && offered.includes(language)) count.set(language, (count.get(language) ?? 0) + 1);
  const majority = [...count].find(([, n]) => n * 2 > recipients.length)?.[0];
  return majority ?? [...count.keys()][0] ?? otherwise;
}

/** What this one has already of what is about to be shared. */
export function hasAlready(recipient: Recipient, defaults: Pick<Defaults, 'shared' | 'exams'>): { readonly exams: readonly Exam[]; readonly until: string | null; readonly write: boolean } | null {
  const mine = defaults.shared.filter(({ recipient: whom }) => isSame(recipient, { kind: whom.kind, id: whom.id ?? whom.name }));
  const exams = defaults.exams.filter(({ id }) => mine.some(({ studies }) => studies.includes(id)));
  if (exams.length === 0) return null;
  const ends = mine.map(({ until }) => until);
  return { exams, until: ends.includes(null) ? null : ends.reduce((last, one) => (one! > last! ? one : last)), write: mine.some(({ access }) => access === 'report-write') };
}

const NAMED: Readonly<Record<Kind, string>> = { user: 'account', group: 'group', department: 'department', email: 'email', mobile: 'mobile' };

/** As the API takes a recipient. */
export function asked({ kind, id, twoFactor, sendMail, star }: Recipient): object {
  return { [NAMED[kind]]: id, twoFactor, sendMail, ...(star ? { favourite: true } : {}) };
}
