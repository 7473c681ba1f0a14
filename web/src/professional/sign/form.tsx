import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../lib/api.ts';
import type { ServiceDesk } from '../../lib/answers.ts';
import { byId } from '../../lib/dom.ts';
import { RULES } from '../../lib/rules.ts';
import type { Holes } from '../../lib/words.ts';
import { departments } from '../shell.tsx';
import { Icon, useTitle } from '../ui.tsx';
import { t } from '../words.ts';

/** What went wrong: the field it belongs to (none for the whole form), a sentence, and whether it names who helps. */
export type Fault = { readonly field: string | null; readonly key: string; readonly holes?: Holes; readonly desk?: true };
type Refused = (code: string | null, parameter: unknown) => Fault | null;

export type Form = {
  readonly faults: readonly Fault[];
  readonly busy: boolean;
  readonly fail: (...faults: Fault[]) => void;
  /** Sends once, however often a button is pressed; what the server refuses becomes a fault, or nothing where `refused` has dealt with it. */
  readonly send: <T>(ask: () => Promise<Answer<T>>, refused: Refused) => Promise<T | null>;
};

/** One form of a page. A single wrong field gets the focus, with all it says; several are summed up on top. */
export function useForm(title: string): Form {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [busy, setBusy] = useState(false);
  useTitle(faults.length > 0 ? t('sign.error.title', { title }) : title);
  useEffect(() => {
    const [first] = faults;
    if (!first) return;
    const alone = faults.length === 1 && first.field ? byId(first.field) : null;
    const target = alone ?? byId('summary');
    target?.focus({ preventScroll: true });
    if (alone instanceof HTMLInputElement && alone.autocomplete === 'one-time-code') alone.select();
    target?.scrollIntoView({ block: alone ? 'center' : 'nearest' });
  }, [faults]);
  const send = async <T,>(ask: () => Promise<Answer<T>>, refused: Refused): Promise<T | null> => {
    if (busy) return null;
    setBusy(true);
    setFaults([]);
    const answer = await ask();
    setBusy(false);
    if (answer.kind === 'ok') return answer.value;
    const fault = answer.kind === 'slow-down' ? slow(answer.seconds)
      : answer.kind === 'unreachable' ? { field: null, key: 'sign.unreachable' }
      : answer.kind === 'refused' ? refused(answer.code, answer.parameter) : refused(null, null);
    if (fault) setFaults([fault]);
    return null;
  };
  return { faults, busy, fail: (...all) => setFaults(all), send };
}

function slow(seconds: number): Fault {
  return { field: null, key: 'sign.slow', holes: { n: Math.ceil(seconds / 60) } };
}

/** The whole of a form: its faults on top, then its fields, then the one button that goes on. */
export function FormCard({ form, go, submit, children, after }: {
  readonly form: Form;
  readonly go: string;
  readonly submit: () => void;
  readonly children: ComponentChildren;
  readonly after?: ComponentChildren;
}) {
  return (
    <form class="sg-card sg-stack-wide" noValidate onSubmit={(event) => { event.preventDefault(); if (!form.busy) submit(); }}>
      <Summary faults={form.faults} />
      {children}
      <button type="submit" class="sg-button sg-button-wide" aria-disabled={form.busy ? 'true' : undefined}>
        {t(form.busy ? 'sign.busy' : go)}{!form.busy && <Icon of="next" />}
      </button>
      {after}
    </form>
  );
}

function Summary({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <div class="sg-summary" role="alert" tabIndex={-1} id="summary">
      <h2>{t('sign.error.heading')}</h2>
      <ul>{faults.map(({ field, key, holes, desk }) => (
        <li key={key}>{field === null ? <p>{t(key, holes)}</p>
          : <a href={`#${field}`} onClick={(event) => { event.preventDefault(); byId(field)?.focus(); }}>{t(key, holes)}</a>}
          {desk && <Desk />}</li>
      ))}</ul>
    </div>
  );
}

/** Who helps with the pages themselves, as one reads it in a sentence and can call it. */
export function Desk() {
  const desk: ServiceDesk | null | undefined = departments.value?.serviceDesk;
  if (!desk?.phone && !desk?.email) return null;
  return (
    <p class="si-desk">
      <span>{t('sign.desk')}</span>
      {desk.phone && <a href={`tel:${desk.phone.replace(/[^+\d]/g, '')}`}><Icon of="phone" size={18} />{desk.phone}</a>}
      {desk.email && <a href={`mailto:${desk.email}`}><Icon of="mail" size={18} />{desk.email}</a>}
    </p>
  );
}

