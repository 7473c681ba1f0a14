import type { Department } from '../lib/answers.ts';
import { byId, h } from '../lib/dom.ts';
import type { Page } from './page.ts';

const KEPT = 'studygate.notice';
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** The cookie notice: once a month, and after the conditions have changed. What is kept is a version and a day. */
export function notice(page: Page, department: Department | null): void {
  const version = department?.conditionsVersion ?? '';
  if (!due(version, Date.now())) return;
  const bar = h('aside', { class: 'sg-notice', id: 'notice', 'aria-label': page.t('conditions.cookies') },
    h('p', {}, page.t('notice.text'), ' ', h('a', { href: page.address('/conditions') }, page.t('notice.read'))),
    h('button', { type: 'button', class: 'sg-button sg-button-small', click: () => { keep(version); bar.remove(); } },
      page.t('notice.ok')));
  byId('notice')?.remove();
  byId('head')?.after(bar);
}

function due(version: string, now: number): boolean {
  try {
    const [seen, at] = (localStorage.getItem(KEPT) ?? '').split('|');
    return seen !== version || !(now - Number(at) < MONTH_MS);
  } catch {
    return false; // a browser that keeps nothing would show it on every page
  }
}

function keep(version: string): void {
  try {
    localStorage.setItem(KEPT, `${version}|${Date.now()}`);
  } catch {
    // shown again on the next page
  }
}
