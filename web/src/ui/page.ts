import type { Department } from '../lib/answers.ts';
import { byId, type Child, fill, h, icon } from '../lib/dom.ts';
import { keep, LANGUAGES, load, preferred, type Room } from '../lib/languages.ts';
import type { Words } from '../lib/words.ts';
import { named } from './department.ts';
import { ICONS } from './icons.ts';
import { placeIn } from './place.ts';
import { statementLinks } from './statements.ts';
import { here } from './wayback.ts';

/** What a page shows, said anew whenever its state or the language changes. */
export type View = {
  readonly title: string;
  readonly main: Child;
  readonly wide?: boolean;
  /** Help that belongs to the page: below it on a phone, beside it where there is room. */
  readonly aside?: Child;
  readonly tools?: Child;
};

/**
 * The frame that every page shares: hospital first, language switch, help at the same place, our own
 * name small. A page gives its view as a function of the words, so another language keeps its state.
 */
export class Page {
  words: Words;
  department: Department | null = null;
  #view: (words: Words) => View = () => ({ title: '', main: null });

  readonly #rooms: readonly Room[];

  private constructor(words: Words, rooms: readonly Room[]) {
    this.words = words;
    this.#rooms = rooms;
  }

  static async open(...rooms: readonly Room[]): Promise<Page> {
    const all: Room[] = ['pages', ...rooms];
    forgetful();
    return new Page(await load(preferred(), all), all);
  }

  /** Whoever is signing in will need the words of the study next. */
  ahead(): void {
    void load(this.words.language, ['study']).catch(() => undefined);
  }

  get t(): Words['t'] {
    return this.words.t;
  }

  /** The hospital's own colour may replace the teal; both values were checked for contrast. */
  belongsTo(department: Department | null | undefined): void {
    if (!department) return;
    const known = this.department?.id === department.id ? this.department : null; // with a session it says less of itself
    this.department = {
      ...department, statements: department.statements ?? known?.statements ?? null, serviceDesk: department.serviceDesk ?? known?.serviceDesk ?? null,
    };
    const root = document.documentElement.style;
    for (const theme of ['light', 'dark'] as const) {
      const colour = department.brand?.[theme];
      if (colour && /^#[0-9a-f]{6}$/i.test(colour)) root.setProperty(`--brand-${theme}`, colour);
    }
  }

  /** What a department says at length comes after what people came for; only the foot of the page tells it. */
  complete(department: Department | null): void {
    this.belongsTo(department);
    fill(byId('foot')!, this.#foot());
  }

  /** Focus goes to the heading of a new state, so that a screen reader tells it. */
  show(view: (words: Words) => View, focus = false): void {
    this.#view = view;
    this.draw();
    if (focus) {
      const heading = document.querySelector<HTMLElement>('main h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus();
      scrollTo(0, 0);
    }
  }

  draw(): void {
    const typed = inputs();
    const focused = document.activeElement?.id;
    const view = this.#view(this.words);
    document.title = this.t('frame.title', { title: view.title, hospital: this.department?.hospital ?? 'Studygate' });
    const main = byId('main')!;
    main.classList.toggle('sg-wide', view.wide === true);
    fill(byId('head')!, this.#head(view.tools));
    main.classList.toggle('sg-beside', Boolean(view.aside));
    if (view.aside) {
      fill(main, h('div', { class: 'sg-column' }, view.main),
        h('aside', { class: 'sg-aside', 'aria-label': this.t('frame.help') }, view.aside));
    } else {
      fill(main, view.main);
    }
    fill(byId('foot')!, this.#foot());
    const skip = byId('skip');
    if (skip) skip.textContent = this.t('frame.skip');
    for (const [id, value] of typed) {
      const input = byId(id);
      if (input instanceof HTMLInputElement) input.value = value;
    }
    if (focused && document.activeElement === document.body) byId(focused)?.focus({ preventScroll: true });
  }

  /** Every address keeps the department, also while the server does not tell who it is. */
  address(path: string, more: Record<string, string> = {}): string {
    const d = this.department?.id ?? named();
    const query = new URLSearchParams({ ...(d ? { d } : {}), ...more });
    return query.size > 0 ? `${path}?${query}` : path;
  }

  #head(tools: Child): Node {
    return h('div', { class: 'sg-head-in' }, this.#hospital(), h('div', { class: 'sg-head-tools' }, tools, this.#switch()));
  }

  #hospital(): Node {
    const name = this.department?.hospital ?? 'Studygate';
    const mark = this.department?.logo
      ? h('img', { src: this.department.logo, alt: '', height: 44 })
      : h('span', { class: 'sg-hospital-mark', 'aria-hidden': 'true' },
          this.department ? name.charAt(0) : icon(ICONS.gate));
    return h('div', { class: 'sg-hospital' }, mark,
      h('div', { class: 'sg-hospital-names' }, h('strong', {}, name),
        this.department && this.department.name !== name && h('span', {}, this.department.name)));
  }

  #switch(): Node {
    const entry = ([code, name]: [string, string]) =>
      h('li', {}, h('button', {
        type: 'button', lang: code, 'aria-current': code === this.words.language ? 'true' : null,
        click: () => void this.#speak(code),
      }, name, code === this.words.language && icon(ICONS.tick, 18)));
    const details = h('details', { class: 'sg-language', id: 'language' },
      h('summary', { 'aria-label': this.t('frame.language', { language: LANGUAGES[this.words.language] ?? '' }) },
        icon(ICONS.globe, 20), LANGUAGES[this.words.language] ?? ''),
      h('ul', {}, Object.entries(LANGUAGES).map(entry)));
    details.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !details.open) return;
      details.open = false;
      details.querySelector('summary')?.focus();
    });
    details.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) details.open = false;
    });
    return details;
  }

  async #speak(language: string): Promise<void> {
    keep(language);
    this.words = await load(language, this.#rooms);
    this.draw();
    document.querySelector<HTMLElement>('#language summary')?.focus();
  }

  #foot(): Node {
    const step = here();
    const from: Record<string, string> = step ? { back: step } : {};
    const keep = (event: Event) => { if (placeIn(location.hash)?.series) (event.currentTarget as HTMLAnchorElement).hash = location.hash; };
    const link = (path: string, key: string) => h('li', {}, h('a', { href: this.address(path, from), click: keep }, this.t(key)));
    return h('div', { class: 'sg-foot-in' },
      h('ul', {}, link('/help', 'frame.help'), link('/conditions', 'frame.conditions'),
        statementLinks(this.words, this.department, this.address('/conditions', from))),
      h('span', { class: 'sg-ours' }, icon(ICONS.gate, 20), 'Studygate'));
  }
}

function inputs(): [string, string][] {
  return [...document.querySelectorAll<HTMLInputElement>('main input[id]')].map((input) => [input.id, input.value]);
}

/**
 * A page that is left keeps nothing of what it showed or was told, so the browser's Back shows no number
 * and no date after somebody has gone. What the browser has kept whole is asked anew when it comes back.
 */
function forgetful(): void {
  addEventListener('pagehide', () => {
    for (const input of document.querySelectorAll('input')) input.value = '';
    for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
    byId('main')?.replaceChildren();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
