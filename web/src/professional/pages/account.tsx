import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../../../styles/account.css';
import '../../../styles/signin.css';
import type { Account, AccountChange, Attempt, Browser, Mapping } from '../../lib/answers.ts';
import { LANGUAGES } from '../../lib/languages.ts';
import { type Answer, get, patch, remove } from '../api.ts';
import { departments, known } from '../shell.tsx';
import { Banner, Dialog, Failed, Icon, Switch, useTitle } from '../ui.tsx';
import { choose, t, words } from '../words.ts';
import { Secrets } from '../secrets.tsx';

const ACCOUNT = '/api/account';
const GENDERS = ['female', 'male', 'other'] as const;
/** As the server takes it: four digits or more, with the punctuation of telephone numbers. */
const PHONE = /^\+?[0-9(][0-9 ()./-]{3,30}$/;
const SECTIONS = ['personal', 'security', 'privacy', 'mappings'] as const;

type Said = 'saving' | 'saved' | 'failed' | null;
type Changed = (account: Account) => void;

export default function AccountPage() {
  const [account, setAccount] = useState<Account | 'failed' | null>(null);
  useTitle(t('account.title'));
  const load = async () => {
    setAccount(null);
    const answer = await get<Account>(ACCOUNT);
    setAccount(answer.kind === 'ok' ? answer.value : 'failed');
  };
  useEffect(() => { void load(); void known(); }, []);
  if (account === 'failed') return <Failed again={() => void load()} />;
  return (
    <div class="ac">
      <h1>{t('account.title')}</h1>
      {account === null ? <Waiting /> : <>
        {account.state === 'registered' && <Banner><p>{t('account.registered')}</p></Banner>}
        <div class="ac-sides">
          <nav class="ac-nav" aria-label={t('account.sections')}>
            <ul>{SECTIONS.map((section) => <li key={section}><a href={`#${section}`}>{t(`account.${section}`)}</a></li>)}</ul>
          </nav>
          <div class="ac-parts">
            <Personal account={account} changed={setAccount} />
            <Section id="security"><Secrets account={account} /><Browsers /></Section>
            <Privacy account={account} changed={setAccount} />
            <Mappings account={account} changed={setAccount} />
          </div>
        </div>
      </>}
    </div>
  );
}

/** Nothing for a moment, then the shape of what comes. */
function Waiting() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="ac-parts" aria-busy="true">
      <p class="sg-visually-hidden" role="status">{t('account.loading')}</p>
      {late && SECTIONS.map((section) => <div class="sg-card sg-stack" key={section} aria-hidden="true"><div class="sg-skeleton ac-line" /><div class="sg-skeleton" /><div class="sg-skeleton" /></div>)}
    </div>
  );
}

function Section({ id, children }: { readonly id: typeof SECTIONS[number]; readonly children: ComponentChildren }) {
  return (
    <section class="sg-card sg-stack" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t(`account.${id}`)}</h2>
      {children}
    </section>
  );
}

/** What became of saving, told beside the button, and to whoever listens. */
function Told({ said }: { readonly said: Said }) {
  return (
    <p class={said === 'failed' ? 'ac-told sg-error' : 'ac-told'} role="status">
      {said === 'saved' && <><Icon of="done" />{t('account.saved')}</>}
      {said === 'failed' && <><Icon of="alert" /><span>{t('account.not-saved')}</span></>}
    </p>
  );
}

/** Saves what is named; what the server says then is what is shown. */
function useSaving(changed: Changed): readonly [Said, (change: AccountChange) => Promise<boolean>, () => void] {
  const [said, say] = useState<Said>(null);
  const save = async (change: AccountChange) => {
    say('saving');
    const answer: Answer<Account> = await patch<Account>(ACCOUNT, change);
    if (answer.kind === 'ok') changed(answer.value);
    say(answer.kind === 'ok' ? 'saved' : 'failed');
    return answer.kind === 'ok';
  };
  return [said, save, () => say(null)];
}

