import { useEffect, useId, useState } from 'preact/hooks';
import '../../../styles/account.css';
import type { AccountFound, AccountsFound, Mapping } from '../../lib/answers.ts';
import { type Answer, get, post, remove } from '../api.ts';
import { departments, known } from '../shell.tsx';
import { Banner, Dialog, Failed, Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';

const DESK = '/api/desk/accounts';
const MOST_FOUND = 20;
type Deed = 'verify' | 'refuse' | 'unlock' | 'disable' | 'enable' | 'map' | 'unmap';
type Asked = { readonly deed: Deed; readonly account: AccountFound; readonly mapping?: Mapping };
type Said = { readonly tone: 'ok' | 'danger'; readonly text: string } | null;

/** Whom the service desk has still to look at, and everybody else, found one by one. */
export default function Accounts() {
  const [waiting, setWaiting] = useState<readonly AccountFound[] | 'failed' | 'forbidden' | null>(null);
  const [found, setFound] = useState<readonly AccountFound[] | null>(null);
  const [q, setQ] = useState('');
  const [sought, setSought] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const [said, say] = useState<Said>(null);
  useTitle(t('accounts.title'));
  const load = async () => {
    const answer = await get<AccountsFound>(`${DESK}?state=registered`);
    setWaiting(answer.kind === 'ok' ? answer.value.accounts : answer.kind === 'refused' || answer.kind === 'missing' ? 'forbidden' : 'failed');
  };
  const seek = async (text: string) => {
    const answer = await post<AccountsFound>(`${DESK}/search`, { q: text });
    setFound(answer.kind === 'ok' ? answer.value.accounts : null);
    setWrong(answer.kind === 'ok' ? null : t(answer.kind === 'refused' && answer.code === 'bad-request' ? 'accounts.find.short' : 'accounts.failed'));
    return answer.kind === 'ok';
  };
  useEffect(() => { void load(); void known(); }, []);
  const send = async (event: Event) => {
    event.preventDefault();
    say(null);
    const text = q.trim();
    if (text.length < 2) {
      setWrong(t('accounts.find.short'));
      return document.getElementById('find')?.focus();
    }
    setSought(text);
    if (!await seek(text)) document.getElementById('find')?.focus();
  };
  const done = async (answer: Answer<unknown>, account: AccountFound) => {
    ask(null);
    say(answer.kind === 'ok' ? { tone: 'ok', text: t('accounts.done', { name: account.name }) }
      : { tone: 'danger', text: t(answer.kind === 'missing' || (answer.kind === 'refused' && answer.code === 'conflict') ? 'accounts.conflict' : 'accounts.failed') });
    await Promise.all([load(), found ? seek(sought) : null]);
    document.getElementById('said')?.focus();
  };
  if (waiting === 'failed') return <Failed again={() => { setWaiting(null); void load(); }} />;
  if (waiting === 'forbidden') return <div class="ac"><h1>{t('accounts.title')}</h1><Banner tone="warn"><p>{t('accounts.forbidden')}</p></Banner></div>;
  return (
    <div class="ac">
      <h1>{t('accounts.title')}</h1>
      <div id="said" tabIndex={-1} role="status">{said && <Banner tone={said.tone}><p>{said.text}</p></Banner>}</div>
      <section class="sg-stack" aria-labelledby="waiting-title">
        <h2 id="waiting-title">{t('accounts.waiting')}{waiting && waiting.length > 0 && <span class="sg-tag sg-tag-warn ac-count">{waiting.length}</span>}</h2>
        <p class="sg-muted">{t('accounts.waiting.text')}</p>
        {waiting === null ? <p role="status" class="sg-muted">{t('account.loading')}</p>
          : waiting.length === 0 ? <p>{t('accounts.waiting.none')}</p> : <Lines accounts={waiting} ask={ask} />}
      </section>
      <section class="sg-stack" aria-labelledby="find-title">
        <h2 id="find-title">{t('accounts.find')}</h2>
        <form class="ac-find" role="search" noValidate onSubmit={(event) => void send(event)}>
          <div class={wrong ? 'sg-field sg-has-error' : 'sg-field'}>
            <label class="sg-label" for="find">{t('accounts.find.q')}</label>
            <input class="sg-input" id="find" type="text" autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={100} value={q}
              aria-invalid={wrong ? 'true' : undefined} aria-describedby={wrong ? 'find-error' : undefined} onInput={(event) => setQ(event.currentTarget.value)} />
            {wrong && <p class="sg-error" id="find-error" role="alert"><Icon of="alert" /><span>{wrong}</span></p>}
          </div>
          <button type="submit" class="sg-button">{t('accounts.find.go')}</button>
        </form>
        <p role="status" class="sg-muted">{found && (found.length === 0 ? t('accounts.find.none') : t('accounts.find.found', { n: found.length }))}
          {found && found.length >= MOST_FOUND && <> {t('accounts.find.more')}</>}</p>
        {found && found.length > 0 && <Lines accounts={found} ask={ask} />}
      </section>
      {asked && <Act asked={asked} close={() => ask(null)} done={done} />}
    </div>
  );
}

function deeds({ state, locked, role }: AccountFound): readonly Deed[] {
  if (state === 'registered') return ['verify', 'refuse'];
  if (state === 'disabled') return ['enable'];
  return [...(locked ? ['unlock'] as const : []), ...(role === 'professional' ? ['map'] as const : []), 'disable'];
}

function Lines({ accounts, ask }: { readonly accounts: readonly AccountFound[]; readonly ask: (asked: Asked) => void }) {
  return <ul class="ac-people">{accounts.map((account) => <li class="sg-card" key={account.id}><Line account={account} ask={ask} /></li>)}</ul>;
}

function Line({ account, ask }: { readonly account: AccountFound; readonly ask: (asked: Asked) => void }) {
  const warn = account.locked || account.state !== 'active';
  const facts: readonly (readonly [string, string | null])[] = [
    ['account.username', account.username],
    ['account.role', t(`account.role.${account.role}`) + (account.department ? ` · ${source(account.department)}` : '')],
    ['account.numbers', account.physicianNumbers.join(', ') || null],
    ['account.mobile', account.mobile],
    ['account.work', account.workPhone],
  ];
  return (
    <>
      <div class="ac-who"><h3>{account.name}</h3><span class={warn ? 'sg-tag sg-tag-warn' : 'sg-tag'}>{t(account.locked ? 'accounts.state.locked' : `accounts.state.${account.state}`)}</span></div>
      <dl class="ac-facts">{facts.map(([label, fact]) => fact && <div key={label}><dt>{t(label)}</dt><dd>{fact}</dd></div>)}</dl>
      {account.mappings.length > 0 && (
        <div><h4>{t('account.mappings')}</h4>
          <ul class="ac-lines">{account.mappings.map((mapping) => (
            <li key={mapping.id}><span>{t('accounts.mapping', { source: source(mapping.department), number: mapping.physicianNumber })}</span>
              <button type="button" class="sg-link" onClick={() => ask({ deed: 'unmap', account, mapping })}>{t('accounts.do.unmap')}<span class="sg-visually-hidden"> {source(mapping.department)}, {account.name}</span></button></li>
          ))}</ul></div>
      )}
      <div class="ac-deeds">{deeds(account).map((deed) => (
        <button type="button" key={deed} class={deed === 'verify' || deed === 'unlock' ? 'sg-button sg-button-small' : 'sg-button sg-button-plain sg-button-small'} onClick={() => ask({ deed, account })}>
          {t(`accounts.do.${deed}`)}<span class="sg-visually-hidden"> {account.name}</span></button>
      ))}</div>
    </>
  );
}

function source(id: string): string {
  const found = departments.value?.departments.find((one) => one.id === id);
  return found ? `${found.hospital}, ${found.name}` : id;
}

/** What will happen, the reason that it needs, and nothing before both are there. */
function Act({ asked: { deed, account, mapping }, close, done }: { readonly asked: Asked; readonly close: () => void; readonly done: (answer: Answer<unknown>, account: AccountFound) => Promise<void> }) {
  const all = departments.value?.departments ?? [];
  const [reason, setReason] = useState('');
  const [number, setNumber] = useState(account.physicianNumbers[0] ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(all.map(({ id }) => id));
  const [one, setOne] = useState(all[0]?.id ?? '');
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const numbered = deed === 'verify' || deed === 'map';
  const send = async (event: Event) => {
    event.preventDefault();
    const missing = [numbered && number.trim() === '' && 'number', deed === 'verify' && chosen.length === 0 && 'departments', reason.trim() === '' && 'reason'].filter((fault) => fault !== false);
    setFaults(missing);
    if (missing.length > 0) return document.getElementById(`${id}-${missing[0]}`)?.focus();
    if (busy) return;
    setBusy(true);
    const at = `${DESK}/${account.id}`;
    const why = { reason: reason.trim() };
    await done(await (deed === 'verify' ? post(`${at}/verify`, { ...why, physicianNumber: number.trim(), departments: chosen })
      : deed === 'map' ? post(`${at}/mappings`, { ...why, department: one, physicianNumber: number.trim() })
      : deed === 'unmap' ? remove(`${at}/mappings/${mapping!.id}`, why) : post(`${at}/${deed}`, why)), account);
  };
  const fault = (field: string, text: string) => faults.includes(field) && <p class="sg-error" id={`${id}-${field}-error`}><Icon of="alert" /><span>{t(text)}</span></p>;
  const invalid = (field: string) => (faults.includes(field) ? 'true' as const : undefined);
  const told = (field: string, ...more: string[]) => [...(faults.includes(field) ? [`${id}-${field}-error`] : []), ...more].join(' ') || undefined;
  const toggle = (department: string, on: boolean) => setChosen(on ? [...chosen, department] : chosen.filter((other) => other !== department));
  return (
    <Dialog title={t(`accounts.do.${deed}`)} close={close}>
      <form class="sg-stack" noValidate onSubmit={(event) => void send(event)}>
        <p><strong>{account.name}</strong></p>
        <p>{mapping && <><strong>{t('accounts.mapping', { source: source(mapping.department), number: mapping.physicianNumber })}</strong><br /></>}{t(`accounts.what.${deed}`)}</p>
        {numbered && (
          <div class="sg-field">
            <label class="sg-label" for={`${id}-number`}>{t('account.mappings.number')}</label>
            <input class="sg-input" id={`${id}-number`} type="text" autocomplete="off" maxLength={32} value={number} aria-invalid={invalid('number')} aria-describedby={told('number')} onInput={(event) => setNumber(event.currentTarget.value)} />
            {fault('number', 'accounts.number.missing')}
          </div>
        )}
        {deed === 'verify' && (
          <fieldset aria-describedby={told('departments')}>
            <legend>{t('accounts.departments')}</legend>
            {all.map((department, i) => (
              <label class="ac-check" key={department.id}><input type="checkbox" id={i === 0 ? `${id}-departments` : undefined} checked={chosen.includes(department.id)} onChange={(event) => toggle(department.id, event.currentTarget.checked)} /><span>{source(department.id)}</span></label>
            ))}
            {fault('departments', 'accounts.departments.missing')}
          </fieldset>
        )}
        {deed === 'map' && (
          <div class="sg-field">
            <label class="sg-label" for={`${id}-one`}>{t('account.mappings.source')}</label>
            <select class="sg-input" id={`${id}-one`} value={one} onChange={(event) => setOne(event.currentTarget.value)}>{all.map((department) => <option key={department.id} value={department.id}>{source(department.id)}</option>)}</select>
          </div>
        )}
        <div class="sg-field">
          <label class="sg-label" for={`${id}-reason`}>{t('accounts.reason')}</label>
          <textarea class="sg-input ac-reason" id={`${id}-reason`} rows={2} maxLength={500} value={reason} aria-invalid={invalid('reason')} aria-describedby={told('reason', `${id}-hint`)} onInput={(event) => setReason(event.currentTarget.value)} />
          {fault('reason', 'accounts.reason.missing')}
          <p class="sg-hint" id={`${id}-hint`}>{t('accounts.reason.hint')}</p>
        </div>
        <div class="sg-actions">
          <button type="submit" class="sg-button" aria-disabled={busy}>{t(`accounts.do.${deed}`)}</button>
          <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('account.cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}
