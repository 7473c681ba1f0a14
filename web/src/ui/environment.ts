import type { Environments } from '../lib/answers.ts';
import { byId, h, icon } from '../lib/dom.ts';
import { address, choose, forget, type Portal, stay, type Turn } from '../lib/environment.ts';
import { type Catalogues, speak } from '../lib/languages.ts';
import type { Words } from '../lib/words.ts';
import { ICONS } from './icons.ts';
import '../../styles/environment.css';

const ROOM = { environment: import.meta.glob('@catalogues/*/environment.json') } as { environment: Catalogues };
type Here = NonNullable<Environments['here']>;

/** The question, or the menu in the upper left; both speak the language of the page, and change with it. */
export async function show(turn: Extract<Turn, { kind: 'ask' | 'back' }>, here: Here, path: string): Promise<void> {
  const element = turn.kind === 'ask' ? h('dialog', { class: 'sg-dialog', id: 'environment', 'aria-labelledby': 'environment-title' })
    : h('nav', { class: 'sg-environment', id: 'environment' });
  let spoken = '';
  const say = async () => {
    const language = document.documentElement.lang;
    if (language === spoken) return;
    spoken = language;
    const words = await speak(language, ROOM, ['environment']);
    const ticked = byId('environment-remember') instanceof HTMLInputElement && (byId('environment-remember') as HTMLInputElement).checked;
    element.replaceChildren(...(element instanceof HTMLDialogElement ? question(words, element, here, turn.to, path, ticked) : menu(words, element, here, turn.to, path)));
  };
  await say();
  new MutationObserver(() => void say()).observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
  byId('environment')?.remove();
  if (element instanceof HTMLDialogElement) {
    document.body.append(element);
    element.addEventListener('cancel', () => stay());
    element.addEventListener('close', () => element.remove());
    element.showModal();
  } else {
    byId('head')?.before(element);
  }
}

/** The country in the reader's own language; the environment's own name beside it. */
function country(words: Words, code: string): string {
  try {
    return new Intl.DisplayNames(words.language, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function question(words: Words, dialog: HTMLDialogElement, here: Here, to: Portal, path: string, ticked: boolean): HTMLElement[] {
  const { t } = words;
  const remember = h('input', { type: 'checkbox', id: 'environment-remember' });
  remember.checked = ticked;
  const name = (code: string) => country(words, code);
  const go = () => {
    if (remember.checked) choose(to.country);
    location.assign(address(to, path, 'from', here.country));
  };
  const remain = () => {
    if (remember.checked) choose(here.country);
    stay();
    dialog.close();
  };
  const fact = (label: string, value: string) => h('div', {}, h('dt', {}, label), h('dd', {}, value));
  return [
    h('div', { class: 'sg-stack' },
      h('h2', { id: 'environment-title' }, t('environment.title')),
      h('dl', { class: 'sg-places' }, fact(t('environment.there'), name(to.country)), fact(t('environment.here'), `${name(here.country)} (${here.name})`)),
      h('p', { class: 'sg-muted' }, t('environment.note')),
      h('label', { class: 'sg-tick', for: 'environment-remember' }, remember, h('span', {}, t('environment.remember')))),
    h('div', { class: 'sg-actions' },
      h('button', { class: 'sg-button', type: 'button', id: 'environment-go', click: go }, t('environment.go', { name: to.name })),
      h('button', { class: 'sg-button sg-button-plain', type: 'button', id: 'environment-stay', click: remain }, t('environment.stay', { name: here.name }))),
  ];
}

function menu({ t }: Words, nav: HTMLElement, here: Here, from: Portal, path: string): HTMLElement[] {
  nav.setAttribute('aria-label', t('environment.menu', { name: here.name }));
  const back = (why: 'once' | 'clear') => {
    if (why === 'clear') forget();
    location.assign(address(from, path, why, from.country));
  };
  const entry = (why: 'once' | 'clear') => h('li', {}, h('button', { type: 'button', id: `environment-${why}`, click: () => back(why) }, t(`environment.${why}`)));
  const details = h('details', { class: 'sg-environment-menu' },
    h('summary', {}, icon(ICONS.globe, 18), t('environment.menu', { name: here.name })),
    h('div', { class: 'sg-environment-list' }, h('p', { class: 'sg-muted sg-small' }, t('environment.from', { name: from.name })), h('ul', {}, entry('once'), entry('clear'))));
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  });
  details.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) details.open = false;
  });
  return [details];
}
