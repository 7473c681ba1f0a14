import { useEffect, useRef, useState } from 'preact/hooks';
import '../../../styles/desk.css';
import '../../../styles/access.css';
import { breaksGlass } from '../access/glass.ts';
import type { DeskOrder, OrderPage } from '../../lib/answers.ts';
import { type Answer, post } from '../api.ts';
import { Act, born, Whose } from '../desk/parts.tsx';
import { go, place, requery } from '../router.ts';
import { visit } from '../session.ts';
import { known } from '../shell.tsx';
import { Banner, Icon, useTitle } from '../ui.tsx';
import { t, words } from '../words.ts';

/** A study that nothing gives to whoever needs it now: it opens with a reason, and everybody concerned reads that. */
export default function Glass({ id }: { readonly id: string }) {
  useTitle(t('glass.title'));
  const [study, open] = useState('');
  const may = breaksGlass();
  return (
    <div class="dk ax">
      <h1>{t('glass.title')}</h1>
      <Banner tone="warn"><p>{t('glass.what')}</p><p>{t('glass.log')}</p></Banner>
      {!may ? <p>{t('glass.whom')}</p>
        : id ? <p><button type="button" class="sg-button" onClick={() => open(id)}>{t('glass.open')}</button></p> : <Find open={open} />}
      {study && (
        <Act title={t('glass.open.title')} text={t('glass.log')} path={`/api/studies/${study}/glass`} send={broken} reason button={t('glass.open')}
          done={() => go(`/professional/studies/${study}`)} close={() => open('')} />
      )}
    </div>
  );
}

/** What is open to the reader anyway needs nothing broken. */
async function broken(path: string, body: object): Promise<Answer<unknown>> {
  const answer = await post(path, body);
  return answer.kind === 'refused' && answer.code === 'conflict' ? { kind: 'ok', value: {} } : answer;
}

/** By the accession number of its order; what is typed is posted and stands in no address. */
function Find({ open }: { readonly open: (study: string) => void }) {
  const everywhere = visit.value?.professional?.role === 'service-desk';
  const department = everywhere ? new URLSearchParams(place.value.query).get('department') ?? '' : '';
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState('');
  const [found, setFound] = useState<OrderPage | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => void known(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    const q = typed.trim();
    if (q === '' || (everywhere && !department)) {
      setWrong(t(q === '' ? 'glass.accession.empty' : 'glass.choose'));
      return field.current?.focus();
    }
    const answer = await post<OrderPage>('/api/desk/orders/search', { q, ...(department ? { department } : {}) });
    setFound(answer.kind === 'ok' ? answer.value : null);
    setWrong(answer.kind === 'ok' ? '' : t(answer.kind === 'unreachable' ? 'desk.failed' : 'desk.orders.nothing'));
    if (answer.kind !== 'ok') field.current?.focus();
  };
  return (
    <>
      {everywhere && <Whose chosen={department} choose={(id) => { setFound(null); requery(id && `department=${id}`); }} />}
      <form class="dk-search" role="search" noValidate onSubmit={(event) => void send(event)}>
        <div class={wrong ? 'sg-field sg-has-error' : 'sg-field'}>
          <label class="sg-label" for="accession">{t('search.accession')}</label>
          <input class="sg-input" id="accession" ref={field} type="text" autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={128} value={typed}
            aria-invalid={wrong ? 'true' : undefined} aria-describedby={wrong ? 'accession-error' : undefined} onInput={(event) => setTyped(event.currentTarget.value)} />
          {wrong && <p class="sg-error" id="accession-error" role="alert"><Icon of="alert" /><span>{wrong}</span></p>}
        </div>
        <button type="submit" class="sg-button sg-button-plain">{t('desk.search.go')}</button>
      </form>
      <p role="status" class={found?.length === 0 ? '' : 'sg-visually-hidden'}>{found && (found.length === 0 ? t('desk.orders.nothing') : t('glass.found', { n: found.length }))}</p>
      {found && found.length > 0 && <ul class="ax-orders">{found.map((order) => <Order key={order.id} order={order} open={open} />)}</ul>}
    </>
  );
}

function Order({ order: { accession, patient, studies }, open }: { readonly order: DeskOrder; readonly open: (study: string) => void }) {
  return (
    <li class="sg-card sg-stack">
      <h2>{patient.name}</h2>
      <p class="sg-muted">{[accession, born(patient.birthDate), patient.id].filter(Boolean).join(' · ')}</p>
      {studies.length === 0 ? <p>{t('desk.studies.announced')}</p> : (
        <ul class="ax-choices">{studies.map((study) => (
          <li key={study.id}>
            <span><span class="dk-main">{study.description || study.modalities.join(', ') || t('desk.study.unnamed')}</span>
              <span class="dk-sub">{[study.date && words.value.short(study.date), t(`desk.study.${study.state}`)].filter(Boolean).join(' · ')}</span></span>
            {study.state !== 'announced' && <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => open(study.id)}>{t('glass.open')}<span class="sg-visually-hidden"> {study.description}</span></button>}
          </li>
        ))}</ul>
      )}
    </li>
  );
}
