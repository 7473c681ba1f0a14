import { useEffect, useRef, useState } from 'preact/hooks';
import '../../../styles/desk.css';
import '../../../styles/access.css';
import { breaksGlass } from '../access/glass.ts';
import { get } from '../api.ts';
import { Look } from '../copies/look.tsx';
import type { Picture } from '../copies/regions.ts';
import { More, State, useLines, when, Whose } from '../desk/parts.tsx';
import { place, requery } from '../router.ts';
import { visit } from '../session.ts';
import { departments, known } from '../shell.tsx';
import { Banner, Failed, Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';

const ADDRESS = '/professional/copies';
export type CopyLine = { readonly id: string; readonly bucket: string; readonly instances: number; readonly waiting: number; readonly reason: string; readonly madeAt: string };
type Copy = { readonly id: string; readonly instances: readonly Picture[] };

/** Copies without a name that wait until somebody has looked at their pictures: a name may be part of the picture. */
export default function Copies({ id }: { readonly id: string }) {
  useTitle(t('copies.title'));
  return id ? <One key={id} id={id} /> : <Waiting />;
}

function Waiting() {
  useEffect(() => void known(), []);
  const everywhere = visit.value?.professional?.role === 'service-desk';
  const own = everywhere ? new URLSearchParams(place.value.query).get('department') ?? '' : '';
  const chosen = everywhere ? departments.value?.departments.find((one) => one.id === own)?.id ?? '' : '';
  return (
    <div class="dk ax">
      <h1>{t('copies.title')}</h1>
      <p class="sg-muted">{t('copies.lead')}</p>
      {everywhere && <Whose chosen={own} choose={(id) => requery(id && `department=${id}`)} />}
      {!breaksGlass() ? <Banner tone="warn"><p>{t('desk.forbidden')}</p></Banner>
        : everywhere && !chosen ? (own === '' || departments.value) && <Banner><p>{t('copies.choose')}</p></Banner>
        : <Lines key={chosen} department={chosen} />}
    </div>
  );
}

function Lines({ department }: { readonly department: string }) {
  const { loaded, load, more } = useLines<CopyLine>('/api/desk/copies', department);
  const lines = typeof loaded === 'object' ? loaded.lines : [];
  const behind = department && `?department=${department}`;
  return (
    <section class="dk-part" aria-label={t('copies.title')}>
      <State of={loaded} again={() => void load()} empty={<p>{t('copies.none')}</p>} />
      {lines.length > 0 && (
        <table class="dk-table">
          <thead><tr>{['made', 'pictures', 'why'].map((one) => <th scope="col" key={one}>{t(`copies.col.${one}`)}</th>)}<th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
          <tbody>{lines.map((line) => (
            <tr key={line.id}>
              <th scope="row" data-label={t('copies.col.made')}><span class="dk-main">{when(line.madeAt)}</span></th>
              <td data-label={t('copies.col.pictures')}>{t('copies.waiting', { n: line.waiting, of: line.instances })}</td>
              <td data-label={t('copies.col.why')}>{t('copies.why')} <span class="sg-tag sg-tag-warn">{line.reason}</span></td>
              <td class="dk-acts"><a class="sg-button sg-button-plain sg-button-small" href={`${ADDRESS}/${line.id}${behind}`}>{t('copies.look')}<span class="sg-visually-hidden"> {when(line.madeAt)}</span></a></td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <More of={loaded} more={more} />
    </section>
  );
}

function One({ id }: { readonly id: string }) {
  const [copy, tell] = useState<Copy | 'failed' | 'missing' | 'done' | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const query = place.value.query;
  const load = async () => {
    const answer = await get<Copy>(`/api/desk/copies/${id}`);
    tell(answer.kind === 'ok' ? answer.value : answer.kind === 'missing' || answer.kind === 'refused' ? 'missing' : 'failed');
  };
  useEffect(() => void load(), []);
  useEffect(() => { if (copy === 'done') heading.current?.focus(); }, [copy]); // once the dialog is gone
  const done = async () => {
    const answer = await get<readonly CopyLine[]>(`/api/desk/copies${query}`);
    setNext(answer.kind === 'ok' ? answer.value.find((line) => line.id !== id)?.id ?? null : null);
    tell('done');
  };
  if (copy === 'failed') return <Failed again={() => { tell(null); void load(); }} />;
  return (
    <div class="dk ax">
      <p class="ax-back"><a class="sg-link" href={ADDRESS + query}><Icon of="left" />{t('copies.back')}</a></p>
      <h1 ref={heading} tabIndex={-1}>{t('copies.title')}</h1>
      {copy === null ? <p role="status" class="sg-muted">{t('desk.loading')}</p>
        : copy === 'missing' ? <Banner tone="warn" role="alert"><p>{t('copies.missing')}</p></Banner>
        : copy === 'done' ? (
          <Banner tone="ok" role="status"><p>{t('copies.done')}</p>
            <p><a class="sg-button sg-button-small" href={next ? `${ADDRESS}/${next}${query}` : ADDRESS + query}>{t(next ? 'copies.next' : 'copies.back')}</a></p></Banner>
        ) : copy.instances.length === 0 ? <Banner><p>{t('copies.missing')}</p></Banner> : <Look id={id} pictures={copy.instances} done={() => void done()} />}
    </div>
  );
}
