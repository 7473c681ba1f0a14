import { useEffect, useRef, useState } from 'preact/hooks';
import { LeftOut } from '../access/left.tsx';
import { mayUnlock, over, State as Stands } from '../access/parts.tsx';
import { keepAbout } from '../about.ts';
import { get, post, put, remove } from '../api.ts';
import { Act, type Loaded, Said, State, when } from '../desk/parts.tsx';
import { place, requery } from '../router.ts';
import { actsOf, type ActOf } from '../share/acts.ts';
import { lastDayOf } from '../share/days.ts';
import { Detailed, Finder, Sign, Who } from '../share/find.tsx';
import { described, named } from '../share/parts.tsx';
import type { Line, Listed } from '../share/told.ts';
import type { Fault } from '../sign/form.tsx';
import { Banner, day, Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';
import '../../../styles/desk.css';
import '../../../styles/access.css';
import '../../../styles/signin.css';
import '../../../styles/share.css';

const TABS = ['given', 'received', 'favourites'] as const;
const STATES: readonly Line['state'][] = ['active', 'waiting', 'blocked', 'expired', 'withdrawn'];

/** What somebody has shared, what was shared with them, and their address book. */
export default function Shares() {
  useTitle(t('shares.title'));
  const query = new URLSearchParams(place.value.query);
  const tab = TABS.find((one) => one === query.get('mine')) ?? 'given';
  const state = STATES.find((one) => one === query.get('state')) ?? '';
  return (
    <div class="ax sr">
      <h1>{t('shares.title')}</h1>
      <nav class="sr-tabs" aria-label={t('shares.title')}><ul>{TABS.map((one) => (
        <li key={one}><a href={`/professional/shares?mine=${one}`} aria-current={one === tab ? 'page' : undefined}>{t(`shares.tab.${one}`)}</a></li>
      ))}</ul></nav>
      {tab === 'favourites' ? <Book /> : <Acts key={tab} mine={tab} state={state} />}
    </div>
  );
}

type Page = { readonly shares: readonly Line[]; readonly next?: string | null };

function Acts({ mine, state }: { readonly mine: 'given' | 'received'; readonly state: Line['state'] | '' }) {
  const [loaded, set] = useState<Loaded<Line>>('loading');
  const lines = typeof loaded === 'object' ? loaded.lines : [];
  const next = typeof loaded === 'object' ? loaded.next : null;
  const ask = async (before: string | null, former: readonly Line[]) => {
    const answer = await get<Page>(`/api/shares?mine=${mine}${before ? `&before=${encodeURIComponent(before)}` : ''}`);
    set(answer.kind === 'ok' ? { lines: [...former, ...answer.value.shares], next: answer.value.next ?? null } : answer.kind === 'missing' || (answer.kind === 'refused' && answer.code === 'forbidden') ? 'forbidden' : 'failed');
  };
  const load = async () => {
    set('loading');
    await ask(null, []);
  };
  useEffect(() => void ask(null, []), []);
  const change = (bucket: string, some: Partial<Line>) => set((now) => (typeof now === 'object' ? { ...now, lines: now.lines.map((one) => (one.bucket === bucket ? { ...one, ...some } : one)) } : now));
  const { said, begin, dialog } = useEnding(change);
  const shown = lines.filter((line) => state === '' || line.state === state);
  return (
    <section class="dk-part" aria-label={t(`shares.tab.${mine}`)}>
      {(lines.length > 0 || state !== '') && (
        <div class="sg-field ax-filter">
          <label class="sg-label" for="state">{t('who.col.state')}</label>
          <select class="sg-input" id="state" value={state} onChange={(event) => requery(`mine=${mine}${event.currentTarget.value && `&state=${event.currentTarget.value}`}`)}>
            <option value="">{t('shares.all.states')}</option>
            {STATES.map((one) => <option key={one} value={one}>{t(`who.state.${one}`)}</option>)}
          </select>
        </div>
      )}
      <div class="ax-told"><Said text={said} /></div>
      <State of={typeof loaded === 'object' ? { lines: shown, next } : loaded} again={() => void load()} empty={
        lines.length > 0 || next ? <p>{t(next ? 'shares.further' : 'shares.none.state')}</p>
          : <><h2>{t(`shares.none.${mine}`)}</h2><p>{t(`shares.none.${mine}.text`)}</p><p><a class="sg-button" href="/professional/studies">{t('share.list')}</a></p></>} />
      {shown.length > 0 && <ol class="sr-acts">{actsOf(shown).map((act) => (
        <li key={act.key} class="sg-card sr-act">{mine === 'given' ? <Given act={act} begin={begin} /> : act.lines.map((line) => <Received key={line.bucket} line={line} />)}</li>
      ))}</ol>}
      {next && <p class="dk-more"><button type="button" class="sg-button sg-button-plain" id="more" onClick={() => void ask(next, lines)}>{t('desk.more')}</button></p>}
      {dialog}
    </section>
  );
}

/** Of whom and what; a study leads to itself, or to who has access to it. */
function About({ studies, to }: { readonly studies: Line['studies']; readonly to: '' | '/access' }) {
  const patients = [...new Set(studies.map(({ patient }) => patient).filter(Boolean))];
  return <>
    <h2>{patients.join(', ') || t('share.exam')}</h2>
    <ul class="sr-studies">{studies.map((study) => (
      <li key={study.id}><a class="sg-link" href={`/professional/studies/${study.id}${to}`} title={to ? t('row.access') : undefined}
        onClick={() => keepAbout(study.id, { patient: study.patient, description: study.description, date: study.date })}>{described(study)}</a>{study.date && <span class="sg-hint">{day(study.date)}</span>}</li>
    ))}</ul>
  </>;
}

/** What holds for all of one share. */
function Terms({ line, until }: { readonly line: Line; readonly until: boolean }) {
  const tags = [line.urgent && t('share.urgent'), line.anonymised && t('shares.anonymised'), line.message && t('share.done.message')].filter((one): one is string => Boolean(one));
  return <>
    <p class="sg-muted">{[when(line.from), t(line.anonymised ? 'share.access.images' : `share.access.${line.access}`), until && ending(line)].filter(Boolean).join(' · ')}</p>
    {tags.length > 0 && <p class="sr-tags">{tags.map((one) => <span key={one} class="sg-tag">{one}</span>)}</p>}
  </>;
}

function ending({ until }: Line): string {
  return until ? t('who.period.until', { date: day(lastDayOf(until)) }) : t('who.period.always');
}

function Given({ act, begin }: { readonly act: ActOf; readonly begin: (ending: Ending) => void }) {
  const { lines, studies } = act;
  const open = lines.filter(({ state }) => !over(state));
  const together = new Set(lines.map(({ until }) => until)).size === 1;
  return <>
    <About studies={studies} to="/access" />
    <Terms line={lines[0]!} until={together} />
    <ul class="sr-whom">{lines.map((line) => <To key={line.bucket} line={line} all={studies.length} until={!together} begin={begin} />)}</ul>
    {open.length > 1 && <p class="sr-all"><button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => begin({ act: 'all', lines: open })}>{t('shares.all')}<span class="sg-visually-hidden"> {studies.map(named).join('; ')}</span></button></p>}
  </>;
}

