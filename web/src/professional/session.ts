import { signal } from '@preact/signals';
import type { Visit } from '../lib/answers.ts';
import { get, post } from '../lib/api.ts';
import { go, ours, place } from './router.ts';
import { type Next, standing } from './sign/steps.ts';

export type Professional = NonNullable<Visit['professional']>;
export type Role = Professional['role'];

const WARN_MS = 2 * 60_000;
const LOOK_MS = 60_000;
const WANTED = 'studygate.wanted';
const TABS = 'studygate.session';
const LIST = '/professional/studies';

/** `unreachable`: the server has not been heard yet, so nobody knows. */
export const state = signal<'asking' | 'open' | 'none' | 'unreachable'>('asking');
export const visit = signal<Visit | null>(null);
/** When the session ends soon; `last`: it cannot be lengthened any more. */
export const ending = signal<{ readonly at: Date; readonly last: boolean } | null>(null);
/** The server was not reached when somebody signed out: whoever goes away now must know. */
export const stuck = signal(false);
/** Whoever has read that the session cannot be lengthened reads it once. */
export const dismissed = signal(false);

let timer = 0;
let looking = 0;

/** Looking lengthens nothing. Times are counted from the server's own `now`: a wrong clock does no harm. */
export async function look(): Promise<void> {
  const answer = await get<Visit>('/api/session');
  if (answer.kind === 'ok' && answer.value.kind === 'professional') take(answer.value);
  else if (answer.kind === 'ok' || answer.kind === 'refused') state.value === 'open' ? ended() : state.value = 'none';
  else if (state.value !== 'open') state.value = 'unreachable';
}

/** After the last step of signing in: on to where one wanted to go, else to the list. */
export async function entered(): Promise<void> {
  state.value = 'asking';
  await look();
  if (visit.value) go(wanted() ?? LIST, 'replace');
}

export async function stay(): Promise<void> {
  const answer = await post<Visit>('/api/session/extend');
  if (answer.kind === 'ok' && answer.value.kind === 'professional') take(answer.value);
  else if (answer.kind === 'refused') ended();
}

/** The session has ended for a step of signing in: that goes on, and then here again. */
export function anew(next: Next): void {
  want();
  clearTimeout(timer);
  visit.value = null;
  ending.value = null;
  standing.value = next;
  state.value = 'none';
  go('/professional');
}

/** Another document takes the place of this one, so that nothing of what was shown is left in it. */
export async function leave(): Promise<void> {
  const answer = await post('/api/session/logout');
  stuck.value = answer.kind === 'unreachable';
  if (stuck.value) return;
  tabs()?.postMessage('left');
  forget();
  location.replace('/professional?why=left');
}

/** The time is over: sign in, then here again. */
export function ended(): void {
  if (state.value !== 'open') return;
  state.value = 'asking';
  want();
  location.replace('/professional?why=time');
}

/** An address of our own pages, kept for this tab alone until somebody has signed in. */
export function want(): void {
  try {
    sessionStorage.setItem(WANTED, place.value.path + place.value.query);
  } catch {
    // the list then
  }
}

function wanted(): string | null {
  try {
    const address = sessionStorage.getItem(WANTED);
    forget();
    return address && ours(new URL(address, location.origin)) ? address : null;
  } catch {
    return null;
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(WANTED);
  } catch {
    // nothing is kept then
  }
}

function take(told: Visit): void {
  visit.value = told;
  state.value = 'open';
  const from = Date.now();
  const left = (until: string) => Date.parse(until) - Date.parse(told.now);
  const end = from + Math.min(left(told.idleUntil), left(told.expiresAt));
  const last = left(told.expiresAt) <= left(told.idleUntil);
  clearTimeout(timer);
  if (end - from > WARN_MS) {
    ending.value = null;
    dismissed.value = false;
    timer = window.setTimeout(() => void look(), end - WARN_MS - from);
  } else {
    ending.value = { at: new Date(end), last };
    timer = window.setTimeout(() => void look().then(() => { if (Date.now() >= end && visit.value === told) ended(); }), end - from);
  }
  if (looking === 0) watch();
}

function watch(): void {
  looking = window.setInterval(() => void look(), LOOK_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look();
  });
  tabs()?.addEventListener('message', () => location.replace('/professional?why=left'));
}

let channel: BroadcastChannel | undefined;

/** The same browser's other tabs end with this one. */
function tabs(): BroadcastChannel | undefined {
  return channel ??= 'BroadcastChannel' in window ? new BroadcastChannel(TABS) : undefined;
}
