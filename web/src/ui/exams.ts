import type { Manifest, OpenedSeries, Series, SeriesLine, StudyLine, StudyList, Visit } from '../lib/answers.ts';
import { type Answer, get } from '../lib/api.ts';
import { byId, type Child, h, icon } from '../lib/dom.ts';
import { patiently } from '../lib/patience.ts';
import type { Words } from '../lib/words.ts';
import { contact } from './contact.ts';
import { documentList, documentsOf } from './documents.ts';
import { department } from './department.ts';
import { ICONS } from './icons.ts';
import { Page, type View } from './page.ts';
import { hashOf, type Place, placeIn } from './place.ts';
import { type Read, readReport, reportAddress } from './report.ts';
import { VisitWatch } from './visit.ts';
import { openedAt, Pictures } from '../viewer/pictures.ts';
import { Viewer, warm } from '../viewer/viewer.ts';

export { warm };

/** What is shown first comes with what is asked for: one answer, where each would wait for the one before. */
const FIRST = 'open=first';
type State = 'loading' | 'open' | 'empty' | 'unreachable';

/** From here on a report has room beside the pictures; below, it is a page of its own. */
const wide = matchMedia('(min-width: 56.25rem)');
/** What comes sooner needs no sign that something is loading, and comes sooner still without. */
const SKELETON_MS = 300;
let page: Page;
let watch: VisitWatch | null = null;
/** Whether somebody came without a new document, so that nothing has told a screen reader where they are. */
let entered = false;
let state: State = 'loading';
let studies: readonly StudyLine[] = [];
let manifest: Manifest | null = null;
let chosen: SeriesLine | null = null;
let viewer: Viewer | null = null;
let read: Read | null = null;
/** What a report is drawn by: come for with the first one. */
let article: typeof import('./article.ts') | null = null;
let place: Place | null = null;
let choosing = 0;
let drawn = false;

let late = 0;

/** Once in the life of a document: as the study's own page, or out of the page of a sign-in (`enter.ts`). */
export async function begin(within = false): Promise<void> {
  // asked for before the words are there: each waits for the network, none for another
  const come = placeIn(location.hash);
  const listed = get<StudyList>(come ? '/api/studies' : `/api/studies?${FIRST}`);
  const detailed = come && get<Manifest>(`/api/studies/${come.study}`);
  const visiting = get<Visit>('/api/session');
  warm();
  entered = within;
  page = await Page.open('study');
  late = window.setTimeout(() => page.show(view), SKELETON_MS);
  wide.addEventListener('change', () => { if (state === 'open') draw(); });
  addEventListener('popstate', () => void goBack());
  addEventListener('online', () => { if (state === 'unreachable') location.reload(); });
  watch = await VisitWatch.begin(page, visiting);
  if (watch) await open(come, await listed, detailed);
  page.complete(await department());
}

async function open(come: Place | null, answer: Answer<StudyList>, detailed: Promise<Answer<Manifest>> | null): Promise<void> {
  if (answer.kind !== 'ok') {
    fail(answer);
    return;
  }
  studies = answer.value.studies;
  const back = studies.find(({ id }) => id === come?.study);
  const first = back ?? studies[0];
  const { opened } = answer.value;
  if (!first) become('empty');
  else if (back) await choose(first.id, come, 'replace', await detailed);
  else await choose(first.id, null, 'replace', opened && { kind: 'ok', value: opened });
}

/** `at` is where somebody was in it; `how` this gets its place in the history. */
async function choose(id: string, at: Place | null, how: 'push' | 'replace' | 'keep', known: Answer<Manifest> | null = null): Promise<void> {
  const mine = ++choosing;
  const answer = known ?? await patiently(() => get<Manifest>(`/api/studies/${id}${at?.series ? '' : `?${FIRST}`}`), () => viewer !== null && mine === choosing, (up) => viewer?.line(up));
  if (mine !== choosing) return; // another was chosen meanwhile
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
  const first = manifest.series.find(({ uid }) => uid === at?.series) ?? manifest.series[0];
  const { opened } = manifest;
  const shown = first && show(first, first.uid === at?.series ? at.picture : null, how, opened?.uid === first.uid ? opened : null);
  if (!first) {
    mark({ study: id, series: null, picture: null, report: false }, how);
    draw();
  }
  if (at?.report && wide.matches && manifest.report) await openReport(manifest, 'keep');
  await shown;
}

