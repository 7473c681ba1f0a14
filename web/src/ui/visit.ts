import type { Visit } from '../lib/answers.ts';
import { type Answer, get, post } from '../lib/api.ts';
import { byId, type Child, h } from '../lib/dom.ts';
import { RULES } from '../lib/rules.ts';
import type { Page } from './page.ts';

const WARN_MS = 2 * 60_000;
const LOOK_MS = 60_000;
const RETURNED = 'payment-returned';

/**
 * A visit as the server holds it: two minutes before it ends a dialog asks, at its end the page goes.
 * Times are counted from the server's own `now`, so a wrong clock on the phone does no harm.
 */
export class VisitWatch {
  readonly #page: Page;
  #idleAt = 0;
  #lastAt = 0;
  #timer = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Empty when nobody is signed in: the page is on its way to the entrance then. */
  static async begin(page: Page, first: Promise<Answer<Visit>>): Promise<VisitWatch | null> {
    const watch = new VisitWatch(page);
    const answer = await first;
    const visit = watch.#told(answer);
    if (!visit) {
      if (answer.kind === 'refused' && answer.code === RETURNED) watch.over(answer.code);
      else location.replace(page.address('/'));
      return null;
    }
    page.belongsTo(visit.department);
    setInterval(() => void watch.look(), LOOK_MS);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void watch.look();
    });
    return watch;
  }

  /** Looking lengthens nothing. */
  async look(): Promise<Visit | null> {
    return this.#told(await get<Visit>('/api/session'));
  }

  #told(answer: Answer<Visit>): Visit | null {
    if (answer.kind === 'ok') {
      this.#take(answer.value);
      return answer.value;
    }
    if (answer.kind === 'refused' && this.#lastAt > 0) this.over(answer.code);
    return null;
  }

  /** Nobody is told that the visit is over who is still signed in. */
  async leave(): Promise<void> {
    const answer = await post('/api/session/logout');
    if (answer.kind === 'unreachable' || answer.kind === 'slow-down') this.#stuck();
    else location.replace(this.#page.address('/ended'));
  }

  /** `code` is the server's, which tells a payment that went back from a time that is over. */
  over(code: string | null): void {
    location.replace(this.#page.address('/ended', { why: code === RETURNED ? 'refunded' : 'time' }));
  }

  #take(visit: Visit): void {
    const now = Date.parse(visit.now);
    const from = Date.now();
    this.#idleAt = from + Date.parse(visit.idleUntil) - now;
    this.#lastAt = from + Date.parse(visit.expiresAt) - now;
    clearTimeout(this.#timer);
    const end = Math.min(this.#idleAt, this.#lastAt);
    if (end - from > WARN_MS) close('ending');
    this.#timer = window.setTimeout(() => this.#warn(end), Math.max(0, end - WARN_MS - from));
  }

  #warn(end: number): void {
    const { t } = this.#page;
    this.#timer = window.setTimeout(() => void this.look().then((visit) => visit ?? this.over(null)), Math.max(0, end - Date.now()));
    if (byId('ending')) return;
    const last = end >= this.#lastAt;
    show('ending', t('visit.soon'), [
      h('p', {}, t('visit.soon.text', { time: this.#page.words.time(new Date(end)) })),
      last && h('p', { class: 'sg-muted' }, t('visit.last', { n: RULES.wholeMinutes })),
    ], [
      !last && h('button', { class: 'sg-button', type: 'button', click: () => void this.#stay() }, t('visit.stay')),
      last && h('button', { class: 'sg-button', type: 'button', click: () => close('ending') }, t('study.close')),
      h('button', { class: 'sg-button sg-button-plain', type: 'button', click: () => void this.leave() }, t('study.signout')),
    ]);
  }

  #stuck(): void {
    const { t } = this.#page;
    close('stuck'); // one that was put aside by Escape
    const again = (): void => {
      close('stuck');
      void this.leave();
    };
    show('stuck', t('study.signout.failed'), [h('p', {}, t('study.signout.failed.text'))], [
      h('button', { class: 'sg-button', type: 'button', click: again }, t('study.signout')),
      h('button', { class: 'sg-button sg-button-plain', type: 'button', click: () => close('stuck') }, t('study.signout.later')),
    ]);
  }

  async #stay(): Promise<void> {
    const answer = await post<Visit>('/api/session/extend');
    if (answer.kind === 'ok') this.#take(answer.value);
    else if (answer.kind === 'refused') this.over(answer.code);
  }
}

function show(id: string, title: string, text: readonly Child[], actions: readonly Child[]): void {
  const dialog = h('dialog', { class: 'sg-dialog', id, 'aria-labelledby': `${id}-title` },
    h('div', { class: 'sg-stack' }, h('h2', { id: `${id}-title` }, title), ...text),
    h('div', { class: 'sg-actions' }, ...actions));
  document.body.append(dialog);
  dialog.showModal();
}

function close(id: string): void {
  const dialog = byId(id);
  if (dialog instanceof HTMLDialogElement) dialog.close();
  dialog?.remove();
}
