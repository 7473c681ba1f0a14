import type { Environments } from './answers.ts';

export type Portal = Environments['others'][number];
/**
 * Accounts, numbers and studies exist only in the environment of their country. What a browser keeps is a country
 * code: the chosen environment for good (`CHOSEN`), and for this tab where one came from and that one stays.
 * How the other side learns of it: a parameter of the address that holds a country code and nothing else. Addresses
 * come from our own server's list alone, so nobody is sent anywhere else.
 */
const CHOSEN = 'studygate.environment';
const FROM = 'studygate.environment.from';
const STAY = 'studygate.environment.stay';
const CODE = /^[A-Z]{2}$/;
const ARRIVALS = ['from', 'once', 'clear'] as const;

export type Memory = {
  readonly chosen: string | null;
  readonly from: string | null;
  readonly stay: boolean;
};
export type Turn =
  | { readonly kind: 'nothing' }
  /** The other country was chosen for good. */
  | { readonly kind: 'go'; readonly to: Portal }
  | { readonly kind: 'ask'; readonly to: Portal }
  | { readonly kind: 'back'; readonly to: Portal };

/** What is to be done here: a menu for who came from elsewhere, a question for who seems to be elsewhere, nothing for the rest. */
export function turn({ here, others, visitor }: Environments, { chosen, from, stay }: Memory): Turn {
  const of = (country: string | null) => others.find((one) => one.country === country);
  if (!here) return { kind: 'nothing' };
  const came = of(from);
  if (came) return { kind: 'back', to: came };
  if (stay || chosen === here.country) return { kind: 'nothing' };
  const wanted = of(chosen);
  if (wanted) return { kind: 'go', to: wanted };
  const own = of(visitor);
  return own ? { kind: 'ask', to: own } : { kind: 'nothing' };
}

/** The same page in another environment; `why` tells it what brings somebody there. */
export function address({ origin }: Portal, path: string, why: (typeof ARRIVALS)[number], country: string): string {
  return `${origin}${path}?${why}=${country}`;
}

/** Reads how somebody arrived, once, and takes it out of the address. */
export function arrive(): void {
  const query = new URLSearchParams(location.search);
  const found = ARRIVALS.map((name) => [name, query.get(name)] as const).filter(([, code]) => code !== null);
  if (found.length === 0) return;
  for (const [name, code] of found) {
    query.delete(name);
    if (!code || !CODE.test(code)) continue;
    if (name === 'from') tab(FROM, code);
    else {
      tab(STAY, '1');
      tab(FROM, null);
      if (name === 'clear') forget();
    }
  }
  history.replaceState(history.state, '', location.pathname + (query.size > 0 ? `?${query}` : '') + location.hash);
}

export function memory(): Memory {
  return { chosen: read(() => localStorage, CHOSEN), from: read(() => sessionStorage, FROM), stay: read(() => sessionStorage, STAY) !== null };
}

/** The choice for good. */
export function choose(country: string): void {
  write(() => localStorage, CHOSEN, country);
}

export function forget(): void {
  write(() => localStorage, CHOSEN, null);
}

/** The choice for this tab. */
export function stay(): void {
  tab(STAY, '1');
}

function tab(name: string, value: string | null): void {
  write(() => sessionStorage, name, value);
}

function read(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(name);
  } catch {
    return null; // asked again on the next page
  }
}

function write(storage: () => Storage, name: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, value);
  } catch {
    // a browser that keeps nothing asks again
  }
}

/** Whoever scanned a letter of this environment belongs here, whatever was chosen before. */
export async function belong(path: string, environments: Environments, letter = false): Promise<void> {
  arrive();
  const next = turn(environments, memory());
  if (!environments.here || next.kind === 'nothing' || (letter && next.kind !== 'back')) return;
  if (next.kind === 'go') location.replace(address(next.to, path, 'from', environments.here.country));
  else await (await import('../ui/environment.ts')).show(next, environments.here, path);
}
