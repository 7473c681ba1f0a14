import { useEffect, useState } from 'preact/hooks';
import '../../../styles/desk.css';
import '../../../styles/access.css';
import type { AccessBucket, AccessGrant, StudyAccess } from '../../lib/answers.ts';
import { RULES } from '../../lib/rules.ts';
import { aboutOf } from '../about.ts';
import { below, depths } from '../access/below.ts';
import { LeftOut } from '../access/left.tsx';
import { Acts, Check, Kind, lineId, looksAfter, Making, mayUnlock, nameOf, over, Period, State, useActs, What, Wrong } from '../access/parts.tsx';
import type { Asked } from '../access/parts.tsx';
import { get } from '../api.ts';
import { Said, when, why } from '../desk/parts.tsx';
import { Banner, day, Failed, Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';

const STUDIES = '/professional/studies';
const SKELETON_MS = 300;

/** Everybody who sees a study, and by what; each line ends at a press. */
export default function Access({ id }: { readonly id: string }) {
  const [told, tell] = useState<StudyAccess | 'loading' | 'failed' | 'missing'>('loading');
  useTitle(t('who.title'));
  const load = async () => {
    const answer = await get<StudyAccess>(`/api/studies/${id}/access`);
    if (answer.kind === 'ok') tell(answer.value);
    else tell(answer.kind === 'missing' || (answer.kind === 'refused' && answer.code !== 'session-ended') ? 'missing' : 'failed');
  };
  useEffect(() => void load(), [id]);
  const { said, ask, dialog } = useActs(load);
  if (told === 'failed') return <Failed again={() => { tell('loading'); void load(); }} />;
  const about = aboutOf(id);
  return (
    <div class="dk ax">
      <p class="ax-back"><a class="sg-link" href={told === 'missing' ? STUDIES : `${STUDIES}/${id}`}><Icon of="left" />{t(told === 'missing' ? 'missing.list' : 'who.study.open')}</a></p>
      <h1>{t('who.title')}</h1>
      {about && <p class="ax-about"><strong>{about.patient}</strong><span>{about.description}</span>{about.date && <span>{day(about.date)}</span>}</p>}
      <div class="ax-told"><Said text={said} /></div>
      {told === 'loading' ? <Loading /> : told === 'missing' ? <Banner tone="warn" role="alert"><p>{t('who.missing')}</p></Banner> : <Told told={told} id={id} ask={ask} />}
      {dialog}
    </div>
  );
}

function Loading() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true">
      <p class="sg-visually-hidden" role="status">{t('desk.loading')}</p>
      {late && <div class="sg-card dk-waiting" aria-hidden="true"><div class="sg-skeleton" /><div class="sg-skeleton" /><div class="sg-skeleton" /></div>}
    </div>
  );
}

function Told({ told: { grants, buckets, refused, downloads }, id, ask }: { readonly told: StudyAccess; readonly id: string; readonly ask: (asked: Asked) => void }) {
  const weak = refused && <Banner tone="warn"><p>{t('who.refused')} <strong>{why(refused)}</strong></p></Banner>;
  if (grants.length === 0 && buckets.length === 0 && downloads.length === 0) {
    return <>{weak}<div class="sg-card sg-stack dk-empty"><h2>{t('who.none')}</h2><p>{t('who.none.text')}</p></div></>;
  }
  return <>
    {weak}
    <section class="dk-part" aria-labelledby="people">
      <h2 id="people">{t('who.people')}</h2>
      {grants.length === 0 ? <p class="sg-muted">{t('who.people.none')}</p> : <People of={grants} ask={ask} />}
    </section>
    <section class="dk-part" aria-labelledby="numbers">
      <h2 id="numbers">{t('who.numbers')}</h2>
      {buckets.length === 0 ? <p class="sg-muted">{t('who.numbers.none')}</p> : <Numbers of={buckets} id={id} ask={ask} />}
    </section>
    {downloads.length > 0 && (
      <section class="dk-part" aria-labelledby="downloads">
        <h2 id="downloads">{t('who.downloads')}</h2>
        <table class="dk-table">
          <thead><tr><th scope="col">{t('who.col.when')}</th><th scope="col">{t('who.col.got')}</th></tr></thead>
          <tbody>{downloads.map((one, i) => (
            <tr key={i}><td data-label={t('who.col.when')}>{when(one.at)}</td><td data-label={t('who.col.got')}>{one.by ?? t(one.kind === 'patient' ? 'who.got.patient' : 'who.gone')}</td></tr>
          ))}</tbody>
        </table>
      </section>
    )}
  </>;
}

