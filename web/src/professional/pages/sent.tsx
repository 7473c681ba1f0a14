import { useEffect, useState } from 'preact/hooks';
import '../../../styles/desk.css';
import '../../../styles/access.css';
import type { SentBucket } from '../../lib/answers.ts';
import { keepAbout } from '../about.ts';
import { LeftOut } from '../access/left.tsx';
import { type Asked, Acts, Check, Kind, lineId, Making, over, Period, type Standing, State as Stands, useActs, What, Wrong } from '../access/parts.tsx';
import { get } from '../api.ts';
import { born, More, Said, State, useLines, when, Whose } from '../desk/parts.tsx';
import { place, requery } from '../router.ts';
import { visit } from '../session.ts';
import { departments, known } from '../shell.tsx';
import { Banner, day, Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';
import type { CopyLine } from './copies.tsx';

const STATES: readonly Standing[] = ['active', 'blocked', 'expired', 'withdrawn', 'waiting', 'refused'];
const COPIES = '/professional/copies';
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
  const query = department && `?department=${department}`;
  const [waiting, wait] = useState<readonly CopyLine[]>([]);
  useEffect(() => void get<readonly CopyLine[]>(`/api/desk/copies${query}`).then((answer) => { if (answer.kind === 'ok') wait(answer.value); }), []);
  return (
    <section class="dk-part" aria-label={t('sent.title')}>
      {waiting.length > 0 && <p><a class="sg-link ax-copies" href={COPIES + query}><Icon of="eye" />{t('sent.copies')}</a></p>}
      <div class="ax-told"><Said text={said} /></div>
      <State of={loaded} again={() => void load()} empty={<p>{t(further ? 'sent.further' : state ? 'sent.none.state' : 'sent.none')}</p>} />
      {lines.length > 0 && (
        <table class="dk-table ax-sent">
          <thead><tr>{COLUMNS.map((one) => <th scope="col" key={one}>{t(`who.col.${one}`)}</th>)}<th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
          <tbody>{lines.map((line) => <Line key={line.id} line={line} ask={ask} looked={addressOf(waiting, line, query)} />)}</tbody>
        </table>
      )}
      <More of={loaded} more={more} />
      {dialog}
    </section>
  );
}

/** Where the pictures of a number are that opens nothing until somebody has looked at them. */
function addressOf(waiting: readonly CopyLine[], { id, state }: SentBucket, query: string): string | null {
  const copy = state === 'waiting' ? waiting.find(({ bucket }) => bucket === id) : undefined;
  return copy ? `${COPIES}/${copy.id}${query}` : null;
}

/** A line as the act leaves it: it stays where it is, whatever is filtered by. */
function after(done: Asked, line: SentBucket): SentBucket {
  if ('grant' in done || done.given.id !== line.id) return line;
  if (done.act === 'renew') return { ...line, state: 'active', refused: null };
  return done.act === 'unlock' ? { ...line, state: 'active', failures: 0, dateFailures: 0 } : { ...line, state: 'withdrawn' };
}

function Line({ line, ask, looked }: { readonly line: SentBucket; readonly ask: (asked: Asked) => void; readonly looked: string | null }) {
  const { patient } = line;
  return (
    <tr class={over(line.state) ? 'ax-over' : undefined}>
      <th scope="row" id={lineId(line.id)} tabIndex={-1} data-label={t('who.col.number')}><Kind of={line} />{line.to && <span class="dk-sub">{t('sent.to', { to: line.to.name || t('who.gone') })}</span>}</th>
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
      <td data-label={t('who.col.state')}><Stands of={line.state} /><Making of={line} looked={looked !== null} /><LeftOut of={line.left} /><Wrong of={line} /></td>
      <td class="dk-acts">{looked && <a class="sg-button sg-button-plain sg-button-small" href={looked}>{t('sent.look')}<span class="sg-visually-hidden"> {line.madeAt && when(line.madeAt)}</span></a>}<Acts of={line} studies={line.studies.length} ask={ask} /></td>
    </tr>
  );
}
