import { useEffect, useRef, useState } from 'preact/hooks';
import { byId } from '../../lib/dom.ts';
import { LANGUAGES } from '../../lib/languages.ts';
import { get, once } from '../api.ts';
import { studiesOf } from '../print/asked.ts';
import { go, place, requery } from '../router.ts';
import { Chosen, DoneDialog, RecipientCard, useNarrow } from '../share/parts.tsx';
import { Detailed, Favourites, Finder } from '../share/find.tsx';
import { Drawing } from '../share/icons.tsx';
import { asked, fromList, hasAlready, isSame, languageOf, MOST, type Recipient } from '../share/recipients.ts';
import type { Access, Defaults, Done, Listed } from '../share/told.ts';
import { list } from '../shell.tsx';
import { type Fault, FormCard, Sheet, told, typed, useForm, Wrong } from '../sign/form.tsx';
import { Banner, day, Failed, Icon, useTitle } from '../ui.tsx';
import { t, words } from '../words.ts';
import '../../../styles/signin.css';
import '../../../styles/share.css';

const LONGEST_MESSAGE = 2000;
/** Where the server says what is wrong, and where that stands on the page. */
const FIELDS: Readonly<Record<string, string>> = { studies: 'studies', recipients: 'recipient', access: 'access', reason: 'reason', language: 'mail-language', validUntil: 'until', unlimited: 'until', patientAgreed: 'agreed', anonymize: 'anonymize', message: 'message' };

type State = { readonly is: 'loading' | 'failed' | 'missing' } | { readonly is: 'refused'; readonly code: string } | { readonly is: 'there'; readonly defaults: Defaults };

/** What was chosen in the list goes to others: to whom, what they see, for how long; then what it came to. */
export default function Share() {
  const studies = studiesOf(place.value.query).join(',');
  const [state, setState] = useState<State>({ is: 'loading' });
  const [turn, setTurn] = useState(0);
  const load = async () => {
    setState({ is: 'loading' });
    const answer = await get<Defaults>(`/api/shares/defaults?studies=${studies}`);
    if (studiesOf(place.value.query).join(',') !== studies) return;
    setState(answer.kind === 'ok' ? { is: 'there', defaults: answer.value }
      : answer.kind === 'missing' ? { is: 'missing' }
      : answer.kind === 'refused' ? { is: 'refused', code: answer.code ?? '' } : { is: 'failed' });
  };
  useEffect(() => { if (studies) void load(); }, [studies]);
  if (!studies) return <Closed title="share.none.title" text="share.none.text" />;
  switch (state.is) {
    case 'loading': return <Waiting />;
    case 'failed': return <Failed again={() => void load()} />;
    case 'missing': return <Closed title="share.missing.title" text="share.missing.text" />;
    case 'refused': return <Closed title="share.together.title" text={words.value.has(`share.fault.${state.code}`) ? `share.fault.${state.code}` : 'share.missing.text'} />;
    case 'there': return <Asking key={turn} defaults={state.defaults} again={() => { setTurn(turn + 1); void load(); }} />;
  }
}

function Waiting() {
  const [late, setLate] = useState(false);
  useTitle(t('share.title'));
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return <div class="si" aria-busy="true"><h1>{t('share.title')}</h1><p class="sg-visually-hidden" role="status">{t('share.loading')}</p>{late && <div class="sg-card sg-skeleton sh-wait" />}</div>;
}

function Closed({ title, text }: { readonly title: string; readonly text: string }) {
  useTitle(t(title));
  return (
    <Sheet title={t(title)}>
      <Banner><p>{t(text)}</p></Banner>
      <div class="sg-actions"><a class="sg-button" href={list.value}>{t('share.list')}</a></div>
    </Sheet>
  );
}

