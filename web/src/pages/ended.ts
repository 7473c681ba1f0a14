import { h, icon } from '../lib/dom.ts';
import { department } from '../ui/department.ts';
import { DRAWINGS } from '../ui/icons.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
page.belongsTo(await department());
const left = new URLSearchParams(location.search).get('why') !== 'time';

page.show(({ t }) => {
  const drawing = icon(DRAWINGS.ended, 96);
  drawing.classList.add('sg-drawing');
  return {
    title: t('ended.title'),
    main: h('div', { class: 'sg-card sg-stack' }, drawing, h('h1', {}, t('ended.title')),
      h('p', {}, t(left ? 'ended.left' : 'ended.time')),
      h('a', { class: 'sg-button', href: page.address('/') }, t('ended.again'))),
  };
});
