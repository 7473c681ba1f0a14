import { useEffect, useState } from 'preact/hooks';
import { post } from '../../lib/api.ts';
import { take } from '../brought.ts';
import { go } from '../router.ts';
import { useTitle } from '../ui.tsx';
import { t } from '../words.ts';
import { Desk, Sheet } from '../sign/form.tsx';
import { type Next, standing } from '../sign/steps.ts';
import '../../../styles/signin.css';

type Why = 'refused' | 'stopped' | 'unreachable';
/** Back from a provider: what it gave is handed to the server once, from our own page, so that the strict cookie goes along. */
export default function Return() {
  const [why, setWhy] = useState<Why | null>(null);
  useEffect(() => {
    const brought = take();
    if (!brought?.code || !brought.state) return setWhy(brought?.stopped ? 'stopped' : 'refused');
    void post<Next>('/api/account/return', { code: brought.code, state: brought.state }).then((answer) => {
      if (answer.kind !== 'ok') return setWhy(answer.kind === 'unreachable' || answer.kind === 'slow-down' ? 'unreachable' : 'refused');
      standing.value = answer.value;
      go('/professional', 'replace');
    });
  }, []);
  const title = t(why ? `sign.return.${why}` : 'sign.return.title');
  useTitle(title);
  return (
    <Sheet title={title}>
      <div class="sg-card sg-stack">
        <p role="status">{t(why ? `sign.return.${why}.text` : 'sign.return.text')}</p>
        {why && <><Desk /><p><a class="sg-button" href="/professional">{t('sign.restart')}</a></p></>}
      </div>
    </Sheet>
  );
}
