import { LANGUAGES } from '../../lib/languages.ts';
import { t, words } from '../words.ts';
import { daysOf, type Flat, type Leaf, METHODS, minutes, PAYMENT, type Span, span, STATEMENTS, UNITS } from './fields.ts';

/** The id of the input of a field. */
export function idOf(path: string): string {
  return `po-${path.replaceAll('.', '-')}`;
}

/** A field in words; of prices, statements and the free way, with which one it is. */
export function label(path: string): string {
  const [, kind, language] = /^statements\.(\w+)\.(\w+)$/.exec(path) ?? [];
  if (kind) return t('policy.in-language', { field: t(STATEMENTS.some((one) => one === kind) ? `policy.field.statements.${kind}` : 'policy.statements'), language: tongue(language!) });
  if (path.startsWith(`${PAYMENT}prices.`)) return t('policy.price.of', { modality: path.slice(`${PAYMENT}prices.`.length) });
  if (path.startsWith(`${PAYMENT}freeRoute.`)) return t('policy.in-language', { field: t('policy.field.policy.payment.freeRoute'), language: tongue(path.slice(`${PAYMENT}freeRoute.`.length)) });
  const key = `policy.field.${path}`;
  return t(key) === key ? path : t(key);
}

export function tongue(language: string): string {
  return LANGUAGES[language] ?? language;
}

export function unitWord(unit: Span['unit']): string {
  const parts = new Intl.NumberFormat(words.value.language, { style: 'unit', unit: UNITS[unit], unitDisplay: 'long' }).formatToParts(5);
  return parts.find((part) => part.type === 'unit')?.value ?? UNITS[unit];
}

export function lasting(count: number, unit: 'day' | 'week' | 'month' | 'year' | 'minute'): string {
  return new Intl.NumberFormat(words.value.language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

export function verification(code: string): string {
  return t(`policy.verification.${code}`);
}

export function method(code: string): string {
  return METHODS.includes(code) ? t(`policy.method.${code}`) : code;
}

export function report(code: string): string {
  const days = daysOf(code);
  return days === null ? t(`policy.report.${code}`) : t('policy.report.after', { lasting: lasting(days, 'day') });
}

/** What a field says, in words. */
export function told(path: string, value: Leaf | undefined, fields: Flat): string {
  if (value === undefined) return path === 'policy.printing' || path === 'policy.channels' ? t('policy.any') : t('policy.nothing');
  if (typeof value === 'boolean') return t(value ? 'policy.yes' : 'policy.no');
  if (path === 'logo') return t('policy.picture');
  if (path === 'policy.verification') return verification(String(value));
  if (path === 'policy.report') return report(String(value));
  if (path === 'policy.accessionCase') return t(`policy.case.${String(value)}`);
  if (path === `${PAYMENT}afterRefund` || path === `${PAYMENT}afterLostDispute`) return t(`policy.after.${String(value)}`);
  const quiet = path === 'policy.quiet' ? minutes(value) : null;
  if (quiet !== null) return lasting(quiet, 'minute');
  const period = span(value);
  if (period && path !== 'name' && path !== 'hospital') return lasting(period.count, UNITS[period.unit]);
  if (typeof value === 'number' && path.startsWith(`${PAYMENT}price`)) return money(value, fields);
  if (Array.isArray(value)) return value.map((one: string) => (path === 'languages' ? tongue(one) : path === 'policy.printing' ? verification(one) : path === 'policy.channels' ? verification(`otp-${one}`) : path === `${PAYMENT}methods` ? method(one) : one)).join(', ');
  return String(value);
}

function money(value: number, fields: Flat): string {
  try {
    return words.value.money({ value, currency: String(fields[`${PAYMENT}currency`]) });
  } catch {
    return String(value); // no currency yet
  }
}
