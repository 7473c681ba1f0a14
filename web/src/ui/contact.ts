import type { Department, ServiceDesk } from '../lib/answers.ts';
import { type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from './icons.ts';

/** What there is to say of whom to call; a payment says less of its department than a page. */
export type Contact = Pick<Department, 'hospital' | 'name' | 'phone' | 'email'> & Partial<Pick<Department, 'address' | 'website' | 'serviceDesk'>>;

/** The same under its heading, for the side of a page. */
export function contactBlock(words: Words, department: Department | null): HTMLElement {
  return h('section', {}, h('h2', {}, words.t('help.who')), contact(words, department));
}

/** The number alone, where the rest stands beside it. */
export function phone(words: Words, department: Contact | null): HTMLElement {
  if (!department) return contact(words, null);
  return h('p', { class: 'sg-contact' }, link(department.phone));
}

function link(number: string): HTMLElement {
  return h('a', { class: 'sg-phone', href: `tel:${number.replace(/[^+\d]/g, '')}` }, icon(ICONS.phone), number);
}

function mail(address: string): HTMLElement {
  return h('a', { href: `mailto:${address}` }, icon(ICONS.mail), breaking(address));
}

/** An address too long for its line breaks at the sign and not within a word. */
function breaking(email: string): Node {
  const at = email.indexOf('@') + 1;
  return h('span', {}, email.slice(0, at), h('wbr', {}), email.slice(at));
}

/** Whom to call: a person of the department, never a form; beside it who helps with the pages themselves. */
export function contact(words: Words, department: Contact | null): HTMLElement {
  if (!department) return h('p', {}, words.t('contact.letter'));
  const { email, address, website } = department;
  return h('div', { class: 'sg-contact' },
    h('p', {}, h('strong', {}, department.hospital), department.name !== department.hospital && h('span', { class: 'sg-block' }, department.name)),
    link(department.phone),
    email && mail(email),
    website && /^https?:\/\//.test(website) && h('a', { href: website, rel: 'noopener noreferrer' }, icon(ICONS.globe), new URL(website).host),
    address && h('p', { class: 'sg-muted sg-small' }, address),
    desk(words, department.serviceDesk));
}

/** The Service Desk of the environment: it knows the pages and nothing of anybody's exam. */
export function desk({ t }: Words, found: ServiceDesk | null | undefined): Child {
  return found && h('div', { class: 'sg-contact sg-desk' },
    h('p', {}, h('strong', {}, t('help.desk'))), h('p', { class: 'sg-small' }, t('help.desk.text')),
    found.phone && h('a', { href: `tel:${found.phone.replace(/[^+\d]/g, '')}` }, icon(ICONS.phone), found.phone),
    found.email && mail(found.email));
}
