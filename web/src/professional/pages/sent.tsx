import { useEffect, useState } from 'preact/hooks';
import '../../../styles/desk.css';
import '../../../styles/access.css';
import type { SentBucket } from '../../lib/answers.ts';
import { keepAbout } from '../about.ts';
import { type Asked, Acts, Check, Kind, lineId, over, Period, type Standing, State as Stands, useActs, What, Wrong } from '../access/parts.tsx';
import { get } from '../api.ts';
import { born, More, Said, State, useLines, Whose } from '../desk/parts.tsx';
import { place, requery } from '../router.ts';
import { visit } from '../session.ts';
import { departments, known } from '../shell.tsx';
import { Banner, day, Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';

const STATES: readonly Standing[] = ['active', 'blocked', 'expired', 'withdrawn', 'waiting', 'refused'];
const COLUMNS = ['number', 'patient', 'studies', 'check', 'period', 'state'];

/** What a department has sent, the newest first. Only state and department stand in the address. */
export default function Sent() {
  useTitle(t('sent.title'));
  useEffect(() => void known(), []);
  const query = new URLSearchParams(place.value.query);
  const everywhere = visit.value?.professional?.role === 'service-desk';
  const own = everywhere ? query.get('department') ?? '' : '';
  const chosen = everywhere ? departments.value?.departments.find((one) => one.id === own)?.id ?? '' : '';
  const state = STATES.find((one) => one === query.get('state')) ?? '';
  const show = (what: string, of: string) => requery(new URLSearchParams({ ...(what ? { state: what } : {}), ...(of ? { department: of } : {}) }).toString());
  return (
    <div class="dk ax">
      <h1>{t('sent.title')}</h1>
      {everywhere && <Whose chosen={own} choose={(id) => show(state, id)} />}
      {everywhere && !chosen
        ? (own === '' || departments.value) && <Banner><p>{t('sent.choose')}</p></Banner>
        : <>
          <div class="sg-field ax-filter">
            <label class="sg-label" for="state">{t('who.col.state')}</label>
            <select class="sg-input" id="state" value={state} onChange={(event) => show(event.currentTarget.value, own)}>
              <option value="">{t('sent.all')}</option>
              {STATES.map((one) => <option key={one} value={one}>{t(`who.state.${one}`)}</option>)}
            </select>
          </div>
          <Lines key={`${state} ${chosen}`} state={state} department={chosen} />
        </>}
    </div>
  );
}

function Lines({ state, department }: { readonly state: Standing | ''; readonly department: string }) {
  const { loaded, load, more, put } = useLines<SentBucket>('/api/buckets', department, state ? { state } : {});
  const lines = typeof loaded === 'object' ? loaded.lines : [];
  const further = typeof loaded === 'object' && loaded.next !== null;
  const { said, ask, dialog } = useActs(async (done) => put(lines.map((line) => after(done, line))));
  return (
    <section class="dk-part" aria-label={t('sent.title')}>
      <Copies department={department} />
      <div class="ax-told"><Said text={said} /></div>
      <State of={loaded} again={() => void load()} empty={<p>{t(further ? 'sent.further' : state ? 'sent.none.state' : 'sent.none')}</p>} />
      {lines.length > 0 && (
        <table class="dk-table ax-sent">
          <thead><tr>{COLUMNS.map((one) => <th scope="col" key={one}>{t(`who.col.${one}`)}</th>)}<th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
          <tbody>{lines.map((line) => <Line key={line.id} line={line} ask={ask} />)}</tbody>
        </table>
      )}
      <More of={loaded} more={more} />
      {dialog}
    </section>
  );
}

/** Numbers that open nothing until somebody has looked at pictures. */
function Copies({ department }: { readonly department: string }) {
  const [some, setSome] = useState(false);
  const query = department && `?department=${department}`;
  useEffect(() => void get<readonly object[]>(`/api/desk/copies${query}`).then((answer) => setSome(answer.kind === 'ok' && answer.value.length > 0)), []);
  return some ? <p><a class="sg-link ax-copies" href={`/professional/copies${query}`}><Icon of="eye" />{t('sent.copies')}</a></p> : null;
}

/** A line as the act leaves it: it stays where it is, whatever is filtered by. */
function after(done: Asked, line: SentBucket): SentBucket {
  if (done.act === 'withdraw' || done.given.id !== line.id) return line;
  if (done.act === 'renew') return { ...line, state: 'active', refused: null };
  return done.act === 'unlock' ? { ...line, state: 'active', failures: 0, dateFailures: 0 } : { ...line, state: 'withdrawn' };
}

function Line({ line, ask }: { readonly line: SentBucket; readonly ask: (asked: Asked) => void }) {
  const { patient } = line;
  return (
    <tr class={over(line.state) ? 'ax-over' : undefined}>
      <th scope="row" id={lineId(line.id)} tabIndex={-1} data-label={t('who.col.number')}><Kind of={line} /></th>
      <td data-label={t('who.col.patient')}>{patient && <><span class="dk-main">{patient.name}</span><span class="dk-sub">{[patient.birthDate && born(patient.birthDate), patient.id].filter(Boolean).join(' · ')}</span></>}</td>
      <td data-label={t('who.col.studies')}>
        <ul class="dk-studies">{line.studies.map((study) => (
          <li key={study.id}><a class="sg-link ax-to" href={`/professional/studies/${study.id}/access`} title={t('row.access')}
            onClick={() => keepAbout(study.id, { patient: patient?.name ?? '', description: study.description, date: study.date })}>{study.description || t('desk.study.unnamed')}<span class="sg-visually-hidden">, {t('row.access')}</span></a>
            <span class="dk-sub">{study.date && day(study.date)}</span></li>
        ))}</ul>
        <What of={line.access} anonymized={line.anonymized} />
      </td>
      <td data-label={t('who.col.check')}>{line.kind !== 'glass' && <Check of={line} />}</td>
      <td data-label={t('who.col.period')}><Period from={line.from} until={line.until} /></td>
      <td data-label={t('who.col.state')}><Stands of={line.state} /><Wrong of={line} /></td>
      <td class="dk-acts"><Acts of={line} studies={line.studies.length} ask={ask} /></td>
    </tr>
  );
}
