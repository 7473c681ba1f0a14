import { h } from '../lib/dom.ts';
import { contact } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
page.belongsTo(await department());

page.show((words) => {
  const { t } = words;
  const part = (heading: string, text: string) => [h('h2', {}, t(heading)), h('p', {}, t(text))];
  return {
    title: t('help.title'),
    main: h('div', { class: 'sg-prose' }, h('h1', {}, t('help.title')),
      h('div', { class: 'sg-card sg-stack' }, h('h2', {}, t('help.who')), contact(words, page.department)),
      part('entrance.where', 'entrance.where.text'), part('help.number', 'help.number.text'),
      part('help.code', 'code.none.text'), part('help.pay', 'help.pay.text'), part('help.pincode', 'help.pincode.text'),
      part('help.diagnosis', 'help.diagnosis.text'),
      h('p', {}, h('a', { href: page.address('/') }, t('restart')))),
  };
});
