import type { Document, DocumentLine, Manifest } from '../lib/answers.ts';
import { get } from '../lib/api.ts';
import { byId, type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from './icons.ts';

/** What it is in plain words; what the file calls it stands beside that. */
export function documentName(words: Words, { kind }: Pick<DocumentLine, 'kind'>): string {
  return words.t(`document.${kind}`);
}

/** What is listed: the report that stands above has its own way already. */
export function documentsOf(found: Manifest): readonly DocumentLine[] {
  return found.documents.filter(({ uid }) => uid !== found.report?.document);
}

/** What an exam holds beside its pictures, and what somebody can do with it who has no software for doctors. */
export function documentList(words: Words, found: Manifest, first: Child, address: (uid: string) => string, gone: () => void): HTMLElement {
  const { t } = words;
  const line = (one: DocumentLine) => h('li', {},
    h('a', { class: 'dc-way', href: address(one.uid) }, h('strong', {}, documentName(words, one)), one.title && h('span', { class: 'sg-muted dc-title' }, h('bdi', {}, one.title))),
    one.state && h('span', { class: 'sg-tag' }, t(`study.report.${one.state}`)),
    h('button', { class: 'sg-button sg-button-plain sg-button-small', type: 'button', 'aria-label': t('documents.download', { name: [documentName(words, one), one.title].filter(Boolean).join(', ') }),
      click: () => void download(words, found.id, one.uid, gone) }, icon(ICONS.download, 20)));
  return h('div', { class: 'sg-stack' }, first,
    h('ul', { class: 'dc-list' }, documentsOf(found).map(line)),
    h('p', { class: 'sg-muted sg-small' }, t('documents.what')),
    failed());
}

/** Where it is said that something could not be had. */
export function failed(): HTMLElement {
  return h('p', { class: 'sg-error', id: 'document-failed', role: 'alert', hidden: true });
}

/** The address lives for a minute, so it is asked for when somebody wants it and not before. */
export async function download(words: Words, study: string, uid: string, gone: () => void, which: 'url' | 'pdfUrl' = 'url'): Promise<void> {
  const answer = await get<Document>(`/api/studies/${study}/documents/${uid}`);
  const address = answer.kind === 'ok' ? answer.value[which] : null;
  if (address) {
    location.assign(address); // an original is an attachment: the page stays
    return;
  }
  if (answer.kind === 'refused') return gone();
  const line = byId('document-failed');
  if (!line) return;
  line.hidden = false;
  line.textContent = words.t('documents.failed');
}
