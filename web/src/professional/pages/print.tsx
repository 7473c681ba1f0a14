import { useEffect, useRef, useState } from 'preact/hooks';
import type { Letter, LetterAsked, LetterDefaults } from '../../lib/answers.ts';
import { byId } from '../../lib/dom.ts';
import { LANGUAGES } from '../../lib/languages.ts';
import { get, once } from '../api.ts';
import { parted, studiesOf, whole } from '../print/asked.ts';
import { Copying } from '../print/copying.tsx';
import { place, requery } from '../router.ts';
import { list } from '../shell.tsx';
import { type Fault, Field, FormCard, Sheet, told, typed, useForm, Wrong } from '../sign/form.tsx';
import { Banner, day, Failed, Icon, useTitle } from '../ui.tsx';
import { t, words } from '../words.ts';
import '../../../styles/signin.css';
import '../../../styles/print.css';

const LONGEST_MESSAGE = 2000;
/** Where the server says what is wrong, and where that stands on the page. */
const FIELDS: Readonly<Record<string, string>> = { studies: 'studies', verification: 'verification', destination: 'destination', access: 'access', reason: 'reason', language: 'letter-language', validUntil: 'until', patientAgreed: 'agreed', message: 'message', label: 'label-text', anonymize: 'anonymize' };

type State = { readonly is: 'loading' | 'failed' | 'missing' } | { readonly is: 'refused'; readonly code: string } | { readonly is: 'there'; readonly defaults: LetterDefaults };

/** A number for what was chosen in the list: what it asks for and opens, then the letter. */
export default function Print() {
  const studies = studiesOf(place.value.query);
  const asked = studies.join(',');
  const [state, setState] = useState<State>({ is: 'loading' });
  const [printed, setPrinted] = useState<Letter | null>(null);
  const load = async () => {
    setState({ is: 'loading' });
    const answer = await get<LetterDefaults>(`/api/letters/defaults?studies=${asked}`);
    if (studiesOf(place.value.query).join(',') !== asked) return;
    setState(answer.kind === 'ok' ? { is: 'there', defaults: answer.value }
      : answer.kind === 'missing' ? { is: 'missing' }
      : answer.kind === 'refused' ? { is: 'refused', code: answer.code ?? '' } : { is: 'failed' });
  };
  useEffect(() => { if (asked) void load(); }, [asked]);
  if (!asked) return <Closed title="print.none.title" text="print.none.text" />;
  switch (state.is) {
    case 'loading': return <Waiting />;
    case 'failed': return <Failed again={() => void load()} />;
    case 'missing': return <Closed title="print.missing.title" text="print.missing.text" />;
    case 'refused': return <Closed title="print.together.title" text={words.value.has(`print.fault.${state.code}`) ? `print.fault.${state.code}` : 'print.missing.text'} />;
    case 'there': return printed
      ? <Printed letter={printed} department={state.defaults.department.name} again={() => setPrinted(null)} />
      : <Asking defaults={state.defaults} done={setPrinted} />;
  }
}

function Waiting() {
  const [late, setLate] = useState(false);
  useTitle(t('print.title'));
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return <div class="si" aria-busy="true"><h1>{t('print.title')}</h1><p class="sg-visually-hidden" role="status">{t('print.loading')}</p>{late && <div class="sg-card sg-skeleton pr-wait" />}</div>;
}

function Closed({ title, text }: { readonly title: string; readonly text: string }) {
  useTitle(t(title));
  return (
    <Sheet title={t(title)}>
      <Banner><p>{t(text)}</p></Banner>
      <div class="sg-actions"><a class="sg-button" href={list.value}>{t('print.list')}</a></div>
    </Sheet>
  );
}