/** `opened` came with the study just now. */
async function show(series: SeriesLine, picture: number | null, how: 'push' | 'replace' | 'keep', opened: OpenedSeries | null = null): Promise<void> {
  const study = manifest!.id;
  viewer?.close();
  chosen = series;
  const pictures = new Pictures(async (query) => {
    const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const address = `/api/studies/${study}/series/${series.uid}${words.size > 0 ? `?${words}` : ''}`;
    const answer = await patiently(() => get<Series>(address), () => mine === viewer, (up) => mine.line(up));
    if (answer.kind === 'ok') return answer.value;
    if (answer.kind === 'refused' && answer.code !== 'bad-request' && mine === viewer) watch?.over(answer.code); // a page may be newer than its server
    return null;
  });
  const at = openedAt(series, picture === null ? null : picture - 1);
  const first = opened?.picture === at ? pictures.opened(opened) : pictures.early(at, series); // the network first, then the drawing
  const mine = new Viewer(page.words, { ...series, name: nameOf(page.words, series) }, pictures, {
    gone: () => become('unreachable'),
    drawn: () => { if (mine === viewer) thumbnails(); },
    rested: (index) => { if (mine === viewer) mark({ ...place!, picture: index + 1 }, 'replace'); },
  });
  viewer = mine;
  mark({ study, series: series.uid, picture, report: false }, how);
  const there = mine.open(at, first);
  draw();
  if (!(await there) && mine === viewer) become('unreachable');
}

/** Back, reload and Help come back here. */
function mark(next: Place, how: 'push' | 'replace' | 'keep'): void {
  place = next;
  if (how === 'push') history.pushState({ own: true }, '', hashOf(next));
  else if (how === 'replace' && hashOf(next) !== location.hash) history.replaceState(history.state, '', hashOf(next));
}

async function goBack(): Promise<void> {
  const to = placeIn(location.hash);
  if (!to || !manifest || state !== 'open') return;
  if (to.study !== manifest.id) return choose(to.study, to, 'keep');
  const series = manifest.series.find(({ uid }) => uid === to.series);
  if (series && series !== chosen) {
    read = null;
    void show(series, to.picture, 'keep');
  } else if (to.picture !== null && to.picture !== place?.picture) {
    viewer?.go(to.picture - 1);
  }
  if (to.report && !read && wide.matches && manifest.report) await openReport(manifest, 'keep');
  if (!to.report && read) dropReport();
  place = to;
}

function draw(): void {
  clearTimeout(late);
  page.show(view, entered);
  entered = false;
}

function become(next: State): void {
  state = next;
  draw();
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
      h('div', {}, h('h1', {}, titleOf(words, found)),
        h('p', { class: 'sg-muted st-facts' }, found.date && h('span', {}, words.date(found.date)), found.patient.name && h('span', {}, found.patient.name),
          found.patient.anonymized && found.description && h('span', { class: 'sg-tag' }, t('study.anonymized')))),
      found.report && !wide.matches && !read && reportLink(words, found),
      !viewer && h('p', { class: 'sg-tag sg-tag-warn' }, icon(ICONS.info, 18), t('study.notdiagnosis'))), // the light box has its own
    found.state === 'receiving' && h('p', { class: 'sg-banner' }, icon(ICONS.clock), h('span', {}, t('study.receiving'))),
    h('div', { class: 'st-body' },
      h('div', { class: 'st-main' }, viewer ? viewer.element
        : h('div', { class: 'sg-card sg-stack', id: 'no-images' }, documentsOf(found).length > 0 ? documents(words, found, h('p', {}, t('documents.only'))) : h('p', {}, t('study.noimages')))),
      h('div', { class: 'st-side sg-stack-wide' },
        report(words, found),
        found.series.length > 0 && picker(words, found),
        viewer && documentsOf(found).length > 0 && h('details', { class: 'sg-details', id: 'documents' }, h('summary', {}, t('documents.title')), documents(words, found, null)),
        studies.length > 1 && exams(words, found),
        !found.patient.anonymized && h('button', { class: 'sg-link', id: 'accesses', type: 'button', click: () => void whoOpened() }, icon(ICONS.eye, 20), t('study.accesses')),
        h('details', { class: 'sg-details' }, h('summary', {}, t('frame.help')), contact(words, page.department)))));
}

/** A copy is nobody's exam, and whoever looks at it need not be the patient. */
function titleOf({ t }: Words, { description, patient }: Pick<StudyLine, 'description' | 'patient'>): string {
  return description || t(patient.anonymized ? 'study.anonymized' : 'study.title');
}

