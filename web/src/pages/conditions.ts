import { get } from '../lib/api.ts';
import { h } from '../lib/dom.ts';
import { contact } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { Page } from '../ui/page.ts';
import { statements } from '../ui/statements.ts';
import { wayBack } from '../ui/wayback.ts';

const page = await Page.open();
const back = wayBack(get('/api/session'));
page.belongsTo(await department());
const way = await back;

page.show((words) => {
  const { t } = words;
  return {
    title: t('conditions.title'),
    main: h('div', { class: 'sg-prose' }, way.link(page), h('h1', {}, t('conditions.title')),
      h('h2', {}, t('conditions.use')), h('p', {}, t('conditions.use.text')),
      h('h2', {}, t('conditions.cookies')), h('p', {}, t('conditions.cookies.text')),
      statements(words, page.department),
      page.department && h('div', { class: 'sg-card sg-stack' }, h('h2', {}, t('help.who')), contact(words, page.department)),
      h('p', {}, way.link(page))),
  };
});
// the parts are made by this script, so the browser could not go to the one that the address names
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
