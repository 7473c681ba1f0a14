import { useEffect, useState } from 'preact/hooks';
import type { Letter } from '../../lib/answers.ts';
import { breaksGlass } from '../access/glass.ts';
import { LeftOut } from '../access/left.tsx';
import { get } from '../api.ts';
import { visit } from '../session.ts';
import { Banner, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { next } from './asked.ts';

type Copies = NonNullable<Letter['copies']>;
const BEGUN: Copies = { state: 'waiting', done: 0, of: 0, left: [] };

/**
 * How far the copies of an anonymized number are. Asking goes on for some minutes and not for ever: each question
 * keeps a session awake that somebody may have left. The way to pictures is a tab of its own: the number stands here alone.
 */
export function Copying({ letter }: { readonly letter: Letter }) {
  const [copies, tell] = useState<Copies>(letter.copies ?? BEGUN);
  const [asked, count] = useState(0);
  const [lost, lose] = useState(false);
  const over = copies.state === 'ready' || copies.state === 'failed';
  const wait = next(asked);
  const look = async (): Promise<boolean> => {
    const answer = await get<Letter>(`/api/letters/${letter.id}`);
    lose(answer.kind !== 'ok');
    if (answer.kind === 'ok') tell(answer.value.copies ?? BEGUN);
    return answer.kind === 'ok';
  };
  useEffect(() => {
    if (over || wait === null) return;
    const timer = setTimeout(() => void (document.hidden ? Promise.resolve() : look()).then(() => count(asked + 1)), wait);
    return () => clearTimeout(timer);
  }, [asked, over]);
  useEffect(() => {
    const back = () => { if (!document.hidden && !over) void look().then(() => count(0)); };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [over]);
  const everywhere = visit.value?.professional?.role === 'service-desk';
  return (
    <section class="pr-copies" aria-labelledby="copies">
      <h2 id="copies">{t('print.copies')}</h2>
      <div role="status">{
        copies.state === 'ready' ? <Banner tone="ok"><p>{t('print.copies.ready')}</p></Banner>
        : copies.state === 'failed' ? <Banner tone="danger"><p>{t('print.copies.failed')}</p></Banner>
        : copies.state === 'looking' ? (
          <Banner tone="warn"><p>{t('print.copies.looking')}</p>
            {breaksGlass() ? <p><a class="sg-button sg-button-small" id="look" href={`/professional/copies${everywhere ? `?department=${letter.department}` : ''}`} target="_blank" rel="noopener"><Icon of="eye" />{t('print.copies.look')}</a></p> : <p>{t('print.copies.ask')}</p>}</Banner>
        ) : <p>{t('print.copies.waiting')}</p>
      }<LeftOut of={copies.left} /></div>
      {!over && copies.of > 0 && (
        <p class="pr-progress"><progress id="progress" max={copies.of} value={copies.done} aria-labelledby="copies" />
          <span>{t('print.copies.done', { n: copies.done, of: copies.of })}</span></p>
      )}
      {!over && (lost || wait === null) && (
        <p class="pr-lost">{lost && <span role="alert">{t('print.copies.lost')}</span>}
          <button type="button" class="sg-button sg-button-plain sg-button-small" id="ask" onClick={() => void look().then((there) => { if (there) count(0); })}>{t('print.copies.again')}</button></p>
      )}
    </section>
  );
}
