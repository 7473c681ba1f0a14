import { signal } from '@preact/signals';

export type Factor = 'totp' | 'sms' | 'email' | 'none';
export type Member = { readonly name: string; readonly admin: boolean; readonly primary: boolean };
export type Group = { readonly id: string; readonly name: string; readonly members: readonly Member[] };
export type Sent = { readonly channel: 'sms' | 'email'; readonly sentTo: string; readonly resendAt?: string | null; readonly expiresAt: string };

/** What the server says comes next. What a newer one says besides is not guessed. */
export type Next =
  | { readonly next: 'password' }
  | { readonly next: 'redirect'; readonly url: string }
  | { readonly next: 'totp' }
  | { readonly next: 'otp' } & Sent
  | { readonly next: 'choose-factor'; readonly factors: readonly Factor[]; readonly mandatory: boolean }
  | { readonly next: 'enrol-totp'; readonly secret: string; readonly uri: string }
  | { readonly next: 'new-password'; readonly code?: boolean }
  | { readonly next: 'confirm-groups'; readonly groups: readonly Group[]; readonly failedAt?: string | null }
  | { readonly next: 'open'; readonly failedAt?: string | null };
export type Step = Next | { readonly next: 'name'; readonly over?: true };

/** A step that another page has come to (from a provider, with a new password): the page of signing in goes on with it. */
export const standing = signal<Next | null>(null);

/** Where a browser may be sent to: what our server said, by TLS or on this machine, and without a password in it. */
export function provider(url: string): string | null {
  try {
    const to = new URL(url);
    const here = to.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(to.hostname);
    return (to.protocol === 'https:' || here) && to.username === '' && to.password === '' ? to.href : null;
  } catch {
    return null;
  }
}

/** Seconds until another code may be asked for; a clock that is wrong makes nobody wait longer than the rule says. */
export function pause(resendAt: string | null | undefined, now: number, longest: number): number {
  const left = resendAt ? (Date.parse(resendAt) - now) / 1000 : 0;
  return Math.min(longest, Math.max(0, Math.ceil(left) || 0));
}