function Asking({ defaults, done }: { readonly defaults: LetterDefaults; readonly done: (letter: Letter) => void }) {
  const form = useForm(t('print.title'));
  const key = useRef(crypto.randomUUID());
  const [verification, setVerification] = useState(defaults.verifications.find((one) => one === defaults.verification) ?? defaults.verifications[0]!);
  const [sees, setSees] = useState<Letter['access']>(defaults.reportAllowed ? 'images-and-report' : 'images');
  const [length, setLength] = useState(0);
  const [labelled, setLabelled] = useState(false);
  const [nameless, setNameless] = useState(false);
  const mobile = parted(defaults.destination.mobile, defaults);
  const value = (): LetterAsked => ({
    studies: defaults.studies.map(({ id }) => id), verification, access: nameless ? 'images' : sees, reason: area('reason'), language: typed('letter-language'),
    validUntil: typed('until'), patientAgreed: box('agreed'),
    ...(verification === 'otp-sms' ? { destination: whole(typed('prefix'), typed('destination')) } : verification === 'otp-email' ? { destination: typed('destination') } : {}),
    ...(labelled ? { label: { text: typed('label-text').trim(), ...target(typed('label-for')) } } : {}),
    ...(nameless ? { anonymize: true } : {}),
    ...(area('message').trim() ? { message: area('message') } : {}),
  });
  const submit = () => {
    const asked = value();
    const faults: Fault[] = [];
    if (verification !== 'date-of-birth' && typed('destination').trim() === '') faults.push({ field: 'destination', key: verification === 'otp-sms' ? 'print.fault.not-a-mobile' : 'print.fault.not-an-email' });
    if (!asked.reason!.trim()) faults.push({ field: 'reason', key: 'print.fault.reason-missing' });
    if (!asked.validUntil) faults.push({ field: 'until', key: 'print.until.empty' });
    if (labelled && !asked.label!.text) faults.push({ field: 'label-text', key: 'print.label.empty' });
    if (!asked.patientAgreed) faults.push({ field: 'agreed', key: 'print.fault.agreement-missing' });
    if (faults.length > 0) return form.fail(...faults);
    const tab = box('now') ? window.open('', '_blank') : null; // within the click, so that no browser holds it back
    void form.send(() => once<Letter>('/api/letters', key.current, asked), (code, parameter) => refused(code, parameter)).then((letter) => {
      if (!letter) return tab?.close();
      if (tab) tab.location.href = letter.pdf;
      done(letter);
    });
  };
  const refused = (code: string | null, parameter: unknown): Fault => {
    if (code === 'idempotency-key-reused') key.current = crypto.randomUUID();
    const known = words.value.has(`print.fault.${code}`);
    return { field: known && typeof parameter === 'string' ? FIELDS[parameter] ?? null : null, key: known ? `print.fault.${code}` : 'sign.unreachable' };
  };
  return (
    <Sheet title={t('print.title')} lead={<p>{t('print.lead')}</p>} aside={<Chosen defaults={defaults} />}>
      <FormCard form={form} go="print.go" submit={submit}>
        <Options id="verification" of={defaults.verifications} now={verification} choose={setVerification} faults={form.faults} hints />
        {verification === 'otp-sms' && (
          <div class="pr-mobile">
            <div><label class="sg-label" for="prefix">{t('print.prefix')}</label>
              <select class="sg-input" id="prefix" defaultValue={mobile.prefix}>{defaults.prefixes.map((one) => <option key={one} value={one} selected={one === mobile.prefix}>{one}</option>)}</select></div>
            <Field key="mobile" id="destination" label={t('print.mobile')} hint={t('print.destination.hint')} faults={form.faults} autocomplete="off" mode="tel" value={mobile.rest} />
          </div>
        )}
        {verification === 'otp-email' && <Field key="email" id="destination" label={t('print.email')} hint={t('print.destination.hint')} faults={form.faults} autocomplete="off" mode="email" value={defaults.destination.email ?? ''} />}
        <div class="sg-stack">
          <Options id="access" of={defaults.reportAllowed && !nameless ? ['images-and-report', 'images'] : ['images']} now={nameless ? 'images' : sees} choose={setSees} faults={form.faults} />
          <div class={form.faults.some(({ field }) => field === 'anonymize') ? 'sg-has-error' : undefined}>
            <Wrong id="anonymize" faults={form.faults} />
            <label class="si-option" for="anonymize"><input type="checkbox" id="anonymize" checked={nameless} onChange={(event) => setNameless(event.currentTarget.checked)} {...told('anonymize', form.faults)} />
              <span><strong>{t('print.anonymize')}</strong><span class="sg-hint">{t('print.anonymize.hint')}</span></span></label>
          </div>
          <div role="status">{nameless && <Banner><p>{t('print.anonymize.report')}</p></Banner>}</div>
        </div>
        <Area id="reason" rows={2} label={t('print.reason')} hint={t('print.reason.hint')} faults={form.faults} />
        <div class="si-two">
          <div><label class="sg-label" for="letter-language">{t('print.language')}</label>
            <select class="sg-input" id="letter-language">{Object.entries(LANGUAGES).map(([code, name]) => <option key={code} value={code} lang={code} selected={code === defaults.language}>{name}</option>)}</select></div>
          <div class={form.faults.some(({ field }) => field === 'until') ? 'sg-has-error' : undefined}><label class="sg-label" for="until">{t('print.until')}</label>
            <p class="sg-hint" id="until-hint">{t('print.until.hint', { day: day(defaults.maximum) })}</p>
            <Wrong id="until" faults={form.faults} />
            <input class="sg-input" id="until" type="date" max={defaults.maximum} defaultValue={defaults.validUntil} {...told('until', form.faults, 'until')} /></div>
        </div>
        <Area id="message" rows={3} label={t('print.message')} hint={t('print.message.hint', { n: Math.max(0, LONGEST_MESSAGE - length) })} most={LONGEST_MESSAGE} input={setLength} faults={form.faults} />
        <div class="sg-stack">
          <label class="si-option" for="labelled"><input type="checkbox" id="labelled" checked={labelled} onChange={(event) => setLabelled(event.currentTarget.checked)} /><span><strong>{t('print.label.add')}</strong><span class="sg-hint">{t('print.label.hint')}</span></span></label>
          {labelled && (
            <div class="si-two">
              <Field id="label-text" label={t('print.label.text')} faults={form.faults} autocomplete="off" focus />
              <div><label class="sg-label" for="label-for">{t('print.label.for')}</label>
                <select class="sg-input" id="label-for">
                  {(['accounts', 'groups'] as const).filter((kind) => defaults.labels[kind].length > 0).map((kind) => (
                    <optgroup key={kind} label={t(`print.label.${kind}`)}>{defaults.labels[kind].map(({ id, name }) => <option key={id} value={`${kind}:${id}`}>{name}</option>)}</optgroup>
                  ))}
                </select></div>
            </div>
          )}
        </div>
        <div class={form.faults.some(({ field }) => field === 'agreed') ? 'sg-has-error' : undefined}>
          <Wrong id="agreed" faults={form.faults} />
          <label class="si-option" for="agreed"><input type="checkbox" id="agreed" {...told('agreed', form.faults)} /><span><strong>{t('print.agreed')}</strong></span></label>
        </div>
        <label class="si-option" for="now"><input type="checkbox" id="now" defaultChecked /><span><strong>{t('print.now')}</strong><span class="sg-hint">{t('print.now.hint')}</span></span></label>
      </FormCard>
    </Sheet>
  );
}