type Input = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly faults: readonly Fault[];
  readonly autocomplete: string;
  readonly mode?: 'text' | 'email' | 'tel' | 'numeric';
  readonly value?: string;
  readonly focus?: boolean;
};

export function Field(input: Input) {
  const { id, label, hint, faults, autocomplete, mode, value, focus } = input;
  useFocus(id, focus);
  return (
    <Around {...input}>
      <label class="sg-label" for={id}>{label}</label>
      {hint && <p class="sg-hint" id={`${id}-hint`}>{hint}</p>}
      <Wrong id={id} faults={faults} />
      <input class="sg-input" id={id} name={id} type="text" inputMode={mode} autocomplete={autocomplete} autocapitalize="none" spellcheck={false}
        defaultValue={value ?? ''} {...told(id, faults, hint)} />
    </Around>
  );
}

/** A password with a button that shows it: whoever reads what they typed need not guess. */
export function Password({ id, label, hint, faults, autocomplete, focus }: Input) {
  const [shown, setShown] = useState(false);
  useFocus(id, focus);
  return (
    <Around id={id} faults={faults}>
      <label class="sg-label" for={id}>{label}</label>
      {hint && <p class="sg-hint" id={`${id}-hint`}>{hint}</p>}
      <Wrong id={id} faults={faults} />
      <div class="si-secret">
        <input class="sg-input" id={id} name={id} type={(shown ? 'text' : 'password') as 'password'} autocomplete={autocomplete} autocapitalize="none" spellcheck={false}
          {...told(id, faults, hint)} />
        <button type="button" class="sg-button sg-button-plain" id={`${id}-show`} aria-pressed={shown} aria-controls={id} onClick={() => setShown(!shown)}>
          <Icon of="eye" /><span>{t(shown ? 'sign.password.hide' : 'sign.password.show')}</span>
        </button>
      </div>
    </Around>
  );
}

export function Code({ faults, hint, label, focus = true }: { readonly faults: readonly Fault[]; readonly hint?: string; readonly label?: string; readonly focus?: boolean }) {
  useFocus('code', focus);
  return (
    <Around id="code" faults={faults}>
      <label class="sg-label" for="code">{label ?? t('sign.code.label', { n: RULES.codeDigits })}</label>
      {hint && <p class="sg-hint" id="code-hint">{hint}</p>}
      <Wrong id="code" faults={faults} />
      <input class="sg-input sg-input-code sg-input-otp" id="code" name="code" type="text" inputMode="numeric" autocomplete="one-time-code" spellcheck={false}
        {...told('code', faults, hint)} />
    </Around>
  );
}

function Around({ id, faults, children }: { readonly id: string; readonly faults: readonly Fault[]; readonly children: ComponentChildren }) {
  return <div class={faults.some(({ field }) => field === id) ? 'sg-has-error' : undefined}>{children}</div>;
}

export function Wrong({ id, faults }: { readonly id: string; readonly faults: readonly Fault[] }) {
  const fault = faults.find(({ field }) => field === id);
  return fault ? <p class="sg-error" id={`${id}-error`}><Icon of="alert" /><span>{t(fault.key, fault.holes)}</span></p> : null;
}

export function told(id: string, faults: readonly Fault[], hint?: string): { 'aria-invalid'?: 'true'; 'aria-describedby'?: string } {
  const wrong = faults.some(({ field }) => field === id);
  const by = [hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(' ');
  return { ...(wrong ? { 'aria-invalid': 'true' as const } : {}), ...(by ? { 'aria-describedby': by } : {}) };
}

/** The first field of a step that somebody has come to by going on. */
function useFocus(id: string, wanted: boolean | undefined): void {
  useEffect(() => { if (wanted) byId(id)?.focus(); }, []);
}

export function typed(id: string): string {
  const input = byId(id);
  return input instanceof HTMLInputElement || input instanceof HTMLSelectElement ? input.value : '';
}

/** A page of signing in: what is to be done, and beside it what helps. */
export function Sheet({ title, lead, children, aside }: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly aside?: ComponentChildren;
}) {
  return (
    <div class={aside ? 'si si-beside' : 'si'}>
      <div class="si-main sg-stack-wide">
        <div><h1>{title}</h1>{lead && <div class="sg-lead">{lead}</div>}</div>
        {children}
      </div>
      {aside && <aside class="si-aside" aria-label={t('sign.help')}>{aside}</aside>}
    </div>
  );
}
