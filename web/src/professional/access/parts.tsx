import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AccessBucket, AccessGrant } from '../../lib/answers.ts';
import { RULES } from '../../lib/rules.ts';
import { post, remove } from '../api.ts';
import { Act, lastDay, when, why } from '../desk/parts.tsx';
import { Renew } from '../desk/renew.tsx';
import { visit } from '../session.ts';
import { Icon, type IconName } from '../ui.tsx';
import { t } from '../words.ts';

export type Standing = AccessBucket['state'];
type Sees = AccessGrant['access'];
/** A number, wherever it stands. */
type Given = Omit<AccessBucket, 'studies'>;

const SIGNS: Readonly<Record<Standing, IconName>> = { active: 'done', blocked: 'alert', expired: 'clock', withdrawn: 'close', waiting: 'clock', refused: 'alert' };

/** Accounts end, and what they were given is still told. */
export function nameOf({ name }: AccessGrant): string {
  return name || t('who.gone');
}

/** A word and a sign: the colour only says it once more. */
export function State({ of }: { readonly of: Standing }) {
  return <span class={`ax-state ax-${of}`}><Icon of={SIGNS[of]} />{t(`who.state.${of}`)}</span>;
}

/** An anonymized number opens nothing before all of its copies are there. */
export function Making({ of, looked = false }: { readonly of: Given; readonly looked?: boolean }) {
  return of.anonymized && of.state === 'waiting' ? <span class="dk-sub ax-why">{t(looked ? 'who.looking' : 'who.making')}</span> : null;
}

/** Why it opens nothing; what was wrong in a row, of how often it may be. */
export function Wrong({ of }: { readonly of: Given }) {
  const paid = of.verification === 'payment';
  return <>
    {of.refused && <span class="dk-sub">{why(of.refused)}</span>}
    {of.dateFailures > 0 && <span class="dk-sub">{t('who.wrong.dates', { count: of.dateFailures, max: RULES.wrongDates })}</span>}
    {of.failures > 0 && <span class="dk-sub">{t(paid ? 'who.wrong.pincodes' : 'who.wrong.codes', { count: of.failures, max: paid ? RULES.wrongPincodes : RULES.wrongCodes })}</span>}
  </>;
}

export function Period({ from, until }: { readonly from: string | null; readonly until: string | null }) {
  return <>
    {from && <span class="dk-main sg-nowrap">{t('who.period.from', { date: lastDay(new Date(Date.parse(from) + 1).toISOString()) })}</span>}
    <span class={from ? 'dk-sub' : 'dk-main'}>{until ? t('who.period.until', { date: lastDay(until) }) : t('who.period.always')}</span>
  </>;
}

/** What somebody types besides the number, and where a code goes: never the whole of it. */
export function Check({ of }: { readonly of: Given }) {
  const account = of.kind === 'share' && of.verification === 'date-of-birth';
  return <><span class="dk-main">{t(account ? 'who.check.account' : `who.check.${of.verification}`)}</span>{of.sentTo && <span class="dk-sub sg-nowrap">{of.sentTo}</span>}</>;
}

export function Kind({ of }: { readonly of: Given }) {
  return <>
    <span class="dk-main">{t(`who.number.${of.kind}`)}</span>
    {of.madeAt && <span class="dk-sub">{when(of.madeAt)}</span>}
    {of.by && <span class="dk-sub">{t('who.by', { by: of.by })}</span>}
    {of.reason && <span class="dk-sub ax-why">{t('who.reason', { reason: of.reason })}</span>}
  </>;
}

export function What({ of, anonymized = false, children }: { readonly of: Sees; readonly anonymized?: boolean; readonly children?: ComponentChildren }) {
  return <><span class="dk-main">{t(`who.sees.${of}`)}</span>{children}{anonymized && <span class="sg-tag">{t('who.anonymized')}</span>}</>;
}

/** What somebody is about to end or to open again. */
export type Asked =
  | { readonly act: 'withdraw'; readonly grant: AccessGrant; readonly below: number }
  | { readonly act: 'open'; readonly grant: AccessGrant; readonly bucket: string }
  | { readonly act: 'end' | 'unlock'; readonly given: Given; readonly studies: number }
  | { readonly act: 'renew'; readonly given: Given; readonly order: string }
  | { readonly act: 'take'; readonly given: Given; readonly study: string };

