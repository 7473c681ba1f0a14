import { useState } from 'preact/hooks';
import type { NewNumber } from '../../lib/answers.ts';
import { post } from '../api.ts';
import { Dialog } from '../ui.tsx';
import { t } from '../words.ts';
import { Act, lastDay } from './parts.tsx';

/** A number of ours for an order whose own one opens nothing. It is told once: nothing but the button closes it. */
export function Renew({ order, done, close }: { readonly order: string; readonly done: () => void; readonly close: () => void }) {
  const [made, setMade] = useState<NewNumber | null>(null);
  const [told, tell] = useState('');
  if (!made) {
    let answered: NewNumber | null = null;
    const send = async (path: string, body: object) => {
      const answer = await post<NewNumber>(path, body);
      if (answer.kind === 'ok') answered = answer.value;
      return answer;
    };
    return (
      <Act title={t('desk.regenerate.title')} text={t('desk.regenerate.text')} path={`/api/desk/orders/${order}/regenerate`} send={send} reason
        button={t('desk.regenerate')} done={() => setMade(answered)} close={close} />
    );
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.number);
      tell(t('desk.renewed.copied'));
    } catch {
      tell(t('desk.renewed.uncopied'));
    }
  };
  return (
    <Dialog title={t('desk.renewed')} actions={<>
      <button type="button" class="sg-button" onClick={() => void copy()}>{t('desk.renewed.copy')}</button>
      <button type="button" class="sg-button sg-button-plain" onClick={done}>{t('desk.close')}</button>
    </>}>
      <p class="dk-number sg-mono">{made.number.split('-').map((group, i) => <span key={i}>{i > 0 && '-'}{group}</span>)}</p>
      <p>{t('desk.until', { date: lastDay(made.validUntil) })}</p>
      <p>{t('desk.renewed.once')}</p>
      <p role="status">{told}</p>
    </Dialog>
  );
}
