import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import '../../../styles/account.css';
import '../../../styles/policy.css';
import type { PolicyLine, PolicyNow, PolicyVersion } from '../../lib/answers.ts';
import { get, put } from '../api.ts';
import { differ, FIXED, type Flat, flat, having, type Leaf, onto, whole } from '../policy/fields.ts';
import { Typed } from '../policy/parts.tsx';
import { Sections, SECTIONS } from '../policy/sections.tsx';
import { idOf, label, told } from '../policy/told.ts';
import { guard, place, requery } from '../router.ts';
import { state, visit } from '../session.ts';
import { departments, known } from '../shell.tsx';
import { Banner, Dialog, Failed, Icon, useTitle } from '../ui.tsx';
import { t, words } from '../words.ts';

const POLICY = '/api/desk/policy';

/** What a department decides for itself, changed by its own people. The service desk says which department. */
export default function PolicyPage() {
  useTitle(t('policy.title'));
  useEffect(() => void known(), []);
  const everywhere = visit.value?.professional?.role === 'service-desk';
  const asked = everywhere ? new URLSearchParams(place.value.query).get('department') ?? '' : '';
  const chosen = departments.value?.departments.find((one) => one.id === asked)?.id ?? '';
  return (
    <div class="ac po">
      <h1>{t('policy.title')}</h1>
      {everywhere && <Whose key={asked} chosen={chosen} choose={(id) => requery(id && `department=${id}`)} />}
      {everywhere && !chosen ? (asked === '' || departments.value) && <Banner><p>{t('policy.choose')}</p></Banner> : <Policy key={chosen} department={chosen} />}
    </div>
  );
}

function Whose({ chosen, choose }: { readonly chosen: string; readonly choose: (id: string) => void }) {
  const select = useRef<HTMLSelectElement>(null);
  const take = (id: string) => {
    if (!guard.ask) return choose(id);
    select.current!.value = chosen;
    guard.ask(() => choose(id));
  };
  return (
    <div class="sg-field po-whose">
      <label class="sg-label" for="whose">{t('policy.department')}</label>
      <select class="sg-input" id="whose" ref={select} value={chosen} onChange={(event) => take(event.currentTarget.value)}>
        <option value="">{t('policy.department.none')}</option>
        {departments.value?.departments.map((one) => <option key={one.id} value={one.id}>{one.hospital}, {one.name}</option>)}
      </select>
    </div>
  );
}

/** Somebody else has put this in force meanwhile. */
type Overtaken = { readonly line: Pick<PolicyLine, 'by' | 'at'>; readonly theirs: readonly string[]; readonly both: readonly string[] };
type Asking = { readonly kind: 'save' } | { readonly kind: 'version'; readonly line: PolicyLine } | { readonly kind: 'leave'; readonly onward: () => void } | null;
type Said = { readonly tone: 'ok' | 'danger' | 'warn'; readonly text: string } | null;

