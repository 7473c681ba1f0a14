import { useEffect, useState } from 'preact/hooks';
import { type Birthdate, type Part, read } from '../../lib/birthdate.ts';
import { judge } from '../../lib/reference.ts';
import type { Next } from '../../lib/answers.ts';
import { RULES } from '../../lib/rules.ts';
import { digits } from '../../lib/typed.ts';
import { post } from '../api.ts';
import { list } from '../shell.tsx';
import { Code, type Fault, Field, FormCard, Sheet, told, typed, useForm, Wrong } from '../sign/form.tsx';
import { Banner, Icon, useTitle } from '../ui.tsx';
import '../../../styles/signin.css';
import { t, words } from '../words.ts';

/** What is typed here goes to the server and nowhere else; the step is held by the session there. */
const ASK = '/api/studies/references';
const REFUSED: Fault = { field: null, key: 'add.refused' };

type Step = { readonly is: 'number' } | { readonly is: 'done' } | { readonly is: 'code' | 'pincode' | 'wait' | 'pay'; readonly next: Next };

/** A study by the number of a patient's letter: number and date of birth, then the code or pincode that goes with it. */
export default function Add() {
  const [step, setStep] = useState<Step>({ is: 'number' });
  const again = () => setStep({ is: 'number' });
  const on = (next: Next) => {
    switch (next.next) {
      case 'open': return setStep({ is: 'done' });
      case 'otp': return setStep({ is: 'code', next });
      case 'pincode': case 'wait': case 'pay': return setStep({ is: next.next, next });
    }
  };
  switch (step.is) {
    case 'number': return <Number on={on} />;
    case 'code': case 'pincode': return <Secret key={step.is} is={step.is} next={step.next} on={on} again={again} />;
    case 'wait': case 'pay': return <Closed is={step.is} again={again} />;
    case 'done': return <Done again={again} />;
  }
}

function Number({ on }: { readonly on: (next: Next) => void }) {
  const [partial, setPartial] = useState(false);
  const form = useForm(t('add.title'));
  const birth = (part: Part, mode: 'numeric' | 'text') => (
    <div>
      <label for={`birth-${part}`}>{t(`add.birth.part.${part}`)}</label>
      <input class="sg-input" id={`birth-${part}`} type="text" inputMode={mode} autocomplete="off" autocapitalize="none" spellcheck={false}
        aria-invalid={wrong ? 'true' : undefined} />
    </div>
  );
  const wrong = form.faults.some(({ field }) => field?.startsWith('birth-'));
  const field = form.faults.find(({ field: one }) => one?.startsWith('birth-'))?.field ?? 'birth-day';
  const send = () => {
    const reference = judge(typed('reference'));
    const date = read({ day: typed('birth-day'), month: typed('birth-month'), year: typed('birth-year') }, words.value.language, today(), partial);
    const faults: Fault[] = [];
    if (reference.kind !== 'sendable') faults.push({ field: 'reference', key: `add.reference.${reference.kind}` });
    if (date.kind !== 'date') faults.push(birthFault(date));
    if (reference.kind !== 'sendable' || date.kind !== 'date') return form.fail(...faults);
    void form.send(() => post<Next>(ASK, { reference: reference.value, dateOfBirth: date.value }), () => REFUSED).then((next) => next && on(next));
  };
  return (
    <Sheet title={t('add.title')} lead={<p>{t('add.lead')}</p>} aside={<Help />}>
      <FormCard form={form} go="add.go" submit={send}>
        <Field id="reference" label={t('add.reference')} hint={t('add.reference.hint')} faults={form.faults} autocomplete="off" />
        <fieldset class={wrong ? 'sg-has-error' : undefined} aria-describedby={told(field, form.faults, 'birth')['aria-describedby']}>
          <legend>{t('add.birth')}</legend>
          <p class="sg-hint" id={`${field}-hint`}>{t(partial ? 'add.birth.partial.hint' : 'add.birth.hint')}</p>
          <Wrong id={field} faults={form.faults} />
          <div class="sg-date">{birth('day', 'numeric')}{birth('month', 'text')}{birth('year', 'numeric')}</div>
          <button class="sg-link pro-below" id="birth-partial" type="button" aria-pressed={partial} onClick={() => setPartial(!partial)}>{t('add.birth.partial')}{partial && <Icon of="tick" size={18} />}</button>
        </fieldset>
      </FormCard>
    </Sheet>
  );
}

function birthFault(birth: Exclude<Birthdate, { kind: 'date' }>): Fault {
  switch (birth.kind) {
    case 'missing': return birth.part === 'all' ? { field: 'birth-day', key: 'add.birth.empty' } : { field: `birth-${birth.part}`, key: `add.birth.${birth.part}` };
    case 'unreal': return { field: `birth-${birth.part}`, key: 'add.birth.unreal' };
    case 'future': return { field: 'birth-year', key: 'add.birth.future' };
  }
}

/** The code went to the patient, or the pincode is theirs: whoever types it has asked them. */
function Secret({ is, next, on, again }: { readonly is: 'code' | 'pincode'; readonly next: Next; readonly on: (next: Next) => void; readonly again: () => void }) {
  const form = useForm(t(`add.${is}.title`));
  const length = is === 'code' ? RULES.codeDigits : RULES.pincodeDigits;
  const send = () => {
    const code = digits(typed('code'));
    if (code.length !== length) return form.fail({ field: 'code', key: 'add.code.length', holes: { n: length } });
    void form.send(() => post<Next>(`${ASK}/verify`, { code }), () => ({ field: 'code', key: 'add.code.refused' })).then((found) => found && on(found));
  };
  const lead = is === 'pincode' ? t('add.pincode.lead') : 'sentTo' in next && next.sentTo ? t(next.channel === 'email' ? 'add.code.email' : 'add.code.sms', { to: next.sentTo.replace(/ /g, '\u00a0') }) : t('add.code.lead');
  return (
    <Sheet title={t(`add.${is}.title`)} lead={<p>{lead}</p>} aside={<Help />}>
      <FormCard form={form} go="add.go" submit={send} after={<button type="button" class="sg-link" onClick={again}>{t('add.again')}</button>}>
        <Code faults={form.faults} label={t('add.code.label', { n: length })} hint={t('add.code.hint')} />
      </FormCard>
    </Sheet>
  );
}

function Closed({ is, again }: { readonly is: 'wait' | 'pay'; readonly again: () => void }) {
  useTitle(t(`add.${is}.title`));
  useHeading();
  return (
    <Sheet title={t(`add.${is}.title`)}>
      <Banner><p>{t(`add.${is}.text`)}</p></Banner>
      <div class="sg-actions"><button type="button" class="sg-button sg-button-plain" onClick={again}>{t('add.again')}</button></div>
    </Sheet>
  );
}

function Done({ again }: { readonly again: () => void }) {
  useTitle(t('add.done.title'));
  useHeading();
  return (
    <Sheet title={t('add.done.title')}>
      <Banner tone="ok"><p>{t('add.done.text')}</p></Banner>
      <div class="sg-actions">
        <a class="sg-button" href={list.value}>{t('missing.list')}</a>
        <button type="button" class="sg-button sg-button-plain" onClick={again}>{t('add.done.again')}</button>
      </div>
    </Sheet>
  );
}

/** A new step is told by its heading. */
function useHeading(): void {
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  }, []);
}

function Help() {
  return <><section><h2>{t('add.where')}</h2><p>{t('add.where.text')}</p></section><section><h2>{t('add.until')}</h2><p>{t('add.until.text')}</p></section></>;
}

function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