function Options<T extends string>({ id, of, now, choose, faults, hints }: {
  readonly id: string; readonly of: readonly T[]; readonly now: T; readonly choose: (one: T) => void; readonly faults: readonly Fault[]; readonly hints?: true;
}) {
  const wrong = faults.some(({ field }) => field === id);
  return (
    <fieldset class={wrong ? 'sg-has-error' : undefined} id={id} tabIndex={-1} aria-describedby={wrong ? `${id}-error` : undefined}>
      <legend>{t(`print.${id}`)}</legend>
      <Wrong id={id} faults={faults} />
      <div class="si-options">{of.map((one) => (
        <label class="si-option" key={one} for={`${id}-${one}`}>
          <input type="radio" name={id} id={`${id}-${one}`} checked={one === now} onChange={() => choose(one)} aria-describedby={hints && `${id}-${one}-hint`} />
          <span><strong>{t(`print.${id}.${one}`)}</strong>{hints && <span class="sg-hint" id={`${id}-${one}-hint`}>{t(`print.${id}.${one}.hint`)}</span>}</span>
        </label>
      ))}</div>
    </fieldset>
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
      <textarea class="sg-input pr-area" id={id} rows={rows} maxLength={most} {...told(id, faults, id)} onInput={(event) => input?.(event.currentTarget.value.length)} />
    </div>
  );
}

