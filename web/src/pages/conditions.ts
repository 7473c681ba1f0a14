import { h } from '../lib/dom.ts';
import { contact } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
page.belongsTo(await department());

page.show((words) => {
  const { t } = words;
  return {
    title: t('conditions.title'),
    main: h('div', { class: 'sg-prose' }, h('h1', {}, t('conditions.title')),
      h('h2', {}, t('conditions.use')), h('p', {}, t('conditions.use.text')),
      h('h2', {}, t('conditions.cookies')), h('p', {}, t('conditions.cookies.text')),
      page.department && h('div', { class: 'sg-card sg-stack' }, h('h2', {}, t('help.who')), contact(words, page.department)),
      h('p', {}, h('a', { href: page.address('/') }, t('help.back')))),
  };
});
