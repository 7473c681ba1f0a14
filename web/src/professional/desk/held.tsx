import { useEffect, useState } from 'preact/hooks';
import type { CandidateOrder, FilePerson, HeldStudy, JudgedStudy, OrderPage } from '../../lib/answers.ts';
import { get, post } from '../api.ts';
import { Banner, Dialog, Icon } from '../ui.tsx';
import { t, words } from '../words.ts';
import { Act, born, More, Said, State, useLines, when, Why } from './parts.tsx';

/** Studies that fit no order, or with something odd: both sides beside each other, and a decision with its reason. */
export function Held({ department }: { readonly department: string }) {
  const { loaded, load, more } = useLines<HeldStudy>('/api/desk/studies', department);
  const [judging, setJudging] = useState<string | null>(null);
  const [said, say] = useState('');
  const lines = typeof loaded === 'object' ? loaded.lines : [];
  return (
    <section class="dk-part" aria-labelledby="studies">
      <h2 id="studies" class="sg-visually-hidden">{t('desk.studies')}</h2>
      <p class="sg-muted">{t('desk.studies.text')}</p>
      <Said text={said} />
      <State of={loaded} again={() => void load()} empty={<p>{t('desk.studies.none')}</p>} />
      {lines.length > 0 && (
        <table class="dk-table">
          <thead><tr><th scope="col">{t('desk.at')}</th><th scope="col">{t('desk.study')}</th><th scope="col">{t('desk.files.patient')}</th><th scope="col">{t('desk.why')}</th><th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
          <tbody>{lines.map((study) => (
            <tr key={study.id}>
              <td class="dk-when" data-label={t('desk.at')}>{study.since && when(study.since)}</td>
              <th scope="row" data-label={t('desk.study')}><span class="dk-main">{study.description || study.modalities.join(', ') || t('desk.study.unnamed')}</span>
                <span class="dk-sub">{[study.date && words.value.short(study.date), study.accessions.length > 0 && t('desk.accession.of', { accession: study.accessions.join(', ') })].filter(Boolean).join(' · ')}</span></th>
              <td data-label={t('desk.files.patient')}>{study.patient && <><span class="dk-main">{study.patient.name || t('desk.unnamed')}</span><span class="dk-sub">{[born(study.patient.birthDate), study.patient.patientId].filter(Boolean).join(' · ')}</span></>}
                {study.persons > 1 && <span class="dk-sub">{t('desk.persons', { count: study.persons })}</span>}</td>
              <td data-label={t('desk.why')}><Why of={study.why} />{study.order && <span class="dk-sub">{t('desk.order.of', { accession: study.order.accession })}</span>}</td>
              <td class="dk-acts"><button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => { say(''); setJudging(study.id); }}>{t('desk.compare')}<span class="sg-visually-hidden"> {study.accessions.join(', ')}</span></button></td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <More of={loaded} more={more} />
      {judging && <Judge study={judging} department={department} close={() => setJudging(null)} done={(text) => { setJudging(null); say(text); void load(); }} />}
    </section>
  );
}

type Deciding = 'match' | 'release' | 'unmatch' | 'looked-at';

/** Both sides. A decision opens in a dialog of its own and says what it does. */
function Judge({ study, department, close, done }: { readonly study: string; readonly department: string; readonly close: () => void; readonly done: (text: string) => void }) {
  const [judged, setJudged] = useState<JudgedStudy | 'failed' | null>(null);
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  useEffect(() => void get<JudgedStudy>(`/api/desk/studies/${study}`).then((answer) => setJudged(answer.kind === 'ok' ? answer.value : 'failed')), []);
  if (judged && judged !== 'failed' && deciding) {
    return <Decide judged={judged} act={deciding} department={department} close={() => setDeciding(null)} done={() => done(t(`desk.${deciding}.said`))} />;
  }
  const actions = <>
    {judged && judged !== 'failed' && judged.acts.map((act) => (
      <button type="button" class={act === 'match' || act === 'release' ? 'sg-button' : 'sg-button sg-button-plain'} key={act} onClick={() => setDeciding(act)}>{t(`desk.${act}`)}</button>
    ))}
    <a class="sg-button sg-button-plain" href={`/professional/glass/${study}`}>{t('desk.glass')}</a>
    <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('desk.close')}</button>
  </>;
  return (
    <Dialog title={t('desk.compare.title')} close={close} wide actions={actions}>
      {judged === null && <p role="status">{t('desk.loading')}</p>}
      {judged === 'failed' && <Banner tone="danger" role="alert"><p>{t('desk.failed')}</p></Banner>}
      {judged && judged !== 'failed' && <>
        <p><Why of={judged.study.why} /></p>
        <div class="dk-sides">
          <div class="sg-stack"><h3>{t('desk.files.say')}</h3>{judged.persons.map((person) => <Person key={person.id} person={person} judged={judged} />)}</div>
          <div class="sg-stack"><h3>{t('desk.orders.say')}</h3>
            {judged.orders.length === 0 ? <p class="sg-muted">{t('desk.orders.say.none')}</p> : judged.orders.map((order) => <Candidate key={order.id} order={order} />)}</div>
        </div>
      </>}
    </Dialog>
  );
}

function Person({ person, judged }: { readonly person: FilePerson; readonly judged: JudgedStudy }) {
  return (
    <div class="dk-side">
      <strong>{person.name || t('desk.unnamed')}</strong>
      <Facts born={person.birthDate} id={person.patientId} issuer={person.issuer} accession={person.accessions.join(', ')} />
      <p class="dk-sub">{t('desk.files', { count: person.files })} · {t(person.shown ? 'desk.files.shown' : 'desk.files.held')}</p>
      <p class="dk-pictures">{judged.pictures.filter((one) => one.person === person.id).map((one) => <img key={one.url} src={one.url} alt={t('desk.picture', { series: one.series })} />)}</p>
    </div>
  );
}

function Candidate({ order }: { readonly order: CandidateOrder }) {
  const fits = order.fits.some((fit) => fit.likeness === 'same');
  const other = order.fits.every((fit) => fit.likeness === 'other');
  return (
    <div class="dk-side">
      <strong>{order.patient.name}</strong>
      <Facts born={order.patient.birthDate} id={order.patient.id ?? ''} issuer={order.patient.issuer ?? ''} accession={order.accession} />
      <p class={fits ? 'dk-good' : 'dk-bad'}><Icon of={fits ? 'done' : 'alert'} />{t(fits ? 'desk.fits.same' : other ? 'desk.fits.other' : 'desk.fits.unknown')}</p>
    </div>
  );
}

function Facts({ born: date, id, issuer, accession }: { readonly born: string; readonly id: string; readonly issuer: string; readonly accession: string }) {
  return (
    <dl class="dk-facts">
      <dt>{t('desk.birth')}</dt><dd>{date ? born(date) : '–'}</dd>
      <dt>{t('desk.patientid')}</dt><dd>{id || '–'}{issuer && ` (${issuer})`}</dd>
      <dt>{t('desk.accession')}</dt><dd>{accession || '–'}</dd>
    </dl>
  );
}

function Decide({ judged, act, department, close, done }: { readonly judged: JudgedStudy; readonly act: Deciding; readonly department: string; readonly close: () => void; readonly done: () => void }) {
  const choosable = act === 'release' ? judged.persons.filter((person) => !person.shown) : judged.persons;
  const [persons, setPersons] = useState<readonly string[]>(choosable.length === 1 ? choosable.map((person) => person.id) : []);
  const [order, setOrder] = useState(judged.orders.length === 1 ? judged.orders[0]!.id : '');
  const path = act === 'match' ? `/api/desk/orders/${order || 'none'}/match` : `/api/desk/studies/${judged.study.id}/${act}`;
  const body = (): object | null => {
    switch (act) {
      case 'match': return order && persons.length > 0 ? { study: judged.study.id, persons } : null;
      case 'release': return persons.length > 0 ? { persons } : null;
      default: return {};
    }
  };
  const withPersons = (act === 'match' || act === 'release') && judged.persons.length > 1;
  return (
    <Act title={t(`desk.${act}.title`)} text={t(`desk.${act}.text`)} path={path} body={body} reason button={t(`desk.${act}`)} done={done} close={close}>
      {act === 'match' && <ToOrder judged={judged} department={department} order={order} choose={setOrder} />}
      {withPersons && (
        <fieldset class="dk-choices"><legend>{t('desk.whose')}</legend>
          {choosable.map((person) => (
            <label class="dk-check" key={person.id}><input type="checkbox" checked={persons.includes(person.id)}
              onChange={(event) => setPersons(event.currentTarget.checked ? [...persons, person.id] : persons.filter((one) => one !== person.id))} />
              <span>{person.name || t('desk.unnamed')} <span class="dk-sub">{[born(person.birthDate), person.patientId, t('desk.files', { count: person.files })].filter(Boolean).join(' · ')}</span></span></label>
          ))}
        </fieldset>
      )}
    </Act>
  );
}

/** One of the orders that may be meant, or another that is looked for. */
function ToOrder({ judged, department, order, choose }: { readonly judged: JudgedStudy; readonly department: string; readonly order: string; readonly choose: (id: string) => void }) {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<OrderPage | null>(null);
  const search = async () => {
    if (typed.trim() === '') return;
    const answer = await post<OrderPage>('/api/desk/orders/search', { q: typed.trim(), ...(department ? { department } : {}) });
    setFound(answer.kind === 'ok' ? answer.value : []);
  };
  const all = [...judged.orders, ...(found ?? []).filter((one) => judged.orders.every((other) => other.id !== one.id))];
  return <>
    <fieldset class="dk-choices"><legend>{t('desk.match.order')}</legend>
      {all.map((one) => (
        <label class="dk-check" key={one.id}><input type="radio" name="order" checked={order === one.id} onChange={() => choose(one.id)} />
          <span>{one.accession} <span class="dk-sub">{[one.patient.name, born(one.patient.birthDate), one.patient.id].filter(Boolean).join(' · ')}</span></span></label>
      ))}
      {found?.length === 0 && <p class="dk-sub" role="status">{t('desk.orders.nothing')}</p>}
    </fieldset>
    <div class="dk-search">
      <div class="sg-field"><label class="sg-label" for="other">{t('desk.match.other')}</label>
        <input class="sg-input" id="other" type="search" autocomplete="off" maxLength={128} value={typed} onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); void search(); } }} /></div>
      <button type="button" class="sg-button sg-button-plain" onClick={() => void search()}>{t('desk.search.go')}</button>
    </div>
  </>;
}
