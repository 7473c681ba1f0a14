import { h } from '../lib/dom.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
page.show(({ t }) => ({
  title: t('missing.title'),
  main: h('div', { class: 'sg-card sg-stack' }, h('h1', {}, t('missing.title')), h('p', {}, t('missing.text')),
    h('a', { class: 'sg-button', href: '/' }, t('restart'))),
}));