function picker(words: Words, found: Manifest): Node {
  const { t } = words;
  return h('nav', { 'aria-label': t('study.series') }, h('h2', {}, t('study.series')),
    h('ul', { class: 'st-series' }, found.series.map((series) => h('li', {},
      h('button', { type: 'button', id: `series-${series.uid}`, 'aria-current': series.uid === chosen?.uid ? 'true' : null, click: () => void show(series, null, 'push') },
        series.preview ? h('img', { [drawn ? 'src' : 'data-src']: series.preview, alt: '', width: 72, height: 72, loading: 'lazy' })
          : h('span', { class: 'st-noimage' }, icon(ICONS.stack)),
        h('span', { class: 'st-series-text' }, h('strong', {}, nameOf(words, series)),
          h('span', { class: 'sg-muted st-facts' }, h('span', {}, series.modality), h('span', {}, t('study.series.count', { n: Math.max(series.instances, series.frames) })))))))));
}

/** The small pictures of the series wait for the one that somebody waits for. */
function thumbnails(): void {
  drawn = true;
  for (const image of document.querySelectorAll<HTMLImageElement>('img[data-src]')) image.src = image.dataset['src']!;
}

function exams(words: Words, found: Manifest): Node {
  const { t } = words;
  return h('nav', { class: 'st-history', 'aria-label': t('study.history') }, h('h2', {}, t('study.history')),
    h('p', { class: 'sg-muted sg-small' }, t('study.others')),
    h('ul', { class: 'sg-choices' }, studies.map((line) => h('li', {},
      h('button', { class: 'st-other', type: 'button', id: `study-${line.id}`, 'aria-current': line.id === found.id ? 'true' : null, click: () => void choose(line.id, null, 'push') },
        h('span', {}, h('strong', {}, titleOf(words, line)),
          h('span', { class: 'sg-muted' }, [line.date && words.date(line.date), line.modalities.join(', ')].filter(Boolean).join(' · '))),
        line.id === found.id ? icon(ICONS.tick, 20) : icon(ICONS.next, 20))))));
}

function documents(words: Words, found: Manifest, first: Child): HTMLElement {
  return documentList(words, found, first, (uid) => `${page.address('/document')}#${found.id}/${uid}`, () => watch?.over(null));
}

function seriesAddress(series: string): string {
  return page.address('/study') + hashOf({ study: manifest!.id, series, picture: null, report: false });
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
  if (read && article) {
    return h('section', { class: 'sg-card', id: 'report-beside', tabindex: -1, 'aria-labelledby': 'report-title' },
      article.reportArticle(words, read, seriesAddress, () => watch?.over(null), true, h('h2', { id: 'report-title' }, t('study.report.title'))),
      h('p', { class: 'rp-back' }, h('button', { class: 'sg-link', id: 'report-close', type: 'button', click: closeReport }, icon(ICONS.close, 20), t('report.close'))));
  }
  return wide.matches && reportLink(words, found);
}

/** On a phone it stands over the pictures, so that nobody has to look for it. */
function reportLink(words: Words, found: Manifest): Child {
  return h('a', { class: 'sg-button st-report', id: 'report', href: reportAddress(page.address('/report'), found.id), click: (event) => {
    if (!wide.matches) {
      (event.currentTarget as HTMLAnchorElement).hash = location.hash; // its way back leads to the same picture
      return;
    }
    event.preventDefault();
    void openReport(found, 'push');
  } }, icon(ICONS.report, 22), words.t('study.report'));
}

async function openReport(study: Manifest, how: 'push' | 'keep'): Promise<void> {
  const coming = import('./article.ts').catch(() => null);
  const answer = await readReport(study.id);
  article = await coming;
  if (answer.kind !== 'ok' || !article) {
    if (answer.kind === 'refused') watch?.over(answer.code);
    else sheet(page.t('study.report.title'), h('p', {}, page.t(answer.kind === 'unreachable' || answer.kind === 'ok' ? 'error.unreachable' : 'study.error')));
    return;
  }
  const contents = await article.readContents(answer.value.contentsUrl);
  if (manifest !== study) return; // another exam was chosen meanwhile
  read = { study, report: answer.value, contents, series: study.series };
  mark({ ...(place ?? { study: study.id, series: null, picture: null }), report: true }, how);
  draw();
  byId('report-beside')?.focus();
}

function closeReport(): void {
  if ((history.state as { own?: boolean } | null)?.own) {
    history.back(); // to where it was opened
    return;
  }
  mark({ ...place!, report: false }, 'replace');
  dropReport();
}

function dropReport(): void {
  read = null;
  draw();
  byId('report')?.focus();
}

/** Asked for by few, and so come for by itself. */
async function whoOpened(): Promise<void> {
  sheet(page.t('study.accesses'), await import('./seen.ts').then((its) => its.seenBy(page, manifest!.id, watch), () => h('p', {}, page.t('study.error'))));
}
