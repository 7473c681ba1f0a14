import type { Access, Accesses, Manifest, Series, SeriesLine, StudyLine, StudyList, Visit } from '../lib/answers.ts';
import { type Answer, get } from '../lib/api.ts';
import { byId, type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { contact } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';
import { type Read, readReport, reportAddress, reportArticle } from '../ui/report.ts';
import { VisitWatch } from '../ui/visit.ts';
import { Pictures } from '../viewer/pictures.ts';
import { Viewer } from '../viewer/viewer.ts';

type State = 'loading' | 'open' | 'empty' | 'unreachable';

// asked for before the words are there: each waits for the network, none for another
const listed = get<StudyList>('/api/studies');
const detailed = listed.then((answer) => {
  const first = answer.kind === 'ok' ? answer.value.studies[0] : undefined;
  return first ? get<Manifest>(`/api/studies/${first.id}`) : null;
});
const visiting = get<Visit>('/api/session');
/** From here on a report has room beside the pictures; below, it is a page of its own. */
const wide = matchMedia('(min-width: 56.25rem)');
const page = await Page.open('study');
let state: State = 'loading';
let studies: readonly StudyLine[] = [];
let manifest: Manifest | null = null;
let chosen: SeriesLine | null = null;
let viewer: Viewer | null = null;
let read: Read | null = null;

page.show(view);
const watch = await VisitWatch.begin(page, visiting);
if (watch) await open();
page.complete(await department());

async function open(): Promise<void> {
  const answer = await listed;
  if (answer.kind !== 'ok') {
    fail(answer);
    return;
  }
  studies = answer.value.studies;
  const first = studies[0];
  if (first) await choose(first.id, await detailed);
  else become('empty');
}

async function choose(id: string, known: Answer<Manifest> | null = null): Promise<void> {
  const answer = known ?? await get<Manifest>(`/api/studies/${id}`);
  if (answer.kind !== 'ok') {
    fail(answer);
    return;
  }
  manifest = answer.value;
  read = null;
  chosen = null;
  viewer?.close();
  viewer = null;
  state = 'open';
  const first = manifest.series[0];
  if (first) await show(first);
  else page.draw();
}

async function show(series: SeriesLine): Promise<void> {
  const study = manifest!.id;
  viewer?.close();
  chosen = series;
  const pictures = new Pictures(async (from, limit) => {
    const query = new URLSearchParams({ ...(from && { from }), ...(limit && { limit: String(limit) }) });
    const answer = await get<Series>(`/api/studies/${study}/series/${series.uid}${query.size > 0 ? `?${query}` : ''}`);
    if (answer.kind === 'ok') return answer.value;
    if (answer.kind === 'refused') watch?.over(answer.code);
    return null;
  });
  viewer = new Viewer(page.words, nameOf(page.words, series), pictures, () => become('unreachable'));
  const mine = viewer;
  const opened = mine.open(series.instances, series.frames); // the network first, then the drawing
  page.draw();
  if (!(await opened) && mine === viewer) become('unreachable');
}

function become(next: State): void {
  state = next;
  page.draw();
}

function fail(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): void {
  if (answer.kind === 'refused') watch?.over(answer.code);
  else become(answer.kind === 'missing' ? 'empty' : 'unreachable');
}

function nameOf(words: Words, series: SeriesLine): string {
  return series.description || words.t('study.series.unnamed', { number: series.number ?? 1 });
}

function view(words: Words): View {
  const { t } = words;
  viewer?.say(words);
  return {
    title: t('study.title'), // the browser's history keeps titles: none tells of which exam
    wide: true,
    tools: watchIsThere() && h('button', { class: 'sg-button sg-button-plain sg-button-small', id: 'leave', type: 'button', click: () => void watch?.leave() },
      icon(ICONS.leave, 20), t('study.signout')),
    main: content(words),
  };
}

function watchIsThere(): boolean {
  return state !== 'loading';
}

function content(words: Words): Node {
  const { t } = words;
  switch (state) {
    case 'loading':
      return h('div', { class: 'sg-stack', 'aria-busy': 'true' }, h('h1', {}, t('study.title')), h('p', { class: 'sg-muted', role: 'status' }, t('study.loading')),
        h('div', { class: 'sg-skeleton st-skeleton' }));
    case 'empty':
      return h('div', { class: 'sg-card sg-stack' }, h('h1', {}, t('study.title')), h('p', {}, t('study.empty')), contact(words, page.department));
    case 'unreachable':
      return h('div', { class: 'sg-card sg-stack', role: 'alert' }, h('h1', {}, t('study.title')), h('p', {}, t('study.error')),
        h('p', {}, t('error.unreachable')),
        h('button', { class: 'sg-button', type: 'button', click: () => location.reload() }, icon(ICONS.again, 20), t('study.again')));
    case 'open':
      return study(words, manifest!);
  }
}

function study(words: Words, found: Manifest): Node {
  const { t } = words;
  return h('div', { class: 'st' },
    h('div', { class: 'st-head' },
      h('div', {}, h('h1', {}, found.description || t('study.title')),
        h('p', { class: 'sg-muted' }, [found.date && words.date(found.date), found.patient.name].filter(Boolean).join(' · '))),
      !viewer && h('p', { class: 'sg-tag sg-tag-warn' }, icon(ICONS.info, 18), t('study.notdiagnosis'))), // the light box has its own
    found.state === 'receiving' && h('p', { class: 'sg-banner' }, icon(ICONS.clock), h('span', {}, t('study.receiving'))),
    h('div', { class: 'st-body' },
      h('div', { class: 'st-main' }, viewer ? viewer.element
        : h('div', { class: 'sg-card sg-stack' }, h('p', {}, t('study.noimages')))),
      h('div', { class: 'st-side sg-stack-wide' },
        report(words, found),
        found.series.length > 0 && picker(words, found),
        studies.length > 1 && history(words, found),
        h('button', { class: 'sg-link', id: 'accesses', type: 'button', click: () => void whoOpened() }, icon(ICONS.eye, 20), t('study.accesses')),
        h('details', { class: 'sg-details' }, h('summary', {}, t('frame.help')), contact(words, page.department)))));
}

function picker(words: Words, found: Manifest): Node {
  const { t } = words;
  return h('nav', { 'aria-label': t('study.series') }, h('h2', {}, t('study.series')),
    h('ul', { class: 'st-series' }, found.series.map((series) => h('li', {},
      h('button', { type: 'button', id: `series-${series.uid}`, 'aria-current': series.uid === chosen?.uid ? 'true' : null, click: () => void show(series) },
        series.preview ? h('img', { src: series.preview, alt: '', width: 72, height: 72, loading: 'lazy' })
          : h('span', { class: 'st-noimage' }, icon(ICONS.stack)),
        h('span', { class: 'st-series-text' }, h('strong', {}, nameOf(words, series)),
          h('span', { class: 'sg-muted st-facts' }, h('span', {}, series.modality), h('span', {}, t('study.series.count', { n: series.instances })))))))));
}

function history(words: Words, found: Manifest): Node {
  const { t } = words;
  return h('nav', { class: 'st-history', 'aria-label': t('study.history') }, h('h2', {}, t('study.history')),
    h('p', { class: 'sg-muted sg-small' }, t('study.others')),
    h('ul', { class: 'sg-choices' }, studies.map((line) => h('li', {},
      h('button', { class: 'st-other', type: 'button', id: `study-${line.id}`, 'aria-current': line.id === found.id ? 'true' : null, click: () => void choose(line.id) },
        h('span', {}, h('strong', {}, line.description || t('study.title')),
          h('span', { class: 'sg-muted' }, [line.date && words.date(line.date), line.modalities.join(', ')].filter(Boolean).join(' · '))),
        line.id === found.id ? icon(ICONS.tick, 20) : icon(ICONS.next, 20))))));
}

function sheet(title: string, ...body: (Node | null | false)[]): void {
  byId('sheet')?.remove();
  const dialog = h('dialog', { class: 'sg-dialog st-sheet', id: 'sheet', 'aria-labelledby': 'sheet-title' },
    h('div', { class: 'st-sheet-head' }, h('h2', { id: 'sheet-title' }, title),
      h('button', { class: 'lb-tool st-close', type: 'button', click: () => dialog.close() }, icon(ICONS.close), h('span', {}, page.t('study.close')))),
    h('div', { class: 'sg-stack' }, body));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** A link to the report's page, which a wide window opens beside the pictures; or from when it may be read. */
function report(words: Words, found: Manifest): Child {
  const { t } = words;
  if (!found.report) {
    return found.reportFrom && h('p', { class: 'sg-banner', id: 'report-from' }, icon(ICONS.clock),
      h('span', {}, t('report.from', { date: words.dateTime(new Date(found.reportFrom)) })));
  }
  if (read) {
    return h('section', { class: 'sg-card', id: 'report-beside', tabindex: -1, 'aria-labelledby': 'report-title' },
      reportArticle(words, read, () => watch?.over(null), true, h('h2', { id: 'report-title' }, t('study.report.title'))),
      h('p', { class: 'rp-back' }, h('button', { class: 'sg-link', id: 'report-close', type: 'button', click: closeReport }, icon(ICONS.close, 20), t('report.close'))));
  }
  return h('a', { class: 'sg-button sg-button-wide', id: 'report', href: reportAddress(page.address('/report'), found.id), click: (event) => {
    if (!wide.matches) return;
    event.preventDefault();
    void openReport(found);
  } }, icon(ICONS.report, 22), t('study.report'));
}

async function openReport(study: Manifest): Promise<void> {
  const answer = await readReport(study.id);
  if (answer.kind !== 'ok') {
    if (answer.kind === 'refused') watch?.over(answer.code);
    else sheet(page.t('study.report.title'), h('p', {}, page.t('study.error')));
    return;
  }
  if (manifest !== study) return; // another exam was chosen meanwhile
  read = { study, report: answer.value };
  page.draw();
  byId('report-beside')?.focus();
}

function closeReport(): void {
  read = null;
  page.draw();
  byId('report')?.focus();
}

/** A visit asks for pictures many times: what the same one did within a quarter of an hour is one line. */
function apart(accesses: readonly Access[]): readonly Access[] {
  const last = new Map<string, number>();
  return accesses.filter(({ at, who, what }) => {
    const time = Date.parse(at);
    const shown = last.get(`${who} ${what}`);
    last.set(`${who} ${what}`, time);
    return shown === undefined || Math.abs(shown - time) > 15 * 60_000;
  });
}

async function whoOpened(): Promise<void> {
  const answer = await get<Accesses>(`/api/studies/${manifest!.id}/accesses`);
  const { t } = page;
  if (answer.kind !== 'ok') {
    if (answer.kind === 'refused') watch?.over(answer.code);
    else sheet(t('study.accesses'), h('p', {}, t('study.error')));
    return;
  }
  const lines = apart(answer.value.accesses);
  sheet(t('study.accesses'), lines.length === 0 ? h('p', {}, t('study.accesses.none'))
    : h('ul', { class: 'st-accesses' }, lines.map(({ at, who, what }) => h('li', {},
        h('span', {}, t(`access.${who}.${what}`)),
        h('time', { class: 'sg-muted', datetime: at }, page.words.dateTime(new Date(at)))))));
}