function Asking({ defaults, again }: { readonly defaults: Defaults; readonly again: () => void }) {
  const form = useForm(t('share.title'));
  const narrow = useNarrow();
  const key = useRef(crypto.randomUUID());
  const [recipients, setRecipients] = useState<readonly Recipient[]>([]);
  const [twice, setTwice] = useState<Fault | null>(null);
  const [said, say] = useState('');
  const [favourites, setFavourites] = useState(false);
  const [detailed, setDetailed] = useState(false);
  const [access, setAccess] = useState<Access>(defaults.access[0] ?? 'report-read');
  const [language, setLanguage] = useState<string | null>(null);
  const [unlimited, setUnlimited] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const [length, setLength] = useState(0);
  const [done, setDone] = useState<Done | null>(null);
  const languages = defaults.languages.length > 0 ? defaults.languages : Object.keys(LANGUAGES);
  const speaks = language ?? languageOf(recipients, languages, defaults.language);
  const faults = twice ? [...form.faults.filter(({ field }) => field !== 'recipient'), twice] : form.faults;

  const refuse = (fault: string, holes: Fault['holes'] = {}) => {
    setTwice({ field: 'recipient', key: fault, holes });
    say(t(fault, holes)); // the field has the focus already, and would not be read anew
    byId('recipient')?.focus();
  };
  const add = (one: Recipient) => {
    say('');
    if (recipients.some((other) => isSame(one, other))) return refuse('share.twice', { name: one.name });
    if (recipients.length >= MOST) return refuse('share.most', { most: MOST });
    setTwice(null);
    setRecipients([...recipients, one]);
    say(t('share.added', { name: one.name }));
  };
  const take = (one: Listed) => (defaults.codes && one.hasMobile === false ? refuse('share.bare', { name: one.name }) : add(fromList(one, defaults)));
  const change = (at: number, some: Partial<Recipient>) => setRecipients(recipients.map((one, place) => (place === at ? { ...one, ...some } : one)));
  const drop = (at: number) => {
    setTwice(null);
    setRecipients(recipients.filter((_, place) => place !== at));
    say(t('share.dropped', { name: recipients[at]!.name }));
    byId('recipient')?.focus();
  };

  const submit = () => {
    setTwice(null);
    say('');
    const wrong: Fault[] = [];
    if (typed('recipient').trim() !== '') wrong.push({ field: 'recipient', key: 'share.left' });
    else if (recipients.length === 0) wrong.push({ field: 'recipient', key: 'share.fault.recipient-missing' });
    if (!area('reason').trim()) wrong.push({ field: 'reason', key: 'share.fault.reason-missing' });
    if (!unlimited && !typed('until')) wrong.push({ field: 'until', key: 'share.until.empty' });
    if (!box('agreed')) wrong.push({ field: 'agreed', key: 'share.fault.agreement-missing' });
    if (wrong.length > 0) return form.fail(...wrong);
    const message = area('message');
    const body = {
      studies: defaults.exams.map(({ id }) => id), recipients: recipients.map(asked), access, reason: area('reason'), language: speaks,
      ...(unlimited ? { unlimited: true } : { validUntil: typed('until') }), patientAgreed: true,
      ...(box('urgent') ? { urgent: true } : {}), ...(anonymous ? { anonymize: true } : {}), ...(box('further') ? { furtherSharing: true } : {}), ...(box('told') ? { tellOpened: true } : {}), ...(message.trim() ? { message } : {}),
    };
    void form.send(() => once<Done>('/api/shares', key.current, body), refused).then((share) => { if (share) setDone(share); });
  };
  const refused = (code: string | null, parameter: unknown): Fault => {
    if (code === 'idempotency-key-reused') key.current = crypto.randomUUID();
    const known = words.value.has(`share.fault.${code}`);
    const [name = '', at] = typeof parameter === 'string' ? parameter.split('.') : [];
    const field = name === 'recipients' && at !== undefined && recipients[Number(at)] ? `recipient-${at}` : FIELDS[name] ?? null;
    return { field: known ? field : null, key: known ? `share.fault.${code}` : code === null ? 'share.fault.missing' : 'sign.unreachable', holes: { most: MOST } };
  };

  const chosen = <Chosen defaults={defaults} narrow={narrow} without={(id) => requery(`studies=${defaults.exams.filter((one) => one.id !== id).map((one) => one.id).join(',')}`)} />;

  return (
    <>
      <Sheet title={t('share.title')} lead={<p>{t('share.lead')}</p>} aside={narrow ? undefined : chosen}>
        {narrow && chosen}
        <FormCard form={form} go="share.go" submit={submit}>
          <section class="sg-stack" aria-labelledby="whom">
            <h2 id="whom">{t('share.recipients')}</h2>
            <Finder id="recipient" label={t('share.recipient')} hint={t(defaults.numbers ? 'share.recipient.hint' : 'shares.book.find.hint')} faults={faults} take={take} taken={add} strangers={defaults.numbers} />
            <div class="sh-ways">
              <button type="button" class="sg-button sg-button-plain sg-button-small" id="favourites" aria-expanded={favourites} aria-controls={favourites ? 'favourites-list' : undefined} onClick={() => setFavourites(!favourites)}><Drawing of="star" />{t('share.favourites')}</button>
              <button type="button" class="sg-button sg-button-plain sg-button-small" id="detailed" aria-haspopup="dialog" onClick={() => setDetailed(true)}><Icon of="zoom" />{t('share.detailed')}</button>
            </div>
            {favourites && <Favourites take={take} has={(one) => recipients.some((other) => isSame(one, other))} />}
            <p class="sg-visually-hidden" role="status">{said}</p>
            {recipients.length > 0 && <ol class="sh-recipients" aria-label={t('share.recipients')}>{recipients.map((one, at) => (
              <RecipientCard key={`${one.kind} ${one.id}`} at={at} of={one} codes={defaults.codes} already={hasAlready(one, defaults)} faults={form.faults} change={(some) => change(at, some)} drop={() => drop(at)} />
            ))}</ol>}
          </section>

          <h2>{t('share.how')}</h2>
          {defaults.access.length > 1 ? <Sees of={defaults.access} now={access} choose={setAccess} faults={faults} />
            : <div id="access" tabIndex={-1}><p class="sg-label">{t('share.access')}</p><p>{t(`share.access.${access}`)}</p></div>}
          {anonymous && <Banner><p>{t('share.anonymize.report')}</p></Banner>}
          <Area id="reason" rows={2} label={t('share.reason')} hint={t('share.reason.hint')} faults={faults} />
          <div class={faults.some(({ field }) => field === 'mail-language') ? 'sg-has-error' : undefined}>
            <label class="sg-label" for="mail-language">{t('share.language')}</label>
            <p class="sg-hint" id="mail-language-hint">{t('share.language.hint')}</p>
            <Wrong id="mail-language" faults={faults} />
            <select class="sg-input" id="mail-language" value={speaks} {...told('mail-language', faults, 'mail-language')} onChange={(event) => setLanguage(event.currentTarget.value)}>
              {languages.map((code) => <option key={code} value={code} lang={code} selected={code === speaks}>{LANGUAGES[code] ?? code}</option>)}</select>
          </div>
          <div class={faults.some(({ field }) => field === 'until') ? 'sg-has-error' : undefined}>
            <label class="sg-label" for="until">{t('share.until')}</label>
            <p class="sg-hint" id="until-hint">{t('share.until.hint', { day: day(defaults.validityMaximum) })}</p>
            <Wrong id="until" faults={faults} />
            <input class="sg-input sh-date" id="until" type="date" max={defaults.validityMaximum} disabled={unlimited} defaultValue={defaults.validUntil} {...told('until', faults, 'until')} />
            {defaults.unlimited && <Tick id="unlimited" label={t('share.unlimited')} set={setUnlimited} />}
          </div>
          <div class={faults.some(({ field }) => field === 'agreed') ? 'sg-has-error' : undefined}>
            <Wrong id="agreed" faults={faults} />
            <label class="si-option" for="agreed"><input type="checkbox" id="agreed" {...told('agreed', faults)} /><span><strong>{t('share.agreed')}</strong></span></label>
          </div>

          <fieldset class="sh-more">
            <legend>{t('share.more')}</legend>
            <Option id="urgent" faults={faults} />
            {defaults.anonymize && <Option id="anonymize" faults={faults} set={setAnonymous} />}
            <Option id="further" faults={faults} />
            <Option id="told" faults={faults} on={defaults.remembered.tellOpened} />
          </fieldset>
          <Area id="message" rows={3} label={t('share.message')} hint={t('share.message.hint', { n: Math.max(0, LONGEST_MESSAGE - length) })} most={LONGEST_MESSAGE} input={setLength} faults={faults} />
        </FormCard>
      </Sheet>
      {detailed && <Detailed take={take} close={() => setDetailed(false)} />}
      {done && <DoneDialog share={done} again={again} close={() => go(list.value)} />}
    </>
  );
}