function Policy({ department }: { readonly department: string }) {
  const [now, setNow] = useState<PolicyNow | 'failed' | 'forbidden' | null>(null);
  const [fields, setFields] = useState<Flat>({});
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [overtaken, setOvertaken] = useState<Overtaken | null>(null);
  const [asking, ask] = useState<Asking>(null);
  const [said, say] = useState<Said>(null);
  const [drawn, redraw] = useState(0);
  const [sending, setSending] = useState(false);
  const [aim, setAim] = useState<{ readonly id: string } | null>(null);
  // once all is drawn, and a dialog that was open has given the focus back
  useEffect(() => { if (aim) document.getElementById(aim.id)?.focus(); }, [aim]);
  const query = department && `?department=${department}`;
  const fetched = () => get<PolicyNow>(POLICY + query);
  const load = async () => {
    setNow(null);
    const answer = await fetched();
    if (answer.kind === 'ok') fresh(answer.value);
    else setNow(answer.kind === 'refused' || answer.kind === 'missing' ? 'forbidden' : 'failed');
  };
  const replace = (next: Flat) => { setFields(next); redraw((count) => count + 1); };
  const fresh = (next: PolicyNow) => { setNow(next); replace(flat(next.policy)); setFaults({}); setOvertaken(null); };
  useEffect(() => void load(), []);
  const standing = now !== null && typeof now === 'object' ? flat(now.policy) : null;
  const changed = standing ? differ(standing, fields) : [];
  const open = changed.length > 0;
  useEffect(() => {
    if (!open) return;
    guard.ask = (onward) => ask({ kind: 'leave', onward });
    // a session that has ended keeps nobody here
    const stay = (event: BeforeUnloadEvent) => { if (state.value === 'open') event.preventDefault(); };
    addEventListener('beforeunload', stay);
    return () => { guard.ask = null; removeEventListener('beforeunload', stay); };
  }, [open]);
  if (now === 'failed') return <Failed again={() => void load()} />;
  if (now === 'forbidden') return <Banner tone="warn"><p>{t('policy.forbidden')}</p></Banner>;
  if (!now || !standing) return <Waiting />;
  const set = (path: string, value: Leaf | undefined) => { setFields((before) => having(before, path, value)); say(null); };
  const close = () => ask(null);
  const focus = (id: string) => setAim({ id });
  const send = async () => {
    setSending(true);
    const answer = await put<{ version: number }>(POLICY, { ...(department && { department }), version: now.version, policy: whole(fields) });
    setSending(false);
    close();
    if (answer.kind === 'ok') {
      const next = await fetched();
      if (next.kind === 'ok') fresh(next.value);
      say({ tone: 'ok', text: t('policy.saved') });
    } else if (answer.kind === 'refused' && answer.code === 'version-changed') {
      await conflict();
    } else if (answer.kind === 'refused' && answer.errors) {
      setFaults(Object.fromEntries(answer.errors.map((one) => [one.field, one.code])));
      say(null);
      return focus('po-faults');
    } else {
      say({ tone: 'danger', text: t('policy.failed') });
    }
    focus('po-said');
  };
  /** What was typed stays, on what is in force now. */
  const conflict = async () => {
    const next = await fetched();
    if (next.kind !== 'ok') return say({ tone: 'danger', text: t('policy.failed') });
    const theirs = differ(standing, flat(next.value.policy));
    replace(onto(standing, fields, flat(next.value.policy)));
    setNow(next.value);
    setOvertaken({ line: next.value, theirs, both: theirs.filter((path) => changed.includes(path)) });
    say(null);
  };
  const takeBack = (version: Flat) => {
    const kept = Object.fromEntries(FIXED.map((path) => [path, standing[path]!]));
    replace({ ...version, ...kept });
    setFaults({});
    close();
    say({ tone: 'warn', text: t('policy.taken') });
    focus('po-said');
  };
  return (
    <>
      <p class="sg-muted">{t('policy.now', { number: now.version, who: who(now.by), at: words.value.dateTime(new Date(now.at)) })}</p>
      <div id="po-said" tabIndex={-1} role="status" class="po-said">
        {said && <Banner tone={said.tone}><p>{said.text}</p></Banner>}
        {overtaken && <Banner tone="warn">
          <p><strong>{t('policy.overtaken', { who: who(overtaken.line.by), at: words.value.dateTime(new Date(overtaken.line.at)) })}</strong></p>
          <p>{t('policy.overtaken.fields', { fields: overtaken.theirs.map(label).join(', ') })}</p>
          {overtaken.both.length > 0 && <p>{t('policy.overtaken.both', { fields: overtaken.both.map(label).join(', ') })}</p>}
          <p>{t('policy.overtaken.kept')}</p>
        </Banner>}
      </div>
      <Faults faults={faults} />
      <div class="ac-sides">
        <nav class="ac-nav" aria-label={t('policy.sections')}>
          <ul>{[...SECTIONS, 'versions'].map((one) => <li key={one}><a href={`#${one}`}>{t(`policy.${one}`)}</a></li>)}</ul>
        </nav>
        <form class="ac-parts" noValidate onSubmit={(event) => { event.preventDefault(); if (open) ask({ kind: 'save' }); }}>
          <Typed.Provider value={{ fields, faults, set }}><Sections key={drawn} replace={(next) => { setFields(next); say(null); }} /></Typed.Provider>
          <Versions lines={now.versions} look={(line) => ask({ kind: 'version', line })} />
          {open && (
            <div class="po-bar" role="region" aria-label={t('policy.unsaved')}>
              <p role="status">{t('policy.unsaved')}</p>
              <button type="submit" class="sg-button" id="po-save">{t('policy.save')}</button>
              <button type="button" class="sg-button sg-button-plain" onClick={() => { fresh(now); say({ tone: 'ok', text: t('policy.dropped') }); focus('po-said'); }}>{t('policy.drop')}</button>
            </div>
          )}
        </form>
      </div>
      {asking?.kind === 'save' && (
        <Dialog title={t('policy.confirm')} close={close} wide actions={<>
          <button type="button" class="sg-button" aria-disabled={sending} onClick={() => { if (!sending) void send(); }}>{t('policy.confirm.go')}</button>
          <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('policy.back')}</button>
        </>}>
          <p>{t('policy.confirm.text')}</p>
          <Differences paths={changed} before={standing} after={fields} />
        </Dialog>
      )}
      {asking?.kind === 'version' && <Version line={asking.line} query={query} standing={standing} unsaved={open} inForce={asking.line.version === now.version} close={close} take={takeBack} />}
      {asking?.kind === 'leave' && (
        <Dialog title={t('policy.leave')} close={close} actions={<>
          <button type="button" class="sg-button" onClick={close}>{t('policy.leave.stay')}</button>
          <button type="button" class="sg-button sg-button-plain" onClick={() => { guard.ask = null; close(); asking.onward(); }}>{t('policy.leave.go')}</button>
        </>}>
          <p>{t('policy.leave.text')}</p>
        </Dialog>
      )}
    </>
  );
}

