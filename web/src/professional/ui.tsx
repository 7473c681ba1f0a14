import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { ICONS } from '../ui/icons.ts';
import { t, words } from './words.ts';

export type IconName = keyof typeof ICONS;
/** Always decoration: the words stand beside it. */
export function Icon({ of, size = 20 }: { readonly of: IconName; readonly size?: number }) {
  return <svg class="sg-icon" viewBox="0 0 24 24" width={`${size / 16}rem`} height={`${size / 16}rem`} aria-hidden="true" focusable="false"><path d={ICONS[of]} /></svg>;
}

/** The name of the page in the browser's tab, in the language that is shown. */
export function useTitle(title: string): void {
  const whole = t('shell.title', { title });
  useEffect(() => { document.title = whole; }, [whole]);
}

type Tone = 'wait' | 'ok' | 'warn' | 'danger';
const TOLD: Readonly<Record<Tone, IconName>> = { wait: 'info', ok: 'done', warn: 'alert', danger: 'alert' };

export function Banner({ tone = 'wait', role, children }: { readonly tone?: Tone; readonly role?: 'status' | 'alert'; readonly children: ComponentChildren }) {
  return <div class={tone === 'wait' ? 'sg-banner' : `sg-banner sg-banner-${tone}`} role={role}><Icon of={TOLD[tone]} size={24} /><div class="sg-stack">{children}</div></div>;
}

/** A native dialog, open while it is drawn. Escape and a click beside it close it where `close` is given. */
export function Dialog({ title, close, wide, children, actions }: {
  readonly title: string;
  readonly close?: () => void;
  readonly wide?: boolean;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    if (dialog.current?.scrollTop) heading.current?.focus(); // what is first to press lies below the window: it is read from its title on
    return () => { if (opener instanceof HTMLElement && opener.isConnected) opener.focus(); };
  }, []);
  return (
    <dialog class={wide ? 'sg-dialog pro-dialog-wide' : 'sg-dialog'} ref={dialog} aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); close?.(); }}
      onClick={(event) => { if (event.target === dialog.current) close?.(); }}>
      <div class="sg-stack">
        <h2 id={id} ref={heading} tabIndex={-1}>{title}</h2>
        {children}
      </div>
      {actions && <div class="sg-actions">{actions}</div>}
    </dialog>
  );
}

/** What went wrong on the whole page, and the one thing to do about it. */
export function Failed({ again }: { readonly again: () => void }) {
  return (
    <div class="sg-card sg-stack pro-state">
      <h1 tabIndex={-1}>{t('shell.failed')}</h1>
      <p>{t('shell.unreachable')}</p>
      <button type="button" class="sg-button" onClick={again}>{t('shell.again')}</button>
    </div>
  );
}

/** A day as tables write it: short, and the same width in each line. */
export function day(isoDate: string): string {
  return words.value.short(isoDate);
}

/** A checkbox to whoever does not see it; its looks are in account.css. */
export function Switch({ label, hint, on, busy, set }: { readonly label: ComponentChildren; readonly hint?: string; readonly on: boolean; readonly busy?: boolean; readonly set: (on: boolean) => void }) {
  const id = useId();
  return (
    <label class="ac-switch">
      <input type="checkbox" role="switch" checked={on} disabled={busy ?? false} aria-describedby={hint ? id : undefined} onChange={(event) => set(event.currentTarget.checked)} />
      <span class="ac-knob" aria-hidden="true" />
      <span class="ac-words"><span>{label}</span>{hint && <span class="ac-more" id={id}>{hint}</span>}</span>
    </label>
  );
}
