import type { Payment } from '../lib/answers.ts';
import { type Child, h, icon } from '../lib/dom.ts';
import { inLanguage } from '../lib/payment.ts';
import type { Words } from '../lib/words.ts';
import { type Contact, contact, phone as number } from './contact.ts';
import { ICONS } from './icons.ts';
import type { Page } from './page.ts';

/** Whom to call: the department of the address with all it says of itself, else the one of the payment. */
function whom(page: Page, payment: Payment | null): Contact | null {
  return page.department ?? (payment && { ...payment.department, hospital: payment.hospital });
}

/** The number alone, beside what went wrong: the field below it stays in sight. */
export function phone(words: Words, page: Page, payment: Payment | null): HTMLElement {
  return number(words, whom(page, payment));
}

export function whoToCall(words: Words, page: Page, payment: Payment | null): HTMLElement {
  return h('section', { class: 'sg-card sg-stack', 'aria-labelledby': 'who' },
    h('h2', { id: 'who' }, words.t('help.who')), contact(words, whom(page, payment)));
}

/** The law gives everybody a free way to their own file: the policy names it, and so do we. */
export function freeWay(words: Words, page: Page, payment: Payment | null): Child {
  const free = inLanguage(payment?.freeRoute ?? null, words.language, page.department?.languages);
  return free && h('section', { class: 'sg-banner', 'aria-labelledby': 'free' }, icon(ICONS.info),
    h('div', { class: 'pm-free' }, h('h2', { id: 'free' }, words.t('pay.free')),
      h('p', { lang: free.language === words.language ? null : free.language }, free.text)));
}

/** The number by which the department finds a payment. */
export function quoted(words: Words, payment: Payment): Child {
  return payment.payment && h('p', {}, h('strong', {}, words.t('payment.number', { number: payment.payment.number })));
}

/** One answer of several, as rows a thumb can hit. */
export type Option = { readonly value: string; readonly label: string; readonly hint?: string | null };

export function radios(name: string, options: readonly Option[], chosen: string | null, choose: (value: string) => void): HTMLElement {
  const row = ({ value, label, hint }: Option) => h('label', { class: 'pm-option' },
    h('input', { type: 'radio', name, id: `${name}-${value}`, value, checked: value === chosen,
      'aria-describedby': hint ? `${name}-${value}-hint` : null, 'aria-labelledby': `${name}-${value}-label`, change: () => choose(value) }),
    h('span', {}, h('span', { id: `${name}-${value}-label` }, label),
      hint && h('span', { class: 'pm-option-hint', id: `${name}-${value}-hint` }, hint)));
  return h('div', { class: 'pm-options' }, options.map(row));
}

/** ••• 47 and 20 November 2026 stay on one line wherever a sentence breaks. */
export function whole(text: string): string {
  return text.replace(/ /g, '\u00a0');
}

export function masked(payment: Payment): string {
  return whole(payment.mobile);
}
