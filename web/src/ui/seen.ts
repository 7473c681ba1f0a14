import '../../styles/seen.css';
import type { Access, Accesses } from '../lib/answers.ts';
import { get } from '../lib/api.ts';
import { h } from '../lib/dom.ts';
import type { Page } from './page.ts';
import type { VisitWatch } from './visit.ts';

/** Who opened an exam, and with what kind of people it was shared: for somebody who knows none of them. */
export async function seenBy(page: Page, study: string, watch: VisitWatch | null): Promise<Node> {
  const answer = await get<Accesses>(`/api/studies/${study}/accesses`);
  const { t } = page;
  if (answer.kind === 'refused') watch?.over(answer.code);
  if (answer.kind !== 'ok') return h('p', {}, t('study.error'));
  const lines = apart(answer.value.accesses);
  return lines.length === 0 ? h('p', {}, t('study.accesses.none'))
    : h('ul', { class: 'st-accesses' }, lines.map(({ at, who, what, with: whom, anonymized }) => h('li', {},
        h('span', {}, t(`access.${who}.${what}${whom ? `.${whom}` : ''}`)),
        anonymized && h('span', {}, t('access.anonymized')),
        h('time', { class: 'sg-muted', datetime: at }, page.words.dateTime(new Date(at))))));
}

/**
 * A visit asks for pictures many times: what the same one did within a quarter of an hour is one line, unless
 * somebody else got the exam each time.
 */
function apart(accesses: readonly Access[]): readonly Access[] {
  const last = new Map<string, number>();
  return accesses.filter(({ at, who, what, with: whom }) => {
    const time = Date.parse(at);
    const shown = last.get(`${who} ${what}`);
    last.set(`${who} ${what}`, time);
    return whom !== null || shown === undefined || Math.abs(shown - time) > 15 * 60_000;
  });
}
