import './brought.ts';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { byId } from '../lib/dom.ts';
import { begin } from './router.ts';
import { look } from './session.ts';
import { Foot, Head, Main } from './shell.tsx';
import { need, t } from './words.ts';

const PARTS = [['head', Head], ['main', Main], ['foot', Foot]] as const;

begin();
forgetful();
await Promise.all([look(), need(['professional'])]);
for (const [id, Part] of PARTS) {
  byId(id)!.replaceChildren();
  render(<Part />, byId(id)!);
}
effect(() => { byId('skip')!.textContent = t('shell.skip'); });

/** A page that is left keeps nothing of what it showed; what the browser has kept whole is asked anew when it comes back. */
function forgetful(): void {
  addEventListener('pagehide', () => {
    for (const [id] of PARTS) render(null, byId(id)!);
    for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
