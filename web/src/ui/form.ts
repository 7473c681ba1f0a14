import { byId, type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from './icons.ts';

/** One thing that went wrong: the field it belongs to (none for the whole form) and a sentence. */
export type Fault = { readonly field: string | null; readonly text: string; readonly more?: Child };

/** The summary on top: told at once, with links that lead to the fields. */
export function summary(words: Words, faults: readonly Fault[]): HTMLElement | null {
  if (faults.length === 0) return null;
  const line = ({ field, text, more }: Fault) =>
    h('li', {}, field === null
      ? [h('p', {}, text), more]
      : [h('a', { href: `#${field}`, click: (event) => { event.preventDefault(); byId(field)?.focus(); } }, text), more]);
  return h('div', { class: 'sg-summary', role: 'alert', tabindex: -1, id: 'summary' },
    h('h2', {}, words.t('error.heading')), h('ul', {}, faults.map(line)));
}

export function errorFor(faults: readonly Fault[], prefix: string): Fault | undefined {
  return faults.find(({ field }) => field !== null && (field === prefix || field.startsWith(`${prefix}-`)));
}

export function errorLine(id: string, fault: Fault | undefined): HTMLElement | null {
  return fault ? h('p', { class: 'sg-error', id: `${id}-error` }, icon(ICONS.alert, 20), h('span', {}, fault.text)) : null;
}

export function described(...ids: (string | false | undefined)[]): string | null {
  const named = ids.filter((id): id is string => typeof id === 'string');
  return named.length > 0 ? named.join(' ') : null;
}

export function focusSummary(): void {
  byId('summary')?.focus();
  byId('summary')?.scrollIntoView({ block: 'nearest' });
}

/** After a wrong code: the field and what is wrong with it stay in sight, above a phone's keyboard too. */
export function focusField(id: string): void {
  const input = byId(id);
  if (!(input instanceof HTMLInputElement)) return;
  input.focus({ preventScroll: true });
  input.select();
  input.scrollIntoView({ block: 'center' });
}

export function valueOf(id: string): string {
  const input = byId(id);
  return input instanceof HTMLInputElement ? input.value : '';
}
