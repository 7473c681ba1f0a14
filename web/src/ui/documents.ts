import type { Document, DocumentLine, Manifest } from '../lib/answers.ts';
import { get } from '../lib/api.ts';
import { byId, type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from './icons.ts';

/** What it is in plain words; what the file calls it stands beside that. */
export function documentName(words: Words, { kind }: Pick<DocumentLine, 'kind'>): string {
  return words.t(`document.${kind}`);
}

/** What an exam holds beside its pictures, and what somebody can do with it who has no software for doctors. */
export function documentList(words: Words, found: Manifest, first: Child, gone: () => void): HTMLElement {
  const { t } = words;
  const line = (one: DocumentLine) => h('li', {},
    h('span', {}, h('strong', {}, documentName(words, one)), one.title && h('span', { class: 'sg-muted dc-title' }, h('bdi', {}, one.title))),
    h('button', { class: 'sg-button sg-button-plain sg-button-small', type: 'button', 'aria-label': t('documents.download', { name: [documentName(words, one), one.title].filter(Boolean).join(', ') }),
      click: () => void download(words, found.id, one.uid, gone) }, icon(ICONS.download, 20)));
  return h('div', { class: 'sg-stack' }, first,
    h('ul', { class: 'dc-list' }, found.documents.map(line)),
    h('p', { class: 'sg-muted sg-small' }, t('documents.what')),
    h('p', { class: 'sg-error', id: 'document-failed', role: 'alert', hidden: true }));
}

/** The address lives for a minute, so it is asked for when somebody wants it and not before. */
async function download(words: Words, study: string, uid: string, gone: () => void): Promise<void> {
  const answer = await get<Document>(`/api/studies/${study}/documents/${uid}`);
  if (answer.kind === 'ok') {
    location.assign(answer.value.url); // an attachment: the page stays
    return;
  }
  if (answer.kind === 'refused') return gone();
  const line = byId('document-failed');
  if (!line) return;
  line.hidden = false;
  line.textContent = words.t('documents.failed');
}
