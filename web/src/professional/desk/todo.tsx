import { useEffect, useState } from 'preact/hooks';
import type { HeldPage, ReceiptLine } from '../../lib/answers.ts';
import { get, post } from '../api.ts';
import { Banner, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { More, Said, State, useLines, when, why } from './parts.tsx';

/** What was refused, flagged or held back, with what helps; what was dealt with is folded away. */
export function Todo({ department }: { readonly department: string }) {
  const { loaded, load, more, put } = useLines<ReceiptLine>('/api/desk/receipts', department);
  const [all, setAll] = useState(false);
  const [said, say] = useState('');
  const lines = typeof loaded === 'object' ? loaded.lines : [];
  const shown = lines.filter((line) => all || !line.done);
  const mark = async (line: ReceiptLine) => {
    const answer = await post(`/api/desk/receipts/${line.id}/done`, { done: !line.done });
    if (answer.kind !== 'ok') return say(t('desk.refused.other'));
    put(lines.map((one) => (one.id === line.id ? { ...one, done: !line.done } : one)));
    say(t(line.done ? 'desk.done.undone' : 'desk.done.said'));
  };
  return (
    <section class="dk-part" aria-labelledby="todo">
      <HeldBack department={department} />
      <div class="dk-head">
        <h2 id="todo">{t('desk.receipts')}</h2>
        <label class="dk-check"><input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />{t('desk.all')}</label>
      </div>
      <Said text={said} />
      <State of={loaded} again={() => void load()} empty={<p>{t('desk.receipts.none')}</p>} />
      {lines.length > 0 && shown.length === 0 && <div class="sg-card dk-empty"><p>{t('desk.receipts.dealt')}</p></div>}
      {shown.length > 0 && (
        <table class="dk-table">
          <thead><tr><th scope="col">{t('desk.at')}</th><th scope="col">{t('desk.what')}</th><th scope="col">{t('desk.about')}</th><th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
          <tbody>{shown.map((line) => (
            <tr key={line.id} class={line.done ? 'dk-dealt' : undefined}>
              <td class="dk-when" data-label={t('desk.at')}>{when(line.at)}</td>
              <td data-label={t('desk.what')}>
                <strong class="dk-main">{why(line.code)}</strong>
                <span class="dk-sentence" lang="en">{line.sentence}</span>
              </td>
              <td data-label={t('desk.about')}><About of={line} /></td>
              <td class="dk-acts">
                <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => void mark(line)}>
                  {line.done ? <><Icon of="done" />{t('desk.done.undo')}</> : t('desk.done')}<span class="sg-visually-hidden"> {line.about.accession ?? line.key}</span>
                </button>
              </td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <More of={loaded} more={more} />
    </section>
  );
}

function About({ of }: { readonly of: ReceiptLine }) {
  const { accession, studyUid } = of.about;
  return <>
    {accession && <span class="dk-main">{t('desk.accession.of', { accession })}</span>}
    {studyUid && <span class="dk-sub">{studyUid}</span>}
    {of.key && <span class="dk-sub">{of.key}</span>}
  </>;
}

/** The other half of what is to be done. */
function HeldBack({ department }: { readonly department: string }) {
  const [held, setHeld] = useState<number | null>(null);
  useEffect(() => {
    void get<HeldPage>(`/api/desk/studies${department && `?department=${department}`}`).then((answer) => { if (answer.kind === 'ok') setHeld(answer.value.length); });
  }, []);
  if (!held) return null;
  return (
    <Banner tone="warn"><p>{t('desk.held', { n: held })} <a href={`/professional/desk?part=studies${department && `&department=${department}`}`}>{t('desk.held.look')}</a></p></Banner>
  );
}
