import type { DocumentContents, DocumentLineOfText, DocumentReference, SeriesLine } from '../lib/answers.ts';
import { type Child, h } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';

/** Where the images lie that a document speaks of. */
export type Around = { readonly series: readonly Pick<SeriesLine, 'uid' | 'number' | 'description'>[]; readonly address: (series: string) => string };

/** What a document says lies in the store, at an address of a minute; null if it cannot be had now. */
export async function readContents(url: string | null | undefined): Promise<DocumentContents | null> {
  if (!url) return null;
  try {
    const answer = await fetch(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(20_000) });
    return answer.ok ? await answer.json() as DocumentContents : null;
  } catch {
    return null;
  }
}

/** As it is read and printed. `top` is the heading that it stands below; headings within it never leave out a rank. */
export function contentsBody(words: Words, contents: DocumentContents, top: number, around: Around): HTMLElement {
  const { t } = words;
  const open: number[] = [];
  const body: Node[] = [];
  for (const line of contents.lines) {
    while (open.length > 0 && open.at(-1)! >= line.level) open.pop();
    if (line.kind === 'heading') {
      open.push(line.level);
      body.push(h(`h${Math.min(6, top + open.length)}` as 'h2', { class: 'dc-heading', dir: 'auto' }, line.name));
    } else if (line.kind === 'row') {
      body.push(row(line, body.at(-1)));
    } else {
      body.push(said(words, line, line.level - (open.at(-1) ?? -1) - 1, around));
    }
  }
  return h('div', { class: 'dc' },
    contents.completion === 'partial' && h('p', { class: 'sg-banner' }, t('document.partial')),
    h('div', { class: 'dc-text', lang: contents.language || null }, [...new Set(body)]),
    contents.cut && h('p', { class: 'sg-banner' }, t('document.cut')));
}

/** Who wrote it and who answers for it, for the facts above it. */
export function writers(contents: DocumentContents): { readonly authors: string; readonly verifiers: string } {
  const verifier = ({ name, organisation }: DocumentContents['verifiers'][number]) => [name, organisation].filter(Boolean).join(', ');
  return { authors: contents.authors.join('; '), verifiers: contents.verifiers.map(verifier).filter(Boolean).join('; ') };
}

export function written(words: Words, { date, time }: Pick<DocumentContents, 'date' | 'time'>): string {
  return [day(words, date), time.slice(0, 5)].filter(Boolean).join(', ');
}

/** Rows one behind another are one table. */
function row({ value }: DocumentLineOfText, before: Node | undefined): Node {
  const cells = value.split('\t').map((cell) => h('td', { dir: 'auto' }, cell));
  const line = h('tr', {}, cells);
  if (before instanceof HTMLElement && before.classList.contains('dc-table')) {
    before.querySelector('tbody')!.append(line);
    return before;
  }
  return h('div', { class: 'dc-table', tabindex: 0 }, h('table', {}, h('tbody', {}, line)));
}

function said(words: Words, line: DocumentLineOfText, deeper: number, around: Around): Node {
  const name = line.name && h('span', { class: 'dc-name' }, h('bdi', {}, line.name));
  return h('div', { class: `dc-line dc-in-${Math.max(0, Math.min(4, deeper))}` }, name, value(words, line, around));
}

function value(words: Words, line: DocumentLineOfText, around: Around): Child {
  const { t } = words;
  switch (line.kind) {
    case 'image': return images(words, line.references, around);
    case 'object': return h('span', { class: 'sg-muted' }, t('document.object'));
    case 'shape': return h('span', { class: 'sg-muted' }, t('document.shape'));
    case 'see': return h('span', { class: 'sg-muted' }, h('bdi', {}, line.value));
    case 'date': return h('span', {}, day(words, line.value));
    case 'moment': {
      const [date, time] = line.value.split('T');
      return h('span', {}, [day(words, date ?? ''), time?.replace(/[+-]\d{4}$/, '').slice(0, 5)].filter(Boolean).join(', '));
    }
    case 'number': return h('span', {}, h('bdi', {}, line.value), line.unit && [' ', h('bdi', {}, line.unit)]);
    case 'uid': return h('span', { class: 'dc-uid' }, line.value);
    default: return h('span', { class: 'dc-value', dir: 'auto' }, line.value || '–');
  }
}

/** So many images of which series: a way to each series, for the pictures stand there. */
function images(words: Words, references: readonly DocumentReference[], around: Around): Child {
  const { t } = words;
  const known = around.series.map((series) => ({ series, n: references.filter(({ series: uid }) => uid === series.uid).length })).filter(({ n }) => n > 0);
  const others = references.length - known.reduce((sum, { n }) => sum + n, 0);
  return h('ul', { class: 'dc-images' },
    known.map(({ series, n }) => h('li', {}, h('a', { href: around.address(series.uid) },
      t('document.images', { n, series: series.description || t('study.series.unnamed', { number: series.number ?? 1 }) })))),
    others > 0 && h('li', { class: 'sg-muted' }, t('document.images.other', { n: others })));
}

function day(words: Words, date: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? words.date(date) : date;
}