function Fixed({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return <div class="ac-row"><dt>{label}<span class="ac-star" aria-hidden="true">*</span><span class="sg-visually-hidden"> {t('account.fixed')}</span></dt><dd>{children}</dd></div>;
}

function Personal({ account, changed }: { readonly account: Account; readonly changed: Changed }) {
  const [gender, setGender] = useState<NonNullable<Account['gender']> | ''>(account.gender ?? '');
  const [workPhone, setWorkPhone] = useState(account.workPhone ?? '');
  const [language, setLanguage] = useState(account.language);
  const [wrong, setWrong] = useState(false);
  const [logins, showLogins] = useState(false);
  const [said, save, forget] = useSaving(changed);
  const typed = workPhone.trim();
  const send = async (event: Event) => {
    event.preventDefault();
    const unfit = typed !== '' && !(PHONE.test(typed) && typed.replace(/\D/g, '').length >= 4);
    setWrong(unfit);
    if (unfit) {
      forget();
      return document.getElementById('work-phone')?.focus();
    }
    const done = await save({ gender: gender === '' ? null : gender, workPhone: typed === '' ? null : typed, language });
    if (done && language !== account.language) await choose(language);
  };
  const desk = departments.value?.serviceDesk;
  return (
    <Section id="personal">
      <dl class="ac-list">
        <Fixed label={t('account.name')}>{account.name}</Fixed>
        <Fixed label={t('account.username')}>{account.username}</Fixed>
        <div class="ac-row"><dt>{t('account.logins')}</dt><dd><button type="button" class="sg-link" id="logins" onClick={() => showLogins(true)}><Icon of="clock" />{t('account.logins.show')}</button></dd></div>
        <Fixed label={t('account.role')}>{t(`account.role.${account.role}`)}{account.department && ` · ${hospital(account.department)}`}</Fixed>
        {account.role === 'professional' && <Fixed label={t('account.numbers')}>{account.physicianNumbers.length > 0 ? account.physicianNumbers.join(', ') : t('account.none')}</Fixed>}
        <Fixed label={t('account.mobile')}>{account.mobile ?? t('account.none')}<span class="sg-hint ac-hint">{t('account.mobile.hint')}</span></Fixed>
      </dl>
      <form class="sg-stack" noValidate onSubmit={(event) => void send(event)}>
        <div class="ac-fields">
          <div class="sg-field">
            <label class="sg-label" for="gender">{t('account.gender')}</label>
            <select class="sg-input" id="gender" value={gender} aria-describedby="gender-hint" onChange={(event) => { setGender(event.currentTarget.value as typeof gender); forget(); }}>
              <option value="">{t('account.gender.none')}</option>
              {GENDERS.map((one) => <option key={one} value={one}>{t(`account.gender.${one}`)}</option>)}
            </select>
            <p class="sg-hint" id="gender-hint">{t('account.gender.hint')}</p>
          </div>
          <div class={wrong ? 'sg-field sg-has-error' : 'sg-field'}>
            <label class="sg-label" for="work-phone">{t('account.work')}</label>
            <input class="sg-input" id="work-phone" type="tel" autocomplete="work tel" value={workPhone} aria-invalid={wrong ? 'true' : undefined}
              aria-describedby={wrong ? 'work-phone-error work-phone-hint' : 'work-phone-hint'} onInput={(event) => { setWorkPhone(event.currentTarget.value); forget(); }} />
            {wrong && <p class="sg-error" id="work-phone-error" role="alert"><Icon of="alert" /><span>{t('account.work.wrong')}</span></p>}
            <p class="sg-hint" id="work-phone-hint">{t('account.work.hint')}</p>
          </div>
          <div class="sg-field">
            <label class="sg-label" for="own-language">{t('account.language')}</label>
            <select class="sg-input" id="own-language" value={language} aria-describedby="language-hint" onChange={(event) => { setLanguage(event.currentTarget.value); forget(); }}>
              {Object.entries(LANGUAGES).map(([code, name]) => <option key={code} value={code} lang={code}>{name}</option>)}
            </select>
            <p class="sg-hint" id="language-hint">{t('account.language.hint')}</p>
          </div>
        </div>
        <div class="ac-save"><button type="submit" class="sg-button" aria-disabled={said === 'saving'}>{t('account.save')}</button><Told said={said} /></div>
      </form>
      <p class="ac-note"><span class="ac-star" aria-hidden="true">*</span> {t('account.fixed.note')}
        {desk?.phone && <> <a href={`tel:${desk.phone.replace(/[^+\d]/g, '')}`}>{desk.phone}</a></>}
        {desk?.email && <> <a href={`mailto:${desk.email}`}>{desk.email}</a></>}
      </p>
      {logins && <Logins close={() => showLogins(false)} />}
    </Section>
  );
}

/** A department by the name of its hospital, as soon as that is known. */
function hospital(id: string): string {
  const found = departments.value?.departments.find((one) => one.id === id);
  return found ? `${found.hospital}, ${found.name}` : id;
}

function Logins({ close }: { readonly close: () => void }) {
  const [attempts, setAttempts] = useState<readonly Attempt[] | 'failed' | null>(null);
  useEffect(() => { void get<readonly Attempt[]>(`${ACCOUNT}/logins`).then((answer) => setAttempts(answer.kind === 'ok' ? answer.value : 'failed')); }, []);
  const actions = <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('account.close')}</button>;
  return (
    <Dialog title={t('account.logins')} close={close} wide actions={actions}>
      {attempts === null && <p role="status">{t('account.loading')}</p>}
      {attempts === 'failed' && <Banner tone="danger" role="alert"><p>{t('account.logins.failed')}</p></Banner>}
      {Array.isArray(attempts) && attempts.length === 0 && <p>{t('account.logins.none')}</p>}
      {Array.isArray(attempts) && attempts.length > 0 && <>
        <p class="sg-muted">{t('account.logins.text')}</p>
        <div class="ac-scroll" tabIndex={0} role="region" aria-label={t('account.logins')}>
          <table class="ac-table">
            <thead><tr><th scope="col">{t('account.logins.at')}</th><th scope="col">{t('account.logins.outcome')}</th><th scope="col">{t('account.logins.from')}</th></tr></thead>
            <tbody>{(attempts as readonly Attempt[]).map((one, i) => (
              <tr key={i}><td>{words.value.dateTime(new Date(one.at))}</td><td><Outcome of={one.outcome} /></td><td class="ac-break">{one.from}</td></tr>
            ))}</tbody>
          </table>
        </div>
      </>}
    </Dialog>
  );
}