function Sees({ of, now, choose, faults }: { readonly of: readonly Access[]; readonly now: Access; readonly choose: (one: Access) => void; readonly faults: readonly Fault[] }) {
  const wrong = faults.some(({ field }) => field === 'access');
  return (
    <fieldset class={wrong ? 'sg-has-error' : undefined} id="access" tabIndex={-1} aria-describedby={wrong ? 'access-error' : undefined}>
      <legend>{t('share.access')}</legend>
      <Wrong id="access" faults={faults} />
      <div class="si-options">{of.map((one) => (
        <label class="si-option" key={one} for={`access-${one}`}><input type="radio" name="access" id={`access-${one}`} checked={one === now} onChange={() => choose(one)} /><span><strong>{t(`share.access.${one}`)}</strong></span></label>
      ))}</div>
    </fieldset>
  );
}

function Tick({ id, label, set }: { readonly id: string; readonly label: string; readonly set: (on: boolean) => void }) {
  return <label class="sh-tick" for={id}><input type="checkbox" id={id} onChange={(event) => set(event.currentTarget.checked)} />{label}</label>;
}

function Option({ id, faults, on, set }: { readonly id: 'urgent' | 'anonymize' | 'further' | 'told'; readonly faults: readonly Fault[]; readonly on?: boolean; readonly set?: (on: boolean) => void }) {
  return (
    <div class={faults.some(({ field }) => field === id) ? 'sg-has-error' : undefined}>
      <Wrong id={id} faults={faults} />
      <label class="si-option" for={id}><input type="checkbox" id={id} defaultChecked={on} {...told(id, faults, id)} onChange={(event) => set?.(event.currentTarget.checked)} />
        <span><strong>{t(`share.${id}`)}</strong><span class="sg-hint" id={`${id}-hint`}>{t(`share.${id}.hint`)}</span></span></label>
    </div>
  );
}

function Area({ id, rows, label, hint, most, input, faults }: {
  readonly id: string; readonly rows: number; readonly label: string; readonly hint: string; readonly most?: number; readonly input?: (length: number) => void; readonly faults: readonly Fault[];
}) {
  return (
    <div class={faults.some(({ field }) => field === id) ? 'sg-has-error' : undefined}>
      <label class="sg-label" for={id}>{label}</label>
      <p class="sg-hint" id={`${id}-hint`}>{hint}</p>
      <Wrong id={id} faults={faults} />
      <textarea class="sg-input sh-area" id={id} rows={rows} maxLength={most} {...told(id, faults, id)} onInput={(event) => input?.(event.currentTarget.value.length)} />
    </div>
  );
}

function area(id: string): string {
  const field = byId(id);
  return field instanceof HTMLTextAreaElement ? field.value : '';
}

function box(id: string): boolean {
  const field = byId(id);
  return field instanceof HTMLInputElement && field.checked;
}
