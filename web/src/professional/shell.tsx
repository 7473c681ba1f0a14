import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Departments } from '../lib/answers.ts';
import { getPublic } from '../lib/api.ts';
import { LANGUAGES } from '../lib/languages.ts';
import { go, place } from './router.ts';
import { address, component, find, menu, type Route } from './routes.ts';
import { dismissed, ending, leave, look, state, stay, stuck, visit, want } from './session.ts';
import { Banner, Dialog, Failed, Icon, useTitle } from './ui.tsx';
import { choose, need, t, words } from './words.ts';

const ENTRANCE = '/professional';
const LIST = '/professional/studies';

/** Where `Studies` of the menu leads: the list as it was left. */
export const list = signal(LIST);

type Shown = { readonly path: string; readonly route: Route; readonly id: string; readonly Page: ComponentType<{ id: string }> };
const shown = signal<Shown | null>(null);
const failed = signal(false);
const missing = signal(false);

/** Which page the address asks for; who is not signed in is led to the entrance, and back here afterwards. */
export async function turn(): Promise<void> {
  const { path } = place.value;
  const found = find(path);
  failed.value = false;
  missing.value = found === null;
  if (!found) return;
  if (!found.route.open && state.value === 'none') {
    want();
    return go(ENTRANCE, 'replace');
  }
  if (path === ENTRANCE && state.value === 'open') return go(LIST, 'replace');
  try {
    const [Page] = await Promise.all([component(found.route), need(found.route.areas)]);
    if (place.value.path === path) shown.value = { path, ...found, Page };
  } catch {
    failed.value = place.value.path === path;
  }
}

export function Head() {
  const told = visit.value?.professional;
  const mine = state.value === 'open' && told ? menu(told.role) : [];
  const theirs = state.value === 'open' ? visit.value?.department : null;
  const name = theirs?.hospital ?? 'Studygate';
  const { path } = place.value;
  const here = (route: Route) => (address(route) === path ? 'page' : path.startsWith(`${address(route)}/`) ? 'true' : undefined);
  return (
    <div class={mine.length > 0 ? 'sg-head-in pro-head pro-in' : 'sg-head-in pro-head'}>
      <div class="sg-hospital">
        <span class="sg-hospital-mark" aria-hidden="true">{theirs ? name.charAt(0) : <Icon of="gate" size={24} />}</span>
        <div class="sg-hospital-names"><strong>{name}</strong><span>{theirs && theirs.name !== name ? theirs.name : t('shell.for')}</span></div>
      </div>
      {mine.length > 0 && (
        <nav class="pro-menu" aria-label={t('menu')}>
          <ul>{mine.map((route) => (
            <li key={route.page}><a href={address(route) === LIST ? list.value : address(route)} aria-current={here(route)}>{route.short ? <><span class="pro-roomy">{t(route.menu!)}</span><span class="pro-narrow">{t(route.short)}</span></> : t(route.menu!)}</a></li>
          ))}</ul>
        </nav>
      )}
      <div class="sg-head-tools">
        {state.value === 'open' && told && <span class="pro-who"><Icon of="person" /><span class="sg-visually-hidden">{t('shell.who')} </span>{told.name}</span>}
        {state.value === 'open' && <button type="button" class="sg-button sg-button-plain sg-button-small" id="leave" onClick={() => void leave()}><Icon of="leave" />{t('shell.leave')}</button>}
        <Language />
      </div>
    </div>
  );
}

function Language() {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => {
    details.current!.open = false;
    details.current!.querySelector('summary')!.focus();
  };
  const now = words.value.language;
  return (
    <details class="sg-language" id="language" ref={details}
      onKeyDown={(event) => { if (event.key === 'Escape' && details.current?.open) close(); }}
      onFocusOut={(event) => { if (event.relatedTarget instanceof Node && !details.current!.contains(event.relatedTarget)) details.current!.open = false; }}>
      <summary aria-label={t('shell.language', { language: LANGUAGES[now] ?? '' })}><Icon of="globe" /><span class="pro-roomy">{LANGUAGES[now] ?? ''}</span><span class="pro-narrow">{now.toUpperCase()}</span></summary>
      <ul>{Object.entries(LANGUAGES).map(([code, name]) => (
        <li key={code}><button type="button" lang={code} aria-current={code === now ? 'true' : undefined}
          onClick={() => void choose(code).then(close)}>{name}{code === now && <Icon of="tick" size={18} />}</button></li>
      ))}</ul>
    </details>
  );
}