const OUTCOMES = ['signed-in', 'wrong-password', 'wrong-code', 'locked', 'disabled', 'password-reset'];

/** What failed is told by its word and its drawing, not by the colour alone. */
function Outcome({ of }: { readonly of: string }) {
  const good = of === 'signed-in' || of === 'password-reset';
  const word = t(OUTCOMES.includes(of) ? `account.outcome.${of}` : 'account.outcome.other');
  return <span class={good ? 'ac-good' : 'ac-bad'}><Icon of={good ? 'done' : 'alert'} />{word}</span>;
}

function Browsers() {
  const [browsers, setBrowsers] = useState<readonly Browser[] | 'failed' | null>(null);
  const [said, say] = useState('');
  const load = async () => {
    const answer = await get<readonly Browser[]>(`${ACCOUNT}/browsers`);
    setBrowsers(answer.kind === 'ok' ? answer.value : 'failed');
  };
  useEffect(() => void load(), []);
  const forget = async (browser: Browser) => {
    const answer = await remove(`${ACCOUNT}/browsers/${browser.id}`);
    say(answer.kind === 'ok' || answer.kind === 'missing' ? t('account.browsers.done', { device: browser.device }) : t('account.not-saved'));
    await load();
    document.getElementById('browsers')?.focus();
  };
  return (
    <div class="sg-stack">
      <h3 id="browsers" tabIndex={-1}>{t('account.browsers')}</h3>
      <p class="sg-muted">{t('account.browsers.text')}</p>
      <p class="ac-told" role="status">{said}</p>
      {browsers === 'failed' && <Banner tone="danger" role="alert"><p>{t('account.browsers.failed')}</p></Banner>}
      {Array.isArray(browsers) && (browsers.length === 0 ? <p>{t('account.browsers.none')}</p> : (
        <ul class="ac-lines">{(browsers as readonly Browser[]).map((one) => (
          <li key={one.id}>
            <span><strong>{one.device}</strong><span class="ac-more">{t('account.browsers.until', { since: day(one.since), until: day(one.until) })}</span></span>
            <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => void forget(one)}>{t('account.browsers.forget')}<span class="sg-visually-hidden"> {one.device}</span></button>
          </li>
        ))}</ul>
      ))}
    </div>
  );
}

