import { get } from '../lib/api.ts';
import { h } from '../lib/dom.ts';
import { RULES } from '../lib/rules.ts';
import { contact } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { Page } from '../ui/page.ts';
import { wayBack } from '../ui/wayback.ts';

const page = await Page.open();
const back = wayBack(get('/api/session'));
page.belongsTo(await department());
const way = await back;

page.show((words) => {
  const { t } = words;
  const part = (heading: string, ...texts: string[]) => [h('h2', {}, t(heading)), texts.map((text) => h('p', {}, text))];
  return {
    title: t('help.title'),
    main: h('div', { class: 'sg-prose' }, way.link(page), h('h1', {}, t('help.title')),
      h('div', { class: 'sg-card sg-stack' }, h('h2', {}, t('help.who')), contact(words, page.department)),
      part('entrance.where', t('entrance.where.text')), part('help.number', t('help.number.text', { n: RULES.wrongDates })),
      part('help.code', t('code.none.sms'), t('code.none.email')), part('help.pay', t('help.pay.text')),
      part('help.pincode', t('help.pincode.text', { n: RULES.pincodeDigits })), part('help.diagnosis', t('help.diagnosis.text')),
      h('p', {}, way.link(page))),
  };
});