/** An operator has no name here. */
function who(by: string | null): string {
  return by ?? t('policy.operator');
}

function Waiting() {
  return (
    <div class="ac-parts" aria-busy="true">
      <p class="sg-visually-hidden" role="status">{t('policy.loading')}</p>
      {SECTIONS.slice(0, 3).map((section) => <div class="sg-card sg-stack" key={section} aria-hidden="true"><div class="sg-skeleton ac-line" /><div class="sg-skeleton" /><div class="sg-skeleton" /></div>)}
    </div>
  );
}

/** All that is wrong, each leading to its field. */
function Faults({ faults }: { readonly faults: Readonly<Record<string, string>> }): ComponentChildren {
  const paths = Object.keys(faults);
  if (paths.length === 0) return null;
  const there = (path: string) => {
    for (let at = path; at.includes('.'); at = at.slice(0, at.lastIndexOf('.'))) if (document.getElementById(idOf(at))) return idOf(at);
    return idOf(path.split('.')[0]!);
  };
  return (
    <div class="sg-summary" id="po-faults" tabIndex={-1} role="alert">
      <h2>{t('policy.faults')}</h2>
      <ul>{paths.map((path) => <li key={path}><a href={`#${idOf(path)}`} onClick={(event) => { event.preventDefault(); document.getElementById(there(path))?.focus(); }}>{label(path)}</a></li>)}</ul>
    </div>
  );
}

/** A picture is shown, everything else is said. */
function Value({ path, of }: { readonly path: string; readonly of: Flat }) {
  const value = of[path];
  if (path === 'logo' && value) return <img class="po-small" src={String(value)} alt={t('policy.picture')} />;
  if (path.startsWith('brand.') && value) return <span class="po-chip"><span style={{ background: String(value) }} aria-hidden="true" />{String(value)}</span>;
  return <span class={value === undefined ? 'sg-muted' : 'sg-lines'}>{told(path, value, of)}</span>;
}