/** The day on which it is then where the reader is. */
function day(instant: string): string {
  const at = new Date(instant);
  return words.value.date([at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-'));
}

function Privacy({ account, changed }: { readonly account: Account; readonly changed: Changed }) {
  const [privacy, setPrivacy] = useState(account.privacy);
  const [said, save, forget] = useSaving(changed);
  const set = (some: Account['privacy']) => { setPrivacy({ ...privacy, ...some }); forget(); };
  const hidden = !privacy.contact && !privacy.email && !privacy.mobile;
  const send = (event: Event) => { event.preventDefault(); void save({ privacy }); };
  return (
    <Section id="privacy">
      <p>{t('account.privacy.text')}</p>
      <form class="sg-stack" onSubmit={send}>
        <Switch label={t('account.privacy.contact')} hint={t('account.privacy.contact.hint')} on={privacy.contact ?? false} set={(contact) => set({ contact })} />
        <Switch label={t('account.privacy.email')} hint={t('account.privacy.email.hint', { to: account.username })} on={privacy.email ?? false} set={(email) => set({ email })} />
        <Switch label={t('account.privacy.mobile')} hint={t('account.privacy.mobile.hint', { to: account.mobile ?? t('account.none') })} on={privacy.mobile ?? false} set={(mobile) => set({ mobile })} />
        {hidden && <Banner tone="warn" role="status"><p>{t('account.privacy.hidden')}</p></Banner>}
        <div class="ac-save"><button type="submit" class="sg-button" aria-disabled={said === 'saving'}>{t('account.privacy.save')}</button><Told said={said} /></div>
      </form>
    </Section>
  );
}

type Mails = { readonly mailOnStudy?: boolean; readonly mailOnReport?: boolean };

function Mappings({ account, changed }: { readonly account: Account; readonly changed: Changed }) {
  const [said, say] = useState<Said>(null);
  const [defaults, saveDefault] = useSaving(changed);
  const change = async (mapping: Mapping, mails: Mails) => {
    say('saving');
    const answer = await patch<Mapping>(`${ACCOUNT}/mappings/${mapping.id}`, mails);
    if (answer.kind === 'ok') changed({ ...account, mappings: account.mappings.map((one) => (one.id === mapping.id ? answer.value : one)) });
    else changed({ ...account }); // the switch goes back to what is so
    say(answer.kind === 'ok' ? 'saved' : 'failed');
  };
  const { mailDefaults } = account;
  return (
    <Section id="mappings">
      <p>{t('account.mappings.text')}</p>
      {account.mappings.length === 0 ? <p class="sg-muted">{t('account.mappings.none')}</p> : (
        <table class="ac-table ac-mappings">
          <thead><tr>{(['mails', 'source', 'name', 'number', 'group'] as const).map((column) => <th scope="col" key={column}>{t(`account.mappings.${column}`)}</th>)}</tr></thead>
          <tbody>{account.mappings.map((one) => (
            <tr key={one.id}>
              <td data-label={t('account.mappings.mails')}><div class="ac-switches">
                <Switch label={<>{t('account.mappings.study')}<span class="sg-visually-hidden"> {hospital(one.department)}, {one.physicianNumber}</span></>} on={one.mailOnStudy} busy={said === 'saving'} set={(mailOnStudy) => void change(one, { mailOnStudy })} />
                <Switch label={<>{t('account.mappings.report')}<span class="sg-visually-hidden"> {hospital(one.department)}, {one.physicianNumber}</span></>} on={one.mailOnReport} busy={said === 'saving'} set={(mailOnReport) => void change(one, { mailOnReport })} />
              </div></td>
              <td data-label={t('account.mappings.source')}>{hospital(one.department)}</td>
              <td data-label={t('account.mappings.name')}>{one.name}</td>
              <td data-label={t('account.mappings.number')} class="ac-number">{one.physicianNumber}</td>
              <td data-label={t('account.mappings.group')}>{account.groups.find((group) => group.id === one.group)?.name ?? '–'}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <Told said={said} />
      <h3>{t('account.defaults')}</h3>
      <Switch label={t('account.defaults.study')} on={mailDefaults.mailOnStudy ?? false} busy={defaults === 'saving'} set={(mailOnStudy) => void saveDefault({ mailDefaults: { mailOnStudy } })} />
      <Switch label={t('account.defaults.report')} on={mailDefaults.mailOnReport ?? false} busy={defaults === 'saving'} set={(mailOnReport) => void saveDefault({ mailDefaults: { mailOnReport } })} />
      <Told said={defaults} />
    </Section>
  );
}