/** One recipient of a share: how it stands, and what can be done about it. */
function To({ line, all, until, begin }: { readonly line: Line; readonly all: number; readonly until: boolean; readonly begin: (ending: Ending) => void }) {
  const { recipient: { kind, name }, state, studies, openedAt, children, left, mail, twoFactor } = line;
  const button = (word: string, act: () => void) => <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={act}>{word}<span class="sg-visually-hidden"> {name}</span></button>;
  return (
    <li class={over(state) ? 'ax-over' : undefined} id={lineId(line)} tabIndex={-1}>
      <div class="sr-who"><Sign of={kind} /><span class="sh-named"><strong>{name || t('who.gone')}</strong><span class="sg-hint">{t(`share.kind.${kind}`)}</span></span><Stands of={state} /></div>
      <ul class="sr-facts">
        <li>{line.anonymised && state === 'waiting' ? t('who.making') : openedAt ? t('shares.opened', { date: when(openedAt) }) : t('shares.unopened')}</li>
        {twoFactor && <li>{t('share.twofactor')}</li>}
        {until && <li>{ending(line)}</li>}
        {studies.length < all && <li>{t('shares.only', { exams: studies.map(named).join('; ') })}</li>}
        {children > 0 && <li>{t('shares.children', { n: children })}</li>}
        {left.length > 0 && <li><LeftOut of={left} /></li>}
        {mail === 'refused' && <li class="sr-refused"><Icon of="alert" size={18} />{t('shares.mail.refused')}</li>}
        {state === 'blocked' && !mayUnlock() && <li>{t('who.unlock.ask')}</li>}
      </ul>
      {!over(state) && <div class="sr-do">
        {state === 'blocked' && mayUnlock() && button(t('desk.unlock'), () => begin({ act: 'unlock', line }))}
        {studies.length > 1 && button(t('shares.take'), () => begin({ act: 'take', line }))}
        {button(t('who.withdraw'), () => begin({ act: 'one', line }))}
      </div>}
    </li>
  );
}