export function Main() {
  const { value: at } = place;
  useEffect(() => void turn(), [at.path, state.value]);
  const gone = at.path === ENTRANCE ? new URLSearchParams(at.query).get('why') : null;
  if (failed.value) return <Failed again={() => void turn()} />;
  if (missing.value) return <Missing />;
  if (state.value === 'unreachable' && !find(at.path)?.route.open) return <Failed again={() => void look()} />;
  const page = shown.value;
  if (!page || page.path !== at.path || (state.value !== 'open' && !page.route.open)) return null;
  return (
    <>
      {(gone === 'left' || gone === 'time') && <div class="pro-gone"><Banner tone={gone === 'left' ? 'ok' : 'wait'} role="status"><p>{t(`ended.${gone}`)}</p></Banner></div>}
      <Arrived key={page.path} page={page} />
      {stuck.value && <Stuck />}
      {ending.value && !dismissed.value && <Ending at={ending.value.at} last={ending.value.last} />}
    </>
  );
}

let first = true;

/** A new page begins at its top, with the focus on its heading; what a page puts elsewhere by itself stays there. */
function Arrived({ page: { Page, id } }: { readonly page: Shown }) {
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    const nowhere = document.activeElement === document.body || !document.activeElement?.closest('main');
    if (!first && nowhere) {
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      if (scrollY > 0 && !document.querySelector('main [data-kept]')) scrollTo(0, 0);
    }
    first = false;
  }, []);
  return <Page id={id} />;
}

function Missing() {
  useTitle(t('missing.title'));
  return (
    <div class="sg-card sg-stack pro-state">
      <h1>{t('missing.title')}</h1>
      <p>{t('missing.text')}</p>
      <p><a class="sg-button" href={state.value === 'open' ? LIST : ENTRANCE}>{t(state.value === 'open' ? 'missing.list' : 'missing.entrance')}</a></p>
    </div>
  );
}

function Stuck() {
  const close = () => { stuck.value = false; };
  return (
    <Dialog title={t('leave.failed')} close={close} actions={<>
      <button type="button" class="sg-button" onClick={() => void leave()}>{t('shell.leave')}</button>
      <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('leave.later')}</button>
    </>}>
      <p>{t('leave.failed.text')}</p>
    </Dialog>
  );
}

/** Two minutes before the end it asks; a page that is read has time to say yes. */
function Ending({ at, last }: { readonly at: Date; readonly last: boolean }) {
  const close = () => { dismissed.value = true; };
  return (
    <Dialog title={t('ending.title')} {...(last ? { close } : {})} actions={<>
      {last ? <button type="button" class="sg-button" onClick={close}>{t('ending.close')}</button>
        : <button type="button" class="sg-button" onClick={() => void stay()}>{t('ending.stay')}</button>}
      <button type="button" class="sg-button sg-button-plain" onClick={() => void leave()}>{t('shell.leave')}</button>
    </>}>
      <p>{t(last ? 'ending.last' : 'ending.text', { time: words.value.time(at) })}</p>
    </Dialog>
  );
}

/** Every department of this environment, for whoever needs their names; asked once. */
export const departments = signal<Departments | null>(null);

export async function known(): Promise<void> {
  if (departments.value) return;
  const answer = await getPublic<Departments>('/api/departments');
  if (answer.kind === 'ok') departments.value = answer.value;
}

export function Foot() {
  useEffect(() => void known(), []);
  const desk = departments.value?.serviceDesk;
  return (
    <div class="sg-foot-in">
      <ul>
        {desk && <li class="pro-desk"><span>{t('shell.desk')}</span>
          {desk.phone && <a href={`tel:${desk.phone.replace(/[^+\d]/g, '')}`}>{desk.phone}</a>}
          {desk.email && <a href={`mailto:${desk.email}`}>{desk.email}</a>}</li>}
        <li><a href="/conditions">{t('shell.conditions')}</a></li>
      </ul>
      <span class="sg-ours"><Icon of="gate" />Studygate</span>
    </div>
  );
}
