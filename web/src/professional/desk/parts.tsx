import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Answer, get, post } from '../api.ts';
import { departments } from '../shell.tsx';
import { Banner, Dialog, Icon } from '../ui.tsx';
import { t, words } from '../words.ts';
import { reasonKey } from './reasons.ts';

/** A page of lines as the server gives them. */
export type Lines<T> = { readonly lines: readonly T[]; readonly next: string | null };
export type Loaded<T> = Lines<T> | 'loading' | 'failed' | 'forbidden';

/** Where the next page begins, as the header `Link` says. */
function nextOf(link: string | null | undefined): string | null {
  const query = /<\?([^>]*)>; rel="next"/.exec(link ?? '')?.[1];
  return query === undefined ? null : new URLSearchParams(query).get('before');
}

/** The lines of an address, newest first, and what is behind them. */
export function useLines<T>(path: string, department: string, filter: Readonly<Record<string, string>> = {}): {
  readonly loaded: Loaded<T>; readonly load: () => Promise<void>; readonly more: () => Promise<void>; readonly put: (lines: readonly T[]) => void;
} {
  const [loaded, set] = useState<Loaded<T>>('loading');
  const address = (before: string | null) => {
    const query = new URLSearchParams({ ...(department ? { department } : {}), ...filter, ...(before ? { before } : {}) }).toString();
    return path + (query && `?${query}`);
  };
  const heard = (answer: Answer<readonly T[]>, former: readonly T[]) => {
    if (answer.kind === 'ok') set({ lines: [...former, ...answer.value], next: nextOf(answer.link) });
    else set(answer.kind === 'missing' || (answer.kind === 'refused' && (answer.code === null || answer.code === 'forbidden')) ? 'forbidden' : 'failed');
  };
  const load = async () => heard(await get<readonly T[]>(address(null)), []);
  const more = async () => {
    if (typeof loaded === 'object') heard(await get<readonly T[]>(address(loaded.next)), loaded.lines);
  };
  useEffect(() => void load(), []);
  return { loaded, load, more, put: (lines) => { if (typeof loaded === 'object') set({ ...loaded, lines }); } };
}

/** What stands in place of lines: nothing for a moment, then the shape of what comes; why there is none. */
export function State({ of, again, empty }: { readonly of: Loaded<unknown>; readonly again: () => void; readonly empty: ComponentChildren }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (of === 'loading') {
    return (
      <div aria-busy="true">
        <p class="sg-visually-hidden" role="status">{t('desk.loading')}</p>
        {late && <div class="sg-card dk-waiting" aria-hidden="true"><div class="sg-skeleton" /><div class="sg-skeleton" /><div class="sg-skeleton" /></div>}
      </div>
    );
  }
  if (of === 'forbidden') return <Banner tone="warn" role="alert"><p>{t('desk.forbidden')}</p></Banner>;
  if (of === 'failed') return <Banner tone="danger" role="alert"><p>{t('desk.failed')}</p><p><button type="button" class="sg-button sg-button-small" onClick={again}>{t('shell.again')}</button></p></Banner>;
  return of.lines.length === 0 ? <div class="sg-card sg-stack dk-empty">{empty}</div> : null;
}

export function More({ of, more }: { readonly of: Loaded<unknown>; readonly more: () => Promise<void> }) {
  return typeof of === 'object' && of.next ? <p class="dk-more"><button type="button" class="sg-button sg-button-plain" onClick={() => void more()}>{t('desk.more')}</button></p> : null;
}

/** What a code means, as far as it is said in the reader's language. */
export function why(code: string): string {
  return t(reasonKey(code, (key) => words.value.has(key)));
}

export function Why({ of }: { readonly of: readonly string[] }) {
  return <>{of.map((code) => <span class="sg-tag sg-tag-warn" key={code}>{why(code)}</span>)}</>;
}

/** As tables write a moment: the short day and the time, where the reader is. */
export function when(instant: string): string {
  const at = new Date(instant);
  return `${day(at)} ${words.value.time(at)}`;
}