function Received({ line }: { readonly line: Line }) {
  return <div class="sg-stack">
    {line.studies.length > 0 ? <About studies={line.studies} to="" /> : <h2>{t('shares.hidden')}</h2>}
    <Terms line={line} until />
    <p class="sr-who"><Icon of="person" /><span class="sh-named">{line.by.name ? t('shares.by', { name: line.by.name }) : t('who.gone')}</span><Stands of={line.state} /></p>
    {line.state === 'blocked' && <p class="sg-hint">{t('who.unlock.ask')}</p>}
    {line.code && line.state === 'active' && <p class="sg-hint">{t('shares.code')}</p>}
    {line.anonymised && line.state === 'waiting' && <p class="sg-hint">{t('who.making')}</p>}
  </div>;
}

function lineId({ bucket }: Line): string {
  return `line-${bucket}`;
}

/** What somebody is about to end. */
type Ending = { readonly act: 'one' | 'take' | 'unlock'; readonly line: Line } | { readonly act: 'all'; readonly lines: readonly Line[] };

/** One thing at a time: what it does is said before, what it came to after; then the focus is where the button was. */
function useEnding(change: (bucket: string, some: Partial<Line>) => void) {
  const [asked, setAsked] = useState<Ending | null>(null);
  const [study, setStudy] = useState('');
  const [said, say] = useState('');
  const close = () => setAsked(null);
  const done = (line: Line, text: string) => {
    setAsked(null);
    say(text);
    requestAnimationFrame(() => { if (document.activeElement === document.body) document.getElementById(lineId(line))?.focus({ preventScroll: true }); });
  };
  const begin = (next: Ending) => {
    say('');
    if (next.act === 'take') setStudy(next.line.studies[0]!.id);
    setAsked(next);
  };
  const dialog = () => {
    if (asked === null) return null;
    if (asked.act === 'all') {
      const { lines } = asked;
      const children = lines.reduce((sum, line) => sum + line.children, 0);
      return (
        <Act title={t('shares.all.title')} text={t('shares.all.text', { names: lines.map(({ recipient }) => recipient.name).join(', ') })} path="" reason={false} button={t('shares.all')} close={close}
          send={async () => {
            for (const line of lines) {
              const answer = await remove(`/api/buckets/${line.bucket}`);
              if (answer.kind !== 'ok') return answer;
              change(line.bucket, { state: 'withdrawn' });
            }
            return { kind: 'ok', value: {} };
          }}
          done={() => done(lines[0]!, t('shares.all.said'))}>{children > 0 ? <p>{t('shares.children.too', { n: children })}</p> : undefined}</Act>
      );
    }
    const { line } = asked;
    const { name } = line.recipient;
    const bucket = `/api/buckets/${line.bucket}`;
    const children = line.children > 0 ? <p>{t('shares.children.too', { n: line.children })}</p> : undefined;
    switch (asked.act) {
      case 'one': return (
        <Act title={t('shares.one.title')} text={t('who.withdraw.text', { name })} path={bucket} send={remove} reason={false} button={t('who.withdraw')} close={close}
          done={() => { change(line.bucket, { state: 'withdrawn' }); done(line, t('who.withdraw.said', { name })); }}>{children}</Act>
      );
      case 'take': return (
        <Act title={t('shares.take.title')} text={t('shares.take.text', { name })} path={`${bucket}/studies/${study}`} send={remove} reason={false} button={t('shares.take')} close={close}
          done={() => { change(line.bucket, { studies: line.studies.filter(({ id }) => id !== study) }); done(line, t('shares.take.said')); }}>
          <fieldset><legend>{t('shares.take.which')}</legend>
            <div class="si-options">{line.studies.map((one) => (
              <label class="si-option" key={one.id} for={`take-${one.id}`}><input type="radio" name="take" id={`take-${one.id}`} checked={one.id === study} onChange={() => setStudy(one.id)} /><span><strong>{named(one)}</strong></span></label>
            ))}</div></fieldset>
        </Act>
      );
      case 'unlock': return (
        <Act title={t('shares.unlock.title')} text={t('desk.unlock.text')} path={`${bucket}/unlock`} send={post} reason button={t('desk.unlock')} close={close}
          done={() => { change(line.bucket, { state: 'active' }); done(line, t('shares.unlock.said')); }} />
      );
    }
  };
  return { said, begin, dialog: dialog() };
}

