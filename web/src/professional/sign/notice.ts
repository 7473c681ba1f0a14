import { effect } from '@preact/signals';
import { byId, fill, h } from '../../lib/dom.ts';
import { due, noticed } from '../../lib/noticed.ts';
import { t } from '../words.ts';

const KEPT = 'studygate.notice.professional';
/** Raised when what the notice says has changed: then everybody reads it again. */
const VERSION = '1';

/** The monthly cookie notice, as patients have it, with what professionals' pages keep. It goes with the page it stands on. */
export function notice(): () => void {
  if (!due(KEPT, VERSION, Date.now())) return () => undefined;
  const bar = h('aside', { class: 'sg-notice', id: 'notice' });
  const stop = effect(() => {
    bar.setAttribute('aria-label', t('sign.notice'));
    fill(bar, h('p', {}, t('sign.notice.text'), ' ', h('a', { href: '/conditions' }, t('sign.notice.read'))),
      h('button', { type: 'button', class: 'sg-button sg-button-small', click: () => { noticed(KEPT, VERSION, Date.now()); gone(); } }, t('sign.notice.ok')));
  });
  const gone = () => {
    stop();
    bar.remove();
  };
  byId('head')?.after(bar);
  return gone;
}
