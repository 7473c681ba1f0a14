import type { StudyList, Visit } from '../lib/answers.ts';
import { get } from '../lib/api.ts';
import { h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { reportArticle } from '../ui/article.ts';
import { contactBlock } from '../ui/contact.ts';
import { readContents } from '../ui/contents.ts';
import { department } from '../ui/department.ts';
import { ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';
import { placeIn } from '../ui/place.ts';
import { type Read, readReport } from '../ui/report.ts';
import { VisitWatch } from '../ui/visit.ts';

const come = placeIn(location.hash);
const id = come?.study ?? '';
const listed = get<StudyList>('/api/studies');
const reading = come ? readReport(id) : null;
const visiting = get<Visit>('/api/session');
const page = await Page.open('study');
let state: 'loading' | 'open' | 'missing' | 'unreachable' = 'loading';
let read: Read | null = null;

page.belongsTo(await department());
page.show(view);
const watch = await VisitWatch.begin(page, visiting);
if (watch) await open();

async function open(): Promise<void> {
  const [list, report] = [await listed, await reading];
  if (list.kind === 'refused' || report?.kind === 'refused') {
    watch?.over(list.kind === 'refused' ? list.code : null);
    return;
  }
  const study = list.kind === 'ok' ? list.value.studies.find((one) => one.id === id) : undefined;
  if (list.kind === 'ok' && report?.kind === 'ok' && study) {
    const contents = await readContents(report.value.contentsUrl);
    const unread = report.value.contentsUrl !== null && !report.value.text && !contents;
    read = { study, report: report.value, contents, series: [] };
    state = unread ? 'unreachable' : 'open';
  } else {
    state = !report || report.kind === 'missing' || (list.kind === 'ok' && !study) ? 'missing' : 'unreachable';
  }
  page.show(view, true);
}

function view(words: Words): View {
  const { t } = words;
  const title = h('h1', { id: 'report-title' }, t('study.report.title'));
  const back = h('p', { class: 'rp-back' }, h('a', { class: 'sg-link', href: page.address('/study') + (come?.series ? location.hash : '') }, icon(ICONS.previous, 20), t('report.back')));
  const told = (key: string, ...more: Node[]) => h('div', { class: 'sg-card sg-stack' }, title, h('p', {}, t(key)), more);
  const main = (): Node => {
    switch (state) {
      case 'loading': return h('div', { class: 'sg-stack', 'aria-busy': 'true' }, title, h('p', { class: 'sg-muted', role: 'status' }, t('entrance.busy')));
      case 'missing': return told('report.missing');
      case 'unreachable': return told('error.unreachable',
        h('button', { class: 'sg-button', type: 'button', click: () => location.reload() }, icon(ICONS.again, 20), t('study.again')));
      case 'open': return h('div', { class: 'sg-card' }, reportArticle(words, read!, () => page.address('/study'), () => watch?.over(null), false, title));
    }
  };
  return {
    title: t('study.report.title'),
    tools: watch && h('button', { class: 'sg-button sg-button-plain sg-button-small', id: 'leave', type: 'button', click: () => void watch.leave() },
      icon(ICONS.leave, 20), t('study.signout')),
    main: [back, main()],
    aside: contactBlock(words, page.department),
  };
}