/** The last day of something that ends with the day before. */
export function lastDay(end: string): string {
  return day(new Date(Date.parse(end) - 1));
}

function day(at: Date): string {
  return words.value.short([at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-'));
}

/** 07/03/1958, also of `19580307`; as it stands where it is no whole date. */
export function born(date: string): string {
  const plain = /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
  return /^\d{4}-\d{2}-\d{2}$/.test(plain) ? words.value.short(plain) : date;
}

/**
 * Something that is done with a reason: what will happen is said before, what went wrong after. It
 * closes when it is done.
 */
export function Act({ title, text, path, body, send: through = post, reason, button, done, close, children }: {
  readonly title: string; readonly text: string; readonly path: string; readonly body?: () => object | null; readonly reason: boolean;
  readonly send?: (path: string, body: object) => Promise<Answer<unknown>>;
  readonly button: string; readonly done: () => void; readonly close: () => void; readonly children?: ComponentChildren;
}) {
  const [given, setGiven] = useState('');
  const [wrong, setWrong] = useState(false);
  const [refused, setRefused] = useState('');
  const [minutes, setMinutes] = useState(0);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const trimmed = given.trim();
    const missing = reason && trimmed === '';
    setWrong(missing);
    if (missing) return field.current?.focus();
    const more = body ? body() : {};
    if (!more) return setRefused('persons-needed');
    setBusy(true);
    const answer = await through(path, { ...more, ...(reason ? { reason: trimmed } : {}) });
    setBusy(false);
    if (answer.kind === 'ok') return done();
    if (answer.kind === 'slow-down') setMinutes(Math.ceil(answer.seconds / 60));
    setRefused(answer.kind === 'refused' ? answer.code ?? 'forbidden' : answer.kind === 'missing' ? 'not-found' : answer.kind === 'slow-down' ? 'too-many-requests' : 'unreachable');
  };
  const said = words.value.has(`desk.refused.${refused}`) ? `desk.refused.${refused}` : 'desk.refused.other';
  return (
    <Dialog title={title} close={close} wide={children !== undefined}>
      <form class="sg-stack" noValidate onSubmit={(event) => void send(event)}>
        <p>{text}</p>
        {children}
        {reason && (
          <div class={wrong ? 'sg-field sg-has-error' : 'sg-field'}>
            <label class="sg-label" for={id}>{t('desk.reason')}</label>
            {wrong && <p class="sg-error" id={`${id}-error`} role="alert"><Icon of="alert" /><span>{t('desk.reason.missing')}</span></p>}
            <textarea class="sg-input dk-reason" id={id} ref={field} rows={3} maxLength={500} value={given} aria-invalid={wrong ? 'true' : undefined}
              aria-describedby={wrong ? `${id}-error ${id}-hint` : `${id}-hint`} onInput={(event) => setGiven(event.currentTarget.value)} />
            <p class="sg-hint" id={`${id}-hint`}>{t('desk.reason.hint')}</p>
          </div>
        )}
        {refused && <Banner tone="danger" role="alert"><p>{t(said, { n: minutes })}</p></Banner>}
        <div class="sg-actions">
          <button type="submit" class="sg-button" aria-disabled={busy}>{button}</button>
          <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('desk.cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** The service desk helps every department, one at a time. */
export function Whose({ chosen, choose }: { readonly chosen: string; readonly choose: (id: string) => void }) {
  const [id, setId] = useState(chosen);
  return (
    <div class="sg-field dk-whose">
      <label class="sg-label" for="whose">{t('desk.department')}</label>
      <select class="sg-input" id="whose" value={id} onChange={(event) => { setId(event.currentTarget.value); choose(event.currentTarget.value); }}>
        <option value="">{t('desk.department.none')}</option>
        {departments.value?.departments.map((one) => <option key={one.id} value={one.id}>{one.hospital}, {one.name}</option>)}
      </select>
    </div>
  );
}

/** What was done, told once, to whoever listens too. */
export function Said({ text }: { readonly text: string }) {
  return <p class="dk-said" role="status">{text && <><Icon of="done" />{text}</>}</p>;
}
