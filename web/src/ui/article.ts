import { byId, type Child, h, icon } from '../lib/dom.ts';
import type { Words } from '../lib/words.ts';
import { contentsBody } from './contents.ts';
import { ICONS } from './icons.ts';
import { type Read, readReport } from './report.ts';

export { readContents } from './contents.ts';

/**
 * A report as it is read and printed: what it is about, when it was written and by whom, then its text. `apart`
 * opens the PDF in a tab of its own, for where the pictures stand beside the report.
 */
export function reportArticle(words: Words, { study, report, contents, series }: Read, address: (series: string) => string, gone: () => void, apart: boolean, title: Child): HTMLElement {
  const { t } = words;
  const fact = (key: string, value: Child) => value && h('div', {}, h('dt', {}, t(key)), h('dd', {}, value));
  const parts = (report.text ?? '').split(/\n{2,}/).filter((part) => part.trim() !== '');
  return h('article', { class: 'rp', id: 'report-text', 'aria-labelledby': 'report-title' },
    h('div', { class: 'rp-head' }, title, h('p', { class: 'sg-tag' }, t(`study.report.${report.state}`))),
    h('dl', { class: 'rp-facts' },
      fact('report.exam', study.description), fact('report.examDate', study.date && words.date(study.date)),
      fact('report.patient', study.patient.name),
      fact('report.date', report.at && words.dateTime(new Date(report.at))), fact('report.author', report.signedBy)),
    h('p', { class: 'sg-banner rp-care' }, icon(ICONS.info), h('span', {}, t('study.report.care'))),
    contents && parts.length === 0 ? contentsBody(words, contents, apart ? 2 : 1, { series, address }) : parts.length > 0 ? h('div', { class: 'rp-text', lang: report.language || null }, parts.map((part) => h('p', {}, part)))
      : h('p', {}, t(report.pdfUrl ? 'report.file' : 'documents.what')),
    h('div', { class: 'sg-actions rp-actions' },
      report.pdfUrl && h('button', { class: parts.length > 0 ? 'sg-button sg-button-plain' : 'sg-button', id: 'pdf', type: 'button',
        click: () => void openPdf(words, study.id, gone, apart) }, icon(ICONS.report, 20), t('report.pdf')),
      h('button', { class: 'sg-button sg-button-plain', id: 'print', type: 'button', click: () => print() }, icon(ICONS.print, 20), t('report.print'))),
    h('p', { class: 'sg-error', id: 'pdf-failed', role: 'alert', hidden: true }),
    h('p', { class: 'rp-never' }, t('study.notdiagnosis')));
}

/** The address lives for a minute, so it is asked for when somebody wants it and not before. */
async function openPdf(words: Words, study: string, gone: () => void, apart: boolean): Promise<void> {
  const tab = apart ? open('about:blank', '_blank') : null; // within the click, or the browser would stop it
  if (tab) tab.opener = null;
  const answer = await readReport(study);
  const address = answer.kind === 'ok' ? answer.value.pdfUrl : null;
  if (address) {
    (tab ?? window).location.assign(address);
    return;
  }
  tab?.close();
  if (answer.kind === 'refused') return gone();
  const line = byId('pdf-failed');
  if (!line) return;
  line.hidden = false;
  line.textContent = words.t('report.failed');
}