/** One thing at a time: what it does is said before, what it came to after; then the focus is where the button was. */
export function useActs(load: (done: Asked) => Promise<void>): { readonly said: string; readonly ask: (asked: Asked) => void; readonly dialog: ComponentChildren } {
  const [asked, ask] = useState<Asked | null>(null);
  const [said, say] = useState('');
  const line = useRef<string>('');
  const close = () => ask(null);
  const done = (text: string) => async () => {
    ask(null);
    say(text);
    await load(asked!);
    requestAnimationFrame(() => { if (document.activeElement === document.body) document.getElementById(line.current)?.focus({ preventScroll: true }); });
  };
  return { said, dialog: asked && <Sure asked={asked} close={close} done={done} />,
    ask: (next) => {
      line.current = lineId('grant' in next ? next.grant.id : next.given.id);
      say('');
      ask(next);
    } };
}

export function lineId(id: string): string {
  return `line-${id}`;
}

function Sure({ asked, close, done }: { readonly asked: Asked; readonly close: () => void; readonly done: (text: string) => () => Promise<void> }) {
  switch (asked.act) {
    case 'withdraw': return (
      <Act title={t('who.withdraw.title')} text={t('who.withdraw.text', { name: nameOf(asked.grant) })} path={`/api/grants/${asked.grant.id}`} send={remove} reason={false}
        button={t('who.withdraw')} done={() => void done(t('who.withdraw.said', { name: nameOf(asked.grant) }))()} close={close}>{asked.below > 0 ? <p>{t('who.withdraw.below', { n: asked.below })}</p> : undefined}</Act>
    );
    case 'open': return (
      <Act title={t('who.open.title')} text={t('who.open.text', { name: nameOf(asked.grant) })} path={`/api/buckets/${asked.bucket}/unlock`} send={post} reason
        button={t('desk.unlock')} done={() => void done(t('who.open.said', { name: nameOf(asked.grant) }))()} close={close} />
    );
    case 'end': return (
      <Act title={t('who.end.title')} text={t('who.end.text', { n: asked.studies })} path={`/api/buckets/${asked.given.id}`} send={remove} reason={false}
        button={t('who.withdraw')} done={() => void done(t('who.end.said'))()} close={close} />
    );
    case 'take': return (
      <Act title={t('who.take.title')} text={t('who.take.text')} path={`/api/buckets/${asked.given.id}/studies/${asked.study}`} send={remove} reason={false}
        button={t('who.take')} done={() => void done(t('who.take.said'))()} close={close} />
    );
    case 'renew': return <Renew order={asked.order} done={() => void done(t('desk.regenerate.said'))()} close={close} />;
    case 'unlock': return (
      <Act title={t('who.unlock.title')} text={t('desk.unlock.text')} path={`/api/buckets/${asked.given.id}/unlock`} send={post} reason
        button={t('desk.unlock')} done={() => void done(t('who.unlock.said'))()} close={close} />
    );
  }
}

/** Only these open again what was tried too often, or make another number; others learn whom to ask. */
export function mayUnlock(): boolean {
  const role = visit.value?.professional?.role;
  return role === 'department-admin' || role === 'service-desk';
}

/** A department's people look after all that it gave; everybody else after what is their own gift. */
export function looksAfter(by: string | null): boolean {
  const told = visit.value?.professional;
  return !!told && (told.role !== 'professional' || (by !== null && by === told.name));
}

/** What has an end no longer ahead. */
export function over(state: Standing): boolean {
  return state === 'withdrawn' || state === 'expired';
}

/** The buttons of a number. */
export function Acts({ of, studies, study, ask }: { readonly of: Given; readonly studies: number; readonly study?: string; readonly ask: (asked: Asked) => void }) {
  const about = of.sentTo ?? (of.madeAt ? when(of.madeAt) : t(`who.number.${of.kind}`));
  const button = (word: string, act: () => void) => (
    <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={act}>{word}<span class="sg-visually-hidden"> {about}</span></button>
  );
  if (over(of.state) || !looksAfter(of.by)) return null;
  const { order } = of;
  return <>
    {of.state === 'blocked' && (mayUnlock() ? button(t('desk.unlock'), () => ask({ act: 'unlock', given: of, studies })) : <span class="dk-sub ax-whom">{t('who.unlock.ask')}</span>)}
    {of.refused && order !== null && mayUnlock() && button(t('desk.regenerate'), () => ask({ act: 'renew', given: of, order }))}
    {study && studies > 1 && of.kind !== 'number' && button(t('who.take'), () => ask({ act: 'take', given: of, study }))}
    {button(t('who.withdraw'), () => ask({ act: 'end', given: of, studies }))}
  </>;
}