function Differences({ paths, before, after }: { readonly paths: readonly string[]; readonly before: Flat; readonly after: Flat }) {
  return (
    <dl class="po-differ" tabIndex={0} aria-label={t('policy.confirm')}>{paths.map((path) => (
      <div key={path}>
        <dt>{label(path)}</dt>
        <dd><span class="sg-visually-hidden">{t('policy.before')}: </span><Value path={path} of={before} /></dd>
        <dd><Icon of="right" /><span class="sg-visually-hidden">{t('policy.then')}: </span><Value path={path} of={after} /></dd>
      </div>
    ))}</dl>
  );
}

function Versions({ lines, look }: { readonly lines: readonly PolicyLine[]; readonly look: (line: PolicyLine) => void }) {
  return (
    <section class="sg-card sg-stack" id="versions" aria-labelledby="versions-title">
      <div><h2 id="versions-title">{t('policy.versions')}</h2><p class="sg-muted sg-small">{t('policy.versions.text')}</p></div>
      <ol class="po-versions">{lines.map((line, i) => (
        <li key={line.version}>
          <div>
            <strong>{t('policy.version', { number: line.version })}</strong>{i === 0 && <span class="sg-tag">{t('policy.in-force')}</span>}
            <span class="ac-more">{who(line.by)} · {words.value.dateTime(new Date(line.at))}</span>
            {line.changed.length > 0 && <span class="ac-more">{[...new Set(line.changed.map(label))].join(', ')}</span>}
          </div>
          <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => look(line)}>{t('policy.look')}<span class="sg-visually-hidden"> {t('policy.version', { number: line.version })}</span></button>
        </li>
      ))}</ol>
    </section>
  );
}

function Version({ line, query, standing, unsaved, inForce, close, take }: {
  readonly line: PolicyLine; readonly query: string; readonly standing: Flat; readonly unsaved: boolean; readonly inForce: boolean; readonly close: () => void; readonly take: (version: Flat) => void;
}) {
  const [version, setVersion] = useState<PolicyVersion | 'failed' | null>(null);
  useEffect(() => { void get<PolicyVersion>(`${POLICY}/versions/${line.version}${query}`).then((answer) => setVersion(answer.kind === 'ok' ? answer.value : 'failed')); }, []);
  const fields = version !== null && version !== 'failed' ? flat(version.policy) : null;
  const differs = fields ? differ(fields, standing) : [];
  return (
    <Dialog title={t('policy.version', { number: line.version })} close={close} wide actions={<>
      {fields && differs.length > 0 && <button type="button" class="sg-button" onClick={() => take(fields)}>{t('policy.take')}</button>}
      <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('policy.close')}</button>
    </>}>
      <p class="sg-muted">{who(line.by)} · {words.value.dateTime(new Date(line.at))}</p>
      {version === null && <p role="status">{t('policy.loading')}</p>}
      {version === 'failed' && <Banner tone="danger" role="alert"><p>{t('policy.failed')}</p></Banner>}
      {fields && differs.length === 0 && <p>{t(inForce ? 'policy.version.now' : 'policy.version.same')}</p>}
      {fields && differs.length > 0 && <>
        <p>{t('policy.version.differs')}</p>
        {unsaved && <p>{t('policy.version.unsaved')}</p>}
        <Differences paths={differs} before={fields} after={standing} />
      </>}
      {fields && <details class="sg-details"><summary>{t('policy.version.whole')}</summary>
        <dl class="po-whole">{Object.keys(fields).filter((path) => !FIXED.includes(path)).map((path) => <div key={path}><dt>{label(path)}</dt><dd><Value path={path} of={fields} /></dd></div>)}</dl>
      </details>}
    </Dialog>
  );
}
