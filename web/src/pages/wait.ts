import { h, icon } from '../lib/dom.ts';
import { contactBlock } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { DRAWINGS, ICONS } from '../ui/icons.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
page.belongsTo(await department());
const from = new URLSearchParams(location.search).get('from');
const day = from !== null && /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : null;

page.show((words) => ({
  title: words.t('wait.title'),
  main: h('div', { class: 'sg-card sg-stack' }, drawing(DRAWINGS.waiting), h('h1', {}, words.t('wait.title')),
    h('p', {}, words.t('wait.text')),
    day && h('p', {}, h('strong', {}, words.t('wait.from', { date: words.date(day) }))),
    h('p', { class: 'sg-muted' }, words.t('wait.same')),
    h('a', { class: 'sg-button', href: page.address('/') }, icon(ICONS.again, 20), words.t('wait.again'))),
  aside: contactBlock(words, page.department),
}));

function drawing(path: string): Node {
  const svg = icon(path, 96);
  svg.classList.add('sg-drawing');
  return svg;
}
