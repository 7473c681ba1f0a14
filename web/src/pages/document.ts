import type { Document, DocumentContents, DocumentReference, Manifest, Series, Visit } from '../lib/answers.ts';
import { get } from '../lib/api.ts';
import { type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { contactBlock } from '../ui/contact.ts';
import { type Around, contentsBody, readContents, writers, written } from '../ui/contents.ts';
import { department } from '../ui/department.ts';
import { documentName, download, failed } from '../ui/documents.ts';
import { ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';
import { hashOf, placeIn } from '../ui/place.ts';
import { VisitWatch } from '../ui/visit.ts';

/** So many pictures are shown of a selection; the others are a series away. */
const MOST_PICTURES = 12;
const MOST_SERIES = 4;

/** `#exam/object`: both stand behind `#`, which reaches no server. */
const come = placeIn(location.hash);
const study = come?.study ?? '';
const uid = come?.series ?? '';
const manifested = get<Manifest>(`/api/studies/${study}`);
const documented = get<Document>(`/api/studies/${study}/documents/${uid}`);
const visiting = get<Visit>('/api/session');
const page = await Page.open('study');
type Picture = { readonly series: string; readonly picture: number; readonly preview: string | null };
type Read = { readonly exam: Manifest; readonly document: Document; readonly contents: DocumentContents | null };
let state: 'loading' | 'open' | 'missing' | 'unreachable' = 'loading';
let read: Read | null = null;
let pictures: readonly Picture[] = [];

page.belongsTo(await department());
page.show(view);
const watch = await VisitWatch.begin(page, visiting);
if (watch) await open();

async function open(): Promise<void> {
  const [exam, document] = [await manifested, await documented];
  if (exam.kind === 'refused' || document.kind === 'refused') {
    watch?.over(exam.kind === 'refused' ? exam.code : null);
    return;
  }
  if (exam.kind === 'ok' && document.kind === 'ok') {
    const contents = await readContents(document.value.contentsUrl);
    const unread = document.value.contentsUrl !== null && contents === null;
    read = { exam: exam.value, document: document.value, contents };
    state = unread ? 'unreachable' : 'open';
  } else {
    state = exam.kind === 'missing' || document.kind === 'missing' ? 'missing' : 'unreachable';
  }
  page.show(view, true);
  if (state === 'open' && read?.document.kind === 'key-objects' && read.contents) {
    pictures = await chosen(read.exam, read.contents);
    if (pictures.length > 0) page.show(view);
  }
}

/** Which pictures they are: their place in their series, and the small picture. */
async function chosen(exam: Manifest, contents: DocumentContents): Promise<readonly Picture[]> {
  const wanted = contents.lines.flatMap(({ references }) => references).filter(({ series }) => exam.series.some((one) => one.uid === series));
  const found: Picture[] = [];
  for (const series of [...new Set(wanted.map((one) => one.series))].slice(0, MOST_SERIES)) {
    const path = `/api/studies/${study}/series/${series}`;
    const all = await get<Series>(path);
    if (all.kind !== 'ok') continue;
    for (const reference of wanted.filter((one) => one.series === series)) {
      if (found.length === MOST_PICTURES) return found;
      const picture = placeOf(all.value, reference);
      if (picture === null) continue;
      const one = await get<Series>(`${path}?instance=${reference.uid}`);
      found.push({ series, picture, preview: one.kind === 'ok' ? one.value.instances[0]?.preview ?? null : null });
    }
  }
  return found;
}

/** Pictures are counted by frames, as the slider counts them. */
function placeOf({ instances }: Series, { uid: wanted, frames }: DocumentReference): number | null {
  let before = 0;
  for (const instance of instances) {
    if (instance.uid === wanted) return before + Math.min(Math.max(1, Number(frames[0] ?? 1) || 1), Math.max(1, instance.frames));
    before += instance.frames;
  }
  return null;
}

function seriesAddress(series: string, picture: number | null = null): string {
  return page.address('/study') + hashOf({ study, series, picture, report: false });
}

function view(words: Words): View {
  const { t } = words;
  const name = read ? documentName(words, read.document) : t('documents.title');
  const title = h('h1', { id: 'document-title' }, name);
  const back = h('p', { class: 'rp-back' }, h('a', { class: 'sg-link', href: `${page.address('/study')}#${encodeURIComponent(study)}` }, icon(ICONS.previous, 20), t('help.exam')));
  const told = (...more: Child[]) => h('div', { class: 'sg-card sg-stack' }, title, more);
  const main = (): Node => {
    switch (state) {
      case 'loading': return h('div', { class: 'sg-stack', 'aria-busy': 'true' }, title, h('p', { class: 'sg-muted', role: 'status' }, t('entrance.busy')));
      case 'missing': return told(h('p', {}, t('document.missing')));
      case 'unreachable': return told(h('p', {}, t('error.unreachable')),
        h('button', { class: 'sg-button', type: 'button', click: () => location.reload() }, icon(ICONS.again, 20), t('study.again')));
      case 'open': return h('div', { class: 'sg-card' }, article(words, read!, title));
    }
  };
  return {
    title: name,
    tools: watch && h('button', { class: 'sg-button sg-button-plain sg-button-small', id: 'leave', type: 'button', click: () => void watch.leave() },
      icon(ICONS.leave, 20), t('study.signout')),
    main: [back, main()],
    aside: contactBlock(words, page.department),
  };
}

function article(words: Words, { exam, document, contents }: Read, title: Node): Node {
  const { t } = words;
  const fact = (key: string, value: Child) => value && h('div', {}, h('dt', {}, t(key)), h('dd', {}, value));
  const bidi = (text: string | undefined) => text && h('bdi', {}, text);
  const by = contents && writers(contents);
  const around: Around = { series: exam.series, address: seriesAddress };
  const gone = () => watch?.over(null);
  return h('article', { class: 'rp', 'aria-labelledby': 'document-title' },
    h('div', { class: 'rp-head' }, title, document.state && h('p', { class: 'sg-tag' }, t(`study.report.${document.state}`))),
    document.title && h('p', { class: 'dc-called' }, h('bdi', {}, document.title)),
    h('dl', { class: 'rp-facts' },
      fact('report.exam', exam.description), fact('report.examDate', exam.date && words.date(exam.date)), fact('report.patient', exam.patient.name),
      fact('document.date', contents && written(words, contents)), fact('report.author', bidi(by?.authors)), fact('document.verifiers', bidi(by?.verifiers))),
    document.kind === 'report' && h('p', { class: 'sg-banner rp-care' }, icon(ICONS.info), h('span', {}, t('study.report.care'))),
    pictures.length > 0 && h('ul', { class: 'dc-pictures' }, pictures.map((one) => thumbnail(words, exam, one))),
    contents ? contentsBody(words, contents, 1, around) : document.pdfUrl ? h('p', {}, t('report.file')) : h('p', {}, t('documents.what')),
    h('div', { class: 'sg-actions rp-actions' },
      document.pdfUrl && h('button', { class: 'sg-button', id: 'pdf', type: 'button', click: () => void download(words, study, uid, gone, 'pdfUrl') }, icon(ICONS.report, 20), t('report.pdf')),
      contents && h('button', { class: 'sg-button sg-button-plain', id: 'print', type: 'button', click: () => print() }, icon(ICONS.print, 20), t('report.print')),
      h('button', { class: 'sg-button sg-button-plain', id: 'original', type: 'button', click: () => void download(words, study, uid, gone) }, icon(ICONS.download, 20), t('viewer.original'))),
    failed(),
    h('p', { class: 'rp-never' }, t('study.notdiagnosis')));
}

function thumbnail(words: Words, exam: Manifest, { series, picture, preview }: Picture): Node {
  const of = exam.series.find((one) => one.uid === series)!;
  const name = words.t('viewer.label', { series: of.description || words.t('study.series.unnamed', { number: of.number ?? 1 }), image: picture, of: of.frames });
  return h('li', {}, h('a', { href: seriesAddress(series, picture) },
    preview ? h('img', { src: preview, alt: '', width: 160, height: 160 }) : h('span', { class: 'st-noimage' }, icon(ICONS.stack)), h('span', {}, name)));
}
