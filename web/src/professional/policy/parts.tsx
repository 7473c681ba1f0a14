import type { ComponentChildren } from 'preact';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { cents, type Flat, type Leaf, span, UNITS } from './fields.ts';
import { idOf, unitWord } from './told.ts';

/** What is typed so far, what is wrong with it, and how one field is changed. */
export type Form = {
  readonly fields: Flat;
  readonly faults: Readonly<Record<string, string>>;
  readonly set: (path: string, value: Leaf | undefined) => void;
};
export const Typed = createContext<Form>({ fields: {}, faults: {}, set: () => undefined });

type Named = { readonly path: string; readonly label?: string; readonly hint?: string | null };

const CODES = ['missing', 'wrong', 'contrast', 'too-large', 'not-a-picture', 'too-long', 'over-maximum', 'in-use'];

/** A field with its one line of help, and what is wrong with it. */
export function Field({ path, label, hint, children }: Named & { readonly children: (id: string, more: object) => ComponentChildren }) {
  const { faults } = useContext(Typed);
  const id = idOf(path);
  const fault = faults[path];
  const help = hint === null ? '' : hint ?? t(`policy.hint.${path}`);
  const told = [fault && `${id}-error`, help && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'sg-field sg-has-error' : 'sg-field'}>
      <label class="sg-label" for={id}>{label ?? t(`policy.field.${path}`)}</label>
      {children(id, { id, 'aria-invalid': fault ? 'true' : undefined, 'aria-describedby': told || undefined })}
      <Fault path={path} />
      {help && <p class="sg-hint" id={`${id}-hint`}>{help}</p>}
    </div>
  );
}

export function Fault({ path }: { readonly path: string }) {
  const { faults } = useContext(Typed);
  const code = faults[path];
  return code ? <p class="sg-error" id={`${idOf(path)}-error`}><Icon of="alert" /><span>{t(`policy.fault.${CODES.includes(code) ? code : 'wrong'}`)}</span></p> : null;
}

export function Text({ type = 'text', long, mono, lang, ...named }: Named & { readonly type?: 'text' | 'email' | 'tel' | 'url'; readonly long?: boolean; readonly mono?: boolean; readonly lang?: string }) {
  const { fields, set } = useContext(Typed);
  const value = String(fields[named.path] ?? '');
  return (
    <Field {...named}>{(_, more) => (long
      ? <textarea class="sg-input po-long" rows={4} lang={lang} value={value} {...more} onInput={(event) => set(named.path, event.currentTarget.value)} />
      : <input class={mono ? 'sg-input sg-input-code' : 'sg-input'} autocomplete="off" value={value} {...more} {...({ type } as object)} onInput={(event) => set(named.path, event.currentTarget.value)} />
    )}</Field>
  );
}

export function Choice({ of, word, ...named }: Named & { readonly of: readonly string[]; readonly word: (one: string) => string }) {
  const { fields, set } = useContext(Typed);
  return (
    <Field {...named}>{(_, more) => (
      <select class="sg-input" value={String(fields[named.path] ?? '')} {...more} onChange={(event) => set(named.path, event.currentTarget.value)}>
        {of.map((one) => <option key={one} value={one}>{word(one)}</option>)}
      </select>
    )}</Field>
  );
}

export function Count({ min, max, ...named }: Named & { readonly min: number; readonly max: number }) {
  const { fields, set } = useContext(Typed);
  return (
    <Field {...named}>{(_, more) => (
      <input class="sg-input po-number" type="number" inputMode="numeric" min={min} max={max} value={String(fields[named.path] ?? '')} {...more}
        onInput={(event) => { const typed = event.currentTarget.valueAsNumber; set(named.path, Number.isNaN(typed) ? undefined : typed); }} />
    )}</Field>
  );
}

/** A number and what is counted; a period of several parts stays as it is written. `none`: it may be without. */
export function Period({ none, ...named }: Named & { readonly none?: string }) {
  const { fields, set } = useContext(Typed);
  const written = fields[named.path];
  const [typed, setTyped] = useState(span(written)?.count.toString() ?? '');
  const [unit, setUnit] = useState(span(written)?.unit ?? 'M');
  const change = (count: string, of: typeof unit) => {
    setTyped(count);
    setUnit(of);
    set(named.path, count === '' ? undefined : `P${count}${of}`);
  };
  if (written !== undefined && !/^P[^PT]?\d*[DWMY]$/.test(String(written))) return <Text {...named} mono />;
  return (
    <Field {...named} hint={none && typed === '' ? none : named.hint ?? t(`policy.hint.${named.path}`)}>{(id, more) => (
      <div class="po-pair">
        <input class="sg-input po-number" type="number" inputMode="numeric" min={1} max={9999} value={typed} {...more} onInput={(event) => change(event.currentTarget.value, unit)} />
        <select class="sg-input" id={`${id}-unit`} aria-label={t('policy.unit')} value={unit} onChange={(event) => change(typed, event.currentTarget.value as typeof unit)}>
          {(Object.keys(UNITS) as (keyof typeof UNITS)[]).map((one) => <option key={one} value={one}>{unitWord(one)}</option>)}
        </select>
      </div>
    )}</Field>
  );
}

/** An amount as people write it; kept in the smallest unit of its currency. */
export function Amount({ digits, ...named }: Named & { readonly digits: number }) {
  const { fields, set } = useContext(Typed);
  const kept = fields[named.path];
  const [typed, setTyped] = useState(typeof kept === 'number' ? (kept / 10 ** digits).toFixed(digits) : String(kept ?? ''));
  return (
    <Field {...named}>{(_, more) => (
      <input class="sg-input po-number" type="text" inputMode="decimal" autocomplete="off" value={typed} {...more}
        onInput={(event) => { setTyped(event.currentTarget.value); set(named.path, event.currentTarget.value === '' ? undefined : cents(event.currentTarget.value, digits)); }} />
    )}</Field>
  );
}

/** Several of a few; they are kept in the order of `of`. */
export function Some({ path, of, word, hint, all }: Named & { readonly of: readonly string[]; readonly word: (one: string) => string; readonly all?: boolean }) {
  const { fields, faults, set } = useContext(Typed);
  const kept = fields[path] as readonly string[] | undefined;
  const chosen = kept ?? (all ? of : []);
  const id = idOf(path);
  const change = (one: string, on: boolean) => {
    const next = of.filter((other) => (other === one ? on : chosen.includes(other)));
    set(path, all && next.length === of.length ? undefined : next);
  };
  return (
    <fieldset id={id} tabIndex={-1} class={faults[path] ? 'sg-has-error' : undefined} aria-describedby={[faults[path] && `${id}-error`, `${id}-hint`].filter(Boolean).join(' ')}>
      <legend>{t(`policy.field.${path}`)}</legend>
      <div class="po-ticks">{of.map((one) => (
        <label class="po-tick" key={one}><input type="checkbox" checked={chosen.includes(one)} onChange={(event) => change(one, event.currentTarget.checked)} /><span>{word(one)}</span></label>
      ))}</div>
      <Fault path={path} />
      <p class="sg-hint" id={`${id}-hint`}>{hint ?? t(`policy.hint.${path}`)}</p>
    </fieldset>
  );
}
