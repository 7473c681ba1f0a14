import type { Department } from '../lib/answers.ts';
import { h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from './icons.ts';

/** The same under its heading, for the side of a page. */
export function contactBlock(words: Words, department: Department | null): HTMLElement {
  return h('section', {}, h('h2', {}, words.t('help.who')), contact(words, department));
}

/** The number alone, where the rest stands beside it. */
export function phone(words: Words, department: Department | null): HTMLElement {
  if (!department) return contact(words, null);
  return h('p', { class: 'sg-contact' }, link(department.phone));
}

function link(number: string): HTMLElement {
  return h('a', { class: 'sg-phone', href: `tel:${number.replace(/[^+\d]/g, '')}` }, icon(ICONS.phone), number);
}

/** An address too long for its line breaks at the sign and not within a word. */
function breaking(email: string): Node {
  const at = email.indexOf('@') + 1;
  return h('span', {}, email.slice(0, at), h('wbr', {}), email.slice(at));
}

/** Whom to call: always a person of the department, never a form. */
export function contact(words: Words, department: Omit<Department, 'id'> | null): HTMLElement {
  if (!department) return h('p', {}, words.t('contact.letter'));
  const { email, address, website } = department;
  return h('div', { class: 'sg-contact' },
    h('p', {}, h('strong', {}, department.hospital), department.name !== department.hospital && ` – ${department.name}`),
    link(department.phone),
    email && h('a', { href: `mailto:${email}` }, icon(ICONS.mail), breaking(email)),
    website && /^https?:\/\//.test(website) && h('a', { href: website, rel: 'noopener noreferrer' }, icon(ICONS.globe), new URL(website).host),
    address && h('p', { class: 'sg-muted sg-small' }, address));
}