function People({ of, ask }: { readonly of: readonly AccessGrant[]; readonly ask: (asked: Asked) => void }) {
  const depth = depths(of);
  return (
    <table class="dk-table ax-people">
      <thead><tr>{['who', 'why', 'sees', 'period', 'state'].map((one) => <th scope="col" key={one}>{t(`who.col.${one}`)}</th>)}<th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
      <tbody>{of.map((grant) => {
        const { shared, state } = grant;
        const button = (word: string, act: () => void) => <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={act}>{word}<span class="sg-visually-hidden"> {nameOf(grant)}</span></button>;
        return (
          <tr key={grant.id} class={[over(state) && 'ax-over', depth.get(grant.id) && `ax-below ax-below-${depth.get(grant.id)}`].filter(Boolean).join(' ') || undefined}>
            <th scope="row" id={lineId(grant.id)} tabIndex={-1} data-label={t('who.col.who')}><span class="dk-main">{nameOf(grant)}</span><span class="dk-sub">{t(`who.kind.${grant.kind}`)}</span></th>
            <td data-label={t('who.col.why')}>
              <span class="dk-main">{t(shared?.under ? 'who.why.further' : `who.why.${grant.reason}`)}</span>
              {grant.by && <span class="dk-sub">{t('who.by', { by: grant.by })}</span>}
              {shared?.reason && <span class="dk-sub ax-why">{t('who.reason', { reason: shared.reason })}</span>}
            </td>
            <td data-label={t('who.col.sees')}>
              <What of={grant.access} anonymized={shared?.anonymized ?? false}>{shared?.write && <span class="dk-sub">{t('who.write')}</span>}{shared?.twoFactor && <span class="dk-sub">{t('who.check.otp-sms')}</span>}</What>
            </td>
            <td data-label={t('who.col.period')}><Period from={grant.from} until={grant.until} /></td>
            <td data-label={t('who.col.state')}>
              <State of={state} />
              {shared?.anonymized && state === 'waiting' && <span class="dk-sub ax-why">{t('who.making')}</span>}
              {shared && <LeftOut of={shared.left} />}
              {shared && shared.failures > 0 && <span class="dk-sub">{t('who.wrong.codes', { count: shared.failures, max: RULES.wrongCodes })}</span>}
            </td>
            <td class="dk-acts">
              {shared && state === 'blocked' && (mayUnlock() ? button(t('desk.unlock'), () => ask({ act: 'open', grant, bucket: shared.bucket })) : <span class="dk-sub ax-whom">{t('who.unlock.ask')}</span>)}
              {!over(state) && looksAfter(grant.by) && button(t('who.withdraw'), () => ask({ act: 'withdraw', grant, below: below(grant, of) }))}
            </td>
          </tr>
        );
      })}</tbody>
    </table>
  );
}

function Numbers({ of, id, ask }: { readonly of: readonly AccessBucket[]; readonly id: string; readonly ask: (asked: Asked) => void }) {
  return (
    <table class="dk-table ax-numbers">
      <thead><tr>{['number', 'check', 'sees', 'period', 'state'].map((one) => <th scope="col" key={one}>{t(`who.col.${one}`)}</th>)}<th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
      <tbody>{of.map((bucket) => (
        <tr key={bucket.id} class={over(bucket.state) ? 'ax-over' : undefined}>
          <th scope="row" id={lineId(bucket.id)} tabIndex={-1} data-label={t('who.col.number')}><Kind of={bucket} /></th>
          <td data-label={t('who.col.check')}>{bucket.kind !== 'glass' && <Check of={bucket} />}</td>
          <td data-label={t('who.col.sees')}><What of={bucket.access} anonymized={bucket.anonymized}><span class="dk-sub">{t('who.studies', { n: bucket.studies })}</span></What></td>
          <td data-label={t('who.col.period')}><Period from={bucket.from} until={bucket.until} /></td>
          <td data-label={t('who.col.state')}><State of={bucket.state} /><Making of={bucket} /><LeftOut of={bucket.left} /><Wrong of={bucket} /></td>
          <td class="dk-acts"><Acts of={bucket} studies={bucket.studies} study={id} ask={ask} /></td>
        </tr>
      ))}</tbody>
    </table>
  );
}