/** What the number will open; one of several can be taken out. */
function Chosen({ defaults }: { readonly defaults: LetterDefaults }) {
  const without = (id: string) => requery(`studies=${defaults.studies.filter((one) => one.id !== id).map((one) => one.id).join(',')}`);
  return (
    <section class="sg-stack" id="studies" tabIndex={-1}>
      <h2>{defaults.patient}</h2>
      <p class="sg-muted">{defaults.department.name}</p>
      <ul class="pr-studies">{defaults.studies.map(({ id, date, description }) => (
        <li key={id}><span>{description || t('print.study')}{date && <span class="sg-hint">{day(date)}</span>}</span>
          {defaults.studies.length > 1 && <button type="button" class="pr-without" title={t('print.without')} onClick={() => without(id)}><Icon of="close" /><span class="sg-visually-hidden">{t('print.without')} {description}</span></button>}</li>
      ))}</ul>
    </section>
  );
}

/** What was printed. The number stands here and on the letter alone: it is gone when the page is left. */
function Printed({ letter, department, again }: { readonly letter: Letter; readonly department: string; readonly again: () => void }) {
  const [copied, setCopied] = useState('');
  const [language, setLanguage] = useState(letter.language);
  const title = t('print.done.title');
  useTitle(title);
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  }, []);
  const nameless = letter.anonymized;
  const about: readonly (readonly [string, string])[] = [
    [t('print.done.patient'), letter.patient],
    [t('print.done.studies'), letter.studies.map(({ description, date }) => [description || t('print.study'), date && day(date)].filter(Boolean).join(', ')).join('\n')],
  ];
  const facts: readonly (readonly [string, string])[] = [
    [t('print.done.number'), letter.reference],
    [t('print.done.until'), words.value.date(letter.validUntil)],
    [t('print.verification'), t(`print.verification.${letter.verification}`)],
    ...(letter.sentTo ? [[t('print.done.sentTo'), letter.sentTo] as const] : []),
    [t('print.access'), t(`print.access.${letter.access}`)],
    ...(nameless ? [[t('print.anonymize.done'), t('print.anonymize.name')] as const] : []),
    ...about,
    [t('print.done.department'), department],
    ...(letter.message ? [[t('print.done.message'), letter.message] as const] : []),
  ];
  const given = nameless ? facts.filter((fact) => !about.includes(fact)) : facts; // what is copied goes on to others, as the letter does
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(given.map(([name, text]) => `${name}: ${text}`).join('\n'));
      setCopied(t('print.done.copied'));
    } catch {
      setCopied(t('print.done.uncopied'));
    }
  };
  return (
    <Sheet title={title} lead={<p>{t('print.done.lead')}</p>}>
      <div class="sg-card sg-stack-wide">
        <p class="pr-number sg-mono" id="number">{letter.reference.split('-').map((group, i) => <span key={i}>{i > 0 && '-'}{group}</span>)}</p>
        {nameless && <Copying letter={letter} />}
        <dl class="pr-facts">{facts.slice(1).map(([name, text]) => <div key={name}><dt>{name}</dt><dd class="sg-lines">{text}</dd></div>)}</dl>
        <div class="pr-letter">
          <div><label class="sg-label" for="letter-language">{t('print.language')}</label>
            <select class="sg-input" id="letter-language" value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>{Object.entries(LANGUAGES).map(([code, name]) => <option key={code} value={code} lang={code}>{name}</option>)}</select></div>
          <a class="sg-button" id="letter" href={`${letter.pdf}?language=${language}`} target="_blank" rel="noopener"><Icon of="print" />{t('print.done.print')}</a>
        </div>
        <div class="sg-actions">
          <button type="button" class="sg-button sg-button-plain" id="copy" onClick={() => void copy()}>{t('print.done.copy')}</button>
          <button type="button" class="sg-button sg-button-plain" id="again" onClick={again}>{t('print.done.again')}</button>
          <a class="sg-button sg-button-plain" href={list.value}>{t('print.list')}</a>
        </div>
        <p role="status" class="pr-said">{copied}</p>
        <p class="sg-hint">{t('print.done.again.hint')}</p>
      </div>
    </Sheet>
  );
}

/** For whom a label is, of what the list of them holds. */
function target(chosen: string): { readonly account: string } | { readonly group: string } {
  const at = chosen.indexOf(':');
  return chosen.startsWith('groups:') ? { group: chosen.slice(at + 1) } : { account: chosen.slice(at + 1) };
}

function area(id: string): string {
  const field = byId(id);
  return field instanceof HTMLTextAreaElement ? field.value : '';
}

function box(id: string): boolean {
  const field = byId(id);
  return field instanceof HTMLInputElement && field.checked;
}
