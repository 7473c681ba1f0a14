/**
 * What the pages of paying know by themselves. Whether something was paid is the server's word alone:
 * an address that the payment provider sent people back to proves nothing.
 */
import type { Payment } from './answers.ts';

export type Back = 'done' | 'stopped' | null;
export type Outcome = 'paid' | 'pending' | 'waiting' | 'stopped' | 'failed' | 'expired' | 'refunded' | 'lost';

/** `back` decides only how long an open try is waited for; it never makes anything paid. */
export function outcome({ status, last }: Pick<Payment, 'status' | 'last'>, back: Back): Outcome {
  if (status === 'paid' || status === 'pending') return status;
  if (last === 'refunded' || last === 'lost' || last === 'expired') return last;
  if (status === 'failed' || last === 'failed') return 'failed';
  return last === 'open' && back === 'done' ? 'waiting' : 'stopped';
}

/** In how many milliseconds to ask again; null when somebody must press a button first. */
export type Asked = {
  /** Since the first question of this wait. */
  readonly elapsedMs: number;
  /** Questions in a row that nobody answered. */
  readonly misses: number;
  /** What the server said when it was asked too often. */
  readonly slowSeconds: number | null;
};

const PATIENCE_MS = 4 * 60_000;
const QUICK_MS = 2_000;
const EASY_MS = 3_000;
const QUICK_FOR_MS = 30_000;
const MISSED_AT_MOST_MS = 15_000;

export function nextLook({ elapsedMs, misses, slowSeconds }: Asked): number | null {
  const usual = elapsedMs < QUICK_FOR_MS ? QUICK_MS : EASY_MS;
  const missed = misses > 0 ? Math.min(MISSED_AT_MOST_MS, usual * 2 ** Math.min(misses, 8)) : usual;
  const pause = Math.max(missed, (slowSeconds ?? 0) * 1000);
  return elapsedMs + pause > PATIENCE_MS ? null : pause;
}

const CHECKOUT = 'checkout.stripe.com';
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address to leave for, or null when it is not the provider's own page. A provider on this very
 * machine is let through only for a page that is itself served from this machine without TLS.
 */
export function checkoutAddress(text: unknown, here: { readonly protocol: string; readonly hostname: string }): string | null {
  if (typeof text !== 'string') return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:' && url.host === CHECKOUT) return url.href;
  const local = here.protocol === 'http:' && LOOPBACK.has(here.hostname);
  return local && url.protocol === 'http:' && LOOPBACK.has(url.hostname) ? url.href : null;
}

/** The policy's own words in the page's language, else in the department's first one that has them. */
export function inLanguage(
  texts: Readonly<Record<string, string>> | null, language: string, departments: readonly string[] = [],
): { readonly text: string; readonly language: string } | null {
  const found = [language, ...departments, ...Object.keys(texts ?? {})].find((code) => texts?.[code]?.trim());
  return found === undefined ? null : { text: texts![found]!, language: found };
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['ideal', 'iDEAL'], ['paypal', 'PayPal'], ['eps', 'EPS'], ['twint', 'TWINT'], ['blik', 'BLIK'],
  ['p24', 'Przelewy24'], ['mobilepay', 'MobilePay'],
]);

/** A brand is called what it is called; a code we do not know becomes words: `pay_by_bank`, Pay by bank. */
export function methodName(code: string): string {
  const words = code.replace(/[_-]+/g, ' ').trim();
  return NAMES.get(code) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
