import type { Departments } from '../lib/answers.ts';
import { getPublic } from '../lib/api.ts';
import { h, icon } from '../lib/dom.ts';
import { contact, desk } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { ICONS } from '../ui/icons.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
const list = getPublic<Departments>('/api/departments');
const named = await department();
const answer = named ? null : await list;
const listed: Departments = answer?.kind === 'ok' ? answer.value : { departments: [], serviceDesk: null };
page.belongsTo(named);

/** Somebody who lost the way learns whose pages these are and whom to call. */
page.show((words) => {
  const { t } = words;
  const hospitals = listed.departments.map(({ id, name, hospital }) =>
    h('li', {}, h('a', { href: `/help?d=${id}` }, h('span', {}, hospital, h('span', { class: 'sg-choice-more' }, name)), icon(ICONS.next, 20))));
  return {
    title: t('missing.title'),
    main: h('div', { class: 'sg-stack-wide' },
      h('div', { class: 'sg-card sg-stack' }, h('h1', {}, t('missing.title')), h('p', {}, t('missing.text')),
        h('a', { class: 'sg-button', href: page.address('/') }, t('restart'))),
      page.department
        ? h('section', { class: 'sg-card sg-stack' }, h('h2', {}, t('help.who')), contact(words, page.department))
        : hospitals.length > 0 && h('section', { class: 'sg-stack' }, h('p', {}, t('missing.whose')), h('ul', { class: 'sg-choices' }, hospitals)),
      !page.department && desk(words, listed.serviceDesk)),
  };
});
