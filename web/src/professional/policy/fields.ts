import type { DepartmentRules } from '../../lib/answers.ts';

/** A department field by field, as the server names what is wrong with one: `policy.report`, `statements.privacy.nl`. */
export type Leaf = string | number | boolean | readonly string[];
export type Flat = Readonly<Record<string, Leaf>>;

/** Only an operator changes these. */
export const FIXED = ['id', 'zone'];
export const PAYMENT = 'policy.payment.';

export function flat(object: object, before = ''): Flat {
  const fields: Record<string, Leaf> = {};
  for (const [name, value] of Object.entries(object) as [string, unknown][]) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object' && !Array.isArray(value)) Object.assign(fields, flat(value, `${before}${name}.`));
    else fields[before + name] = value as Leaf;
  }
  return fields;
}

export function whole(fields: Flat): DepartmentRules {
  const all: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(fields)) {
    const names = path.split('.');
    const last = names.pop()!;
    let within = all;
    for (const name of names) within = (within[name] ??= {}) as Record<string, unknown>;
    within[last] = value;
  }
  return all as DepartmentRules;
}

/** Empty is not there. */
export function having(fields: Flat, path: string, value: Leaf | undefined): Flat {
  const { [path]: _, ...others } = fields;
  return value === undefined || value === '' ? others : { ...others, [path]: value };
}

export function without(fields: Flat, beginning: string): Flat {
  return Object.fromEntries(Object.entries(fields).filter(([path]) => !path.startsWith(beginning)));
}

export function differ(one: Flat, other: Flat): readonly string[] {
  const all = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...all].filter((path) => JSON.stringify(one[path]) !== JSON.stringify(other[path])).sort();
}

/** What was typed on one version, on another one that somebody else has put in force meanwhile. */
export function onto(base: Flat, typed: Flat, standing: Flat): Flat {
  return differ(base, typed).reduce((fields, path) => having(fields, path, typed[path]), standing);
}

export type Span = { readonly count: number; readonly unit: 'D' | 'W' | 'M' | 'Y' };
export const UNITS = { D: 'day', W: 'week', M: 'month', Y: 'year' } as const;

/** Of several parts, as `P1Y6M`, nothing: it is written as it stands then. */
export function span(period: Leaf | undefined): Span | null {
  const found = /^P(\d{1,4})([DWMY])$/.exec(String(period ?? ''));
  return found ? { count: Number(found[1]), unit: found[2] as Span['unit'] } : null;
}

export function minutes(duration: Leaf | undefined): number | null {
  const found = /^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?$/.exec(String(duration ?? ''));
  return found ? Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0) : null;
}

export function daysOf(report: Leaf | undefined): number | null {
  const found = /^after-(\d{1,3})-days$/.exec(String(report ?? ''));
  return found ? Number(found[1]) : null;
}

/** How many digits of an amount are a fraction: two of a euro, none of a yen. */
export function fraction(currency: Leaf | undefined): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency: String(currency) }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // no currency yet
  }
}

/** `15,50` and `15.5` are 1550 cents; anything else is told as it was typed, and the server says that it is wrong. */
export function cents(typed: string, digits: number): Leaf {
  const text = typed.trim().replace(',', '.');
  const value = Number(text) * 10 ** digits;
  return /^\d+(\.\d+)?$/.test(text) && Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : typed;
}

/** WCAG 2.2, contrast ratio: from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

export const COLOUR = /^#[0-9a-f]{6}$/;
/** The grounds on which a department's name stands, and what it takes to be read there; as `Department.Brand` has them. */
export const GROUNDS = { light: '#f5f7f6', dark: '#1f2e32' } as const;
export const READABLE = 4.5;
export const LOGO_BYTES = 32 * 1024;
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'];
export const METHODS = ['card', 'bancontact', 'ideal', 'sepa_debit'];
export const MODALITIES = ['CR', 'CT', 'DX', 'MG', 'MR', 'NM', 'PT', 'RF', 'US', 'XA'];
export const STATEMENTS = ['privacy', 'accessibility', 'imprint', 'diagnosis'] as const;
export const VERIFICATIONS = ['date-of-birth', 'otp-sms', 'otp-email', 'payment'] as const;
export const CHANNELS = ['email', 'sms'] as const;
export const PRINTED = ['date-of-birth', 'otp-email', 'otp-sms'] as const;

/** Another one than before, so that the conditions are shown again; of today, so that people know it. */
export function nextConditions(now: Leaf | undefined, today: string): string {
  const before = String(now ?? '');
  if (!before.startsWith(today)) return today;
  const count = Number(/^-(\d+)$/.exec(before.slice(today.length))?.[1] ?? 1);
  return `${today}-${count + 1}`;
}