/** Whom one shares with often. */
function Book() {
  const [lines, set] = useState<readonly Listed[] | 'loading' | 'failed'>('loading');
  const [said, say] = useState('');
  const [gone, setGone] = useState<Listed | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [detailed, setDetailed] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const load = async () => {
    const answer = await get<readonly Listed[]>('/api/directory/favourites');
    set(answer.kind === 'ok' ? answer.value : 'failed');
  };
  useEffect(() => void load(), []);
  const all = typeof lines === 'object' ? lines : [];
  const same = (one: Listed) => (other: Listed) => one.id === other.id && one.kind === other.kind;
  const keep = async (one: Listed) => {
    setFault(null);
    setGone(null);
    if (all.some(same(one))) return setFault({ field: 'book', key: 'shares.book.twice', holes: { name: one.name } });
    const answer = await put(`/api/directory/favourites/${one.id}`, { kind: one.kind });
    if (answer.kind !== 'ok') return setFault({ field: 'book', key: answer.kind === 'refused' && answer.code === 'conflict' ? 'shares.book.full' : answer.kind === 'missing' ? 'shares.book.gone' : 'sign.unreachable' });
    set([...all, one].sort((a, b) => a.name.localeCompare(b.name)));
    say(t('shares.book.kept', { name: one.name }));
  };
  const drop = async (one: Listed) => {
    setFault(null);
    const answer = await remove(`/api/directory/favourites/${one.id}`, { kind: one.kind });
    if (answer.kind !== 'ok' && answer.kind !== 'missing') return setFault({ field: 'book', key: 'sign.unreachable' });
    set(all.filter((other) => !same(one)(other)));
    say(t('shares.book.dropped', { name: one.name }));
    setGone(one);
    heading.current?.focus();
  };
  return (
    <section class="dk-part sr-book sg-stack" aria-labelledby="book-title">
      <h2 id="book-title" ref={heading} tabIndex={-1}>{t('shares.tab.favourites')}</h2>
      <p>{t('shares.book.lead')}</p>
      <Finder id="book" label={t('shares.book.find')} hint={t('shares.book.find.hint')} faults={fault ? [fault] : []} take={(one) => void keep(one)} />
      <p><button type="button" class="sg-button sg-button-plain sg-button-small" id="detailed" aria-haspopup="dialog" onClick={() => setDetailed(true)}><Icon of="zoom" />{t('share.detailed')}</button></p>
      {detailed && <Detailed take={(one) => void keep(one)} close={() => setDetailed(false)} />}
      <div class="ax-told"><Said text={said} /></div>
      {gone && <Banner><p>{t('shares.book.dropped', { name: gone.name })}</p><p><button type="button" class="sg-button sg-button-plain sg-button-small" id="back" onClick={() => void keep(gone)}>{t('shares.book.back')}</button></p></Banner>}
      <State of={lines === 'loading' || lines === 'failed' ? lines : { lines, next: null }} again={() => void load()} empty={<p>{t('shares.book.none')}</p>} />
      {all.length > 0 && <ul class="sr-people">{all.map((one) => (
        <li key={`${one.kind} ${one.id}`}><Who of={{ ...one, favourite: false }} /><button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => void drop(one)}>{t('share.drop')}<span class="sg-visually-hidden"> {one.name}</span></button></li>
      ))}</ul>}
    </section>
  );
}
