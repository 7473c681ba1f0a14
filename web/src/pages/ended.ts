import { h, icon } from '../lib/dom.ts';
import { RULES } from '../lib/rules.ts';
import { contactBlock } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { DRAWINGS } from '../ui/icons.ts';
import { Page } from '../ui/page.ts';

const why = new URLSearchParams(location.search).get('why');
const money = why === 'refunded';
const page = await Page.open(...(money ? ['payment' as const] : []));
page.belongsTo(await department());

page.show((words) => {
  const { t } = words;
  const drawing = icon(DRAWINGS.ended, 96);
  drawing.classList.add('sg-drawing');
  const told = money ? [t('payment.refunded.text')]
    : why === 'time' ? [t('ended.idle', { n: RULES.idleMinutes }), t('ended.whole', { n: RULES.wholeMinutes })]
    : [t('ended.left')];
  const title = t(money ? 'payment.refunded.title' : 'ended.title');
  return {
    title,
    main: h('div', { class: 'sg-card sg-stack' }, drawing, h('h1', {}, title), told.map((text) => h('p', {}, text)),
      h('a', { class: 'sg-button', href: page.address('/') }, t('ended.again'))),
    aside: money ? contactBlock(words, page.department) : null,
  };
});
