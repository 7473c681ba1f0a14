import type { Department } from '../lib/answers.ts';
import { byId, h } from '../lib/dom.ts';
import { due, noticed } from '../lib/noticed.ts';
import type { Page } from './page.ts';

const KEPT = 'studygate.notice';

/** The cookie notice: once a month, and after the conditions have changed. */
export function notice(page: Page, department: Department | null): void {
  const version = department?.conditionsVersion ?? '';
  if (!due(KEPT, version, Date.now())) return;
  const bar = h('aside', { class: 'sg-notice', id: 'notice', 'aria-label': page.t('conditions.cookies') },
    h('p', {}, page.t('notice.text'), ' ', h('a', { href: page.address('/conditions') }, page.t('notice.read'))),
    h('button', { type: 'button', class: 'sg-button sg-button-small', click: () => { noticed(KEPT, version, Date.now()); bar.remove(); } },
      page.t('notice.ok')));
  byId('notice')?.remove();
  byId('head')?.after(bar);
}
