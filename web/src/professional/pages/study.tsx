import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SeriesLine } from '../../lib/answers.ts';
import { contentsBody } from '../../ui/contents.ts';
import { documentName, documentsOf } from '../../ui/documents.ts';
import { presetsOf } from '../../viewer/presets.ts';
import type { Window } from '../../viewer/shading.ts';
import { breaksGlass } from '../access/glass.ts';
import { keepAbout } from '../about.ts';
import { go } from '../router.ts';
import type CodeDialog from '../share/code.tsx';
import { Dialog, useTitle } from '../ui.tsx';
import { need, t, words } from '../words.ts';
import type { Cell } from '../viewer/cell.ts';
import { TOOLS, type ToolIcon } from '../viewer/icons.ts';
import { HELP, press } from '../viewer/keys.ts';
import { Room, type Said, type Sheet, type Study as StudyTold } from '../viewer/room.ts';
import type { Act, Layout, Tool } from '../viewer/viewer.ts';
import '../../../styles/lightbox.css';

const LIST = '/professional/studies';
const MAIN: readonly Tool[] = ['window', 'scroll', 'zoom', 'length'];
const ALL: readonly Tool[] = ['window', 'scroll', 'pan', 'zoom', 'length', 'angle', 'ellipse', 'rectangle', 'probe'];
const ACTS: readonly (readonly [Act, ToolIcon])[] = [['invert', 'invert'], ['left', 'turnLeft'], ['right', 'turnRight'], ['horizontal', 'flipAcross'], ['vertical', 'flipDown'], ['reset', 'again']];
const LAYOUTS: readonly (readonly [Layout, ToolIcon])[] = [['1x1', 'one'], ['1x2', 'across'], ['2x1', 'below'], ['2x2', 'four']];
const SKELETON_MS = 300;

const seen = signal(0);
/** Whoever calls it is drawn anew when the light box says that something is seen otherwise. */
const look = () => seen.value;
const narrow = matchMedia('(max-width: 47.9375rem), (max-height: 30rem)');

export default function Study({ id }: { readonly id: string }) {
  useTitle(t('lightbox.title')); // the browser's history keeps titles: none tells of whom
  const room = useMemo(() => new Room(id, {
    number: (value, digits) => value.toLocaleString(words.value.language, { maximumFractionDigits: digits }),
    word: (key, holes) => t(key, holes),
  }, () => { seen.value++; }), [id]);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const beside = /^\?beside=([0-9a-z]+)$/.exec(location.search)?.[1];
    void room.open().then(() => (beside && room.study ? room.prior(beside, true) : null));
    const timer = setTimeout(() => setLate(true), SKELETON_MS);
    const leave = () => room.close();
    addEventListener('pagehide', leave);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', leave);
      room.close();
    };
  }, [room]);
  look();
  switch (room.state) {
    case 'loading':
      return <div class="vw lb" aria-busy="true"><h1 class="sg-visually-hidden">{t('lightbox.title')}</h1>{late && <p class="vw-wait" role="status">{t('lightbox.loading')}</p>}</div>;
    case 'missing': case 'unreachable':
      return (
        <div class="sg-card sg-stack pro-state" role="alert">
          <h1>{t('lightbox.title')}</h1>
          <p>{t(`lightbox.${room.state}`)}</p>
          <div class="sg-actions">
            {room.state === 'unreachable' && <button type="button" class="sg-button" onClick={() => location.reload()}>{t('lightbox.again')}</button>}
            <a class="sg-button sg-button-plain" href={LIST}>{t('lightbox.list')}</a>
            {room.state === 'missing' && breaksGlass() && <a class="sg-button sg-button-plain" href={`/professional/glass/${id}`}>{t('lightbox.glass')}</a>}
          </div>
        </div>
      );
    case 'code':
      return (
        <div class="sg-card sg-stack pro-state">
          <h1>{t('lightbox.title')}</h1>
          <p>{t('lightbox.code')}</p>
          <Locked room={room} close={() => go(LIST)} />
          <div class="sg-actions"><a class="sg-button sg-button-plain" href={LIST}>{t('lightbox.list')}</a></div>
        </div>
      );
    case 'open':
      return <><Box room={room} /><Locked room={room} close={() => room.unlock(false)} /></>;
  }
}

/** Few studies ask for a code: the dialog and its words come when one does. */
function Locked({ room, close }: { readonly room: Room; readonly close: () => void }) {
  look();
  const [Dialog, set] = useState<typeof CodeDialog | null>(null);
  const asked = room.code;
  useEffect(() => {
    if (asked && !Dialog) void Promise.all([import('../share/code.tsx'), need(['share', 'signin'])]).then(([{ default: one }]) => set(() => one));
  }, [asked]);
  return asked && Dialog ? <Dialog key={asked.bucket} bucket={asked.bucket} done={() => room.unlock(true)} close={close} /> : null;
}

function Icon({ of, size = 20 }: { readonly of: ToolIcon; readonly size?: number }) {
  return <svg class="sg-icon" viewBox="0 0 24 24" width={`${size / 16}rem`} height={`${size / 16}rem`} aria-hidden="true" focusable="false"><path d={TOOLS[of]} /></svg>;
}

/** An icon and its word. */
function Button({ of, word, act, pressed, disabled, id, quiet }: {
  readonly of: ToolIcon; readonly word: string; readonly act: () => void; readonly pressed?: boolean; readonly disabled?: boolean; readonly id?: string; readonly quiet?: boolean;
}) {
  return (
    <button type="button" class={quiet ? 'vw-tool vw-quiet' : 'vw-tool'} id={id} aria-pressed={pressed} disabled={disabled} title={quiet ? word : undefined} onClick={act}>
      <Icon of={of} /><span class={quiet ? 'sg-visually-hidden' : ''}>{word}</span>
    </button>
  );
}

function Box({ room }: { readonly room: Room }) {
  look();
  const [help, setHelp] = useState(false);
  const [more, setMore] = useState(false);
  const [small, setSmall] = useState(narrow.matches);
  const [said, say] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const change = () => setSmall(narrow.matches);
    narrow.addEventListener('change', change);
    return () => narrow.removeEventListener('change', change);
  }, []);
  useEffect(() => { box.current?.querySelector<HTMLElement>('.vw-cell')?.focus({ preventScroll: true }); }, []);
  const full = () => void (document.fullscreenElement ? document.exitFullscreen() : box.current?.requestFullscreen?.())?.catch(() => undefined);
  const keys = (event: KeyboardEvent) => {
    if (event.defaultPrevented || (event.target as HTMLElement).matches('input, select, textarea, button, a, summary') && !/^[a-zA-Z0-9?+-]$/.test(event.key)) return;
    if ((event.target as HTMLElement).matches('input, select, textarea')) return;
    const mine = press(room, event, {
      preset: (at) => choices(room)[at]?.act(), help: () => setHelp(true), full,
      say: () => { const { pointing } = room.viewer.active; say(pointing ? t('lightbox.point', { point: pointing.set + 1, of: pointing.of }) : ''); },
    });
    if (mine) event.preventDefault();
  };
  const { viewer } = room;
  const study = room.study!;
  const glass = study.reasons?.every(({ kind }) => kind === 'glass') ? study.reasons[0] : undefined;
  return (
    <div class={room.sheet ? 'vw lb vw-sheeted' : 'vw lb'} ref={box} onKeyDown={keys} data-slow={viewer.slow || undefined}>
      <Top room={room} study={study} help={() => setHelp(true)} full={full} small={small} />
      {study.series.length > 0 && !small && <Bar room={room} />}
      <div class="vw-body">
        {study.series.length > 0 || study.messages?.length ? <Strip room={room} /> : null}
        <div class="vw-middle">
          {study.series.length > 0
            ? <div class={`vw-grid vw-${viewer.shape}`}>{viewer.cells.map((cell, at) => <Place key={cell} room={room} cell={cell} at={at} />)}</div>
            : <p class="vw-wait">{t('lightbox.noimages')}</p>}
          {glass && <p class="vw-note" id="glass"><Icon of="info" size={18} />{glass.until ? t('lightbox.glass.until', { time: words.value.dateTime(new Date(glass.until)) }) : t('lightbox.glass.open')}</p>}
          {room.failed && <p class="vw-note" role="alert">{t('lightbox.failed')}</p>}
          {!room.forDiagnosis && <p class="vw-note" id="not-for-diagnosis"><Icon of="info" size={18} />{t('study.notdiagnosis')}</p>}
          {room.statement && <Statement said={room.statement} />}
          <p class="sg-visually-hidden" role="status">{said}</p>
          {study.series.length > 0 && <Foot room={room} />}
        </div>
        {room.sheet && <Side room={room} sheet={room.sheet} />}
      </div>
      {study.series.length > 0 && small && (
        <div class="vw-bar" role="toolbar" aria-label={t('lightbox.tools')}>
          {MAIN.map((tool) => <Button key={tool} of={tool === 'zoom' ? 'zoom' : tool} word={t(`lightbox.tool.${tool}`)} pressed={viewer.tool === tool} act={() => viewer.setTool(tool)} />)}
          <Button of="more" word={t('lightbox.more')} id="more" act={() => setMore(true)} />
        </div>
      )}
      {more && (
        <Dialog title={t('lightbox.more')} close={() => setMore(false)} actions={<button type="button" class="sg-button" onClick={() => setMore(false)}>{t('lightbox.close')}</button>}>
          <div class="vw-more lb"><Bar room={room} rest /></div>
        </Dialog>
      )}
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

function Top({ room, study, help, full, small }: { readonly room: Room; readonly study: StudyTold; readonly help: () => void; readonly full: () => void; readonly small: boolean }) {
  look();
  const { patient } = study;
  const documents = documentsOf(study);
  return (
    <div class="vw-top">
      <a class="vw-tool vw-back" href={LIST}><Icon of="left" /><span>{t('lightbox.list')}</span></a>
      <div class="vw-about">
        <h1>{study.description || t('lightbox.title')}</h1>
        <p>{[patient.name, patient.anonymized && t('study.anonymized'), patient.birthDate && words.value.date(patient.birthDate), patient.id, study.date && words.value.date(study.date), study.accession].filter(Boolean).join(' · ')}</p>
      </div>
      <div class="vw-doors">
        {!patient.anonymized && <Button of="report" word={t('lightbox.report')} id="report" pressed={room.sheet === 'report'} disabled={!room.active?.report} act={() => room.toggle('report')} />}
        {documents.length > 0 && <Button of="stack" word={t('lightbox.documents')} id="documents" pressed={room.sheet === 'documents'} act={() => room.toggle('documents')} />}
        {room.keys && room.keys.length > 0 && <Button of="key" word={t('lightbox.keys', { n: room.keys.length })} id="keys" pressed={room.sheet === 'keys'} act={() => room.toggle('keys')} />}
        {!small && <Button of="measures" word={t('lightbox.measures')} id="measures" pressed={room.sheet === 'measures'} act={() => room.toggle('measures')} />}
        <a class="vw-tool" id="share" href={`/professional/share?studies=${study.id}`}><Icon of="share" /><span>{t('bar.share')}</span></a>
        <a class="vw-tool" id="access" href={`${LIST}/${study.id}/access`} onClick={() => keepAbout(study.id, { patient: patient.name, description: study.description, date: study.date })}><Icon of="access" /><span>{t('row.access')}</span></a>
        <Button of="full" word={t('lightbox.full')} id="full" quiet act={full} />
        <Button of="help" word={t('lightbox.help')} id="help" quiet act={help} />
      </div>
      <History room={room} study={study} />
    </div>
  );
}

/** Former examinations, newest first: one at a time in place of this one, or beside it. */
function History({ room, study }: { readonly room: Room; readonly study: StudyTold }) {
  look();
  const [failed, fail] = useState(false);
  const prior = study.prior ?? [];
  if (prior.length === 0) return null;
  const here = room.active?.id;
  const go = (id: string, beside: boolean) => void room.prior(id, beside).then((done) => fail(!done));
  const named = (one: { readonly date: string | null; readonly description: string; readonly modalities: readonly string[] }) =>
    [one.date && words.value.date(one.date), one.description || one.modalities.join(', ')].filter(Boolean).join(' · ');
  return (
    <nav class="vw-history" aria-label={t('lightbox.history')}>
      <ul>
        <li><button type="button" class="vw-exam" aria-current={here === study.id ? 'true' : undefined} onClick={() => go(study.id, false)}>{named(study)}</button></li>
        {prior.map((one) => (
          <li key={one.id}>
            <button type="button" class="vw-exam" aria-current={here === one.id ? 'true' : undefined} onClick={() => go(one.id, false)}>{named(one)}</button>
            <button type="button" class="vw-tool vw-quiet" title={t('lightbox.compare', { study: named(one) })} onClick={() => go(one.id, true)}><Icon of="beside" /><span class="sg-visually-hidden">{t('lightbox.compare', { study: named(one) })}</span></button>
          </li>
        ))}
      </ul>
      {failed && <p role="alert">{t('lightbox.priorfailed')}</p>}
    </nav>
  );
}

/** All tools; on a phone what its own bar has not. */
function Bar({ room, rest = false }: { readonly room: Room; readonly rest?: boolean }) {
  look();
  const { viewer } = room;
  const tools = rest ? ALL.filter((tool) => !MAIN.includes(tool)) : ALL;
  const count = viewer.active.count;
  return (
    <div class={rest ? 'vw-rest' : 'vw-bar'} role="toolbar" aria-label={t('lightbox.tools')}>
      <div class="vw-group">{tools.map((tool) => <Button key={tool} of={tool === 'zoom' ? 'zoom' : tool} word={t(`lightbox.tool.${tool}`)} pressed={viewer.tool === tool} act={() => viewer.setTool(tool)} />)}</div>
      <div class="vw-group">
        {ACTS.map(([act, icon]) => <Button key={act} of={icon} word={t(`lightbox.${act}`)} quiet={!rest && act !== 'reset'} {...(act === 'invert' ? { pressed: viewer.active.inverted } : {})} act={() => viewer.act(act)} />)}
      </div>
      <Light room={room} />
      <div class="vw-group">
        <Button of={viewer.active.playing ? 'pause' : 'play'} word={t('lightbox.cine')} pressed={viewer.active.playing} disabled={count < 2} act={() => viewer.play()} />
        {LAYOUTS.map(([layout, icon]) => <Button key={layout} of={icon} word={t('lightbox.layout', { layout: layout.replace('x', ' × ') })} quiet={!rest} pressed={viewer.shape === layout} act={() => room.layout(layout)} />)}
        <Button of="link" word={t('lightbox.link')} quiet={!rest} pressed={viewer.linked} disabled={viewer.cells.length < 2} act={() => viewer.link(!viewer.linked)} />
        <Button of="lines" word={t('lightbox.lines')} quiet={!rest} pressed={viewer.crossing} disabled={viewer.cells.length < 2} act={() => viewer.cross(!viewer.crossing)} />
        <Button of="text" word={t('lightbox.overlay')} quiet={!rest} pressed={room.facts} act={() => room.overlay()} />
        {rest && <Button of="measures" word={t('lightbox.measures')} act={() => room.toggle('measures')} />}
      </div>
    </div>
  );
}

type Choice = { readonly name: string; readonly window: Window | null; readonly act: () => void };

/** The windows that one may choose: as the file wants it, the file's others, and those of the organ. */
function choices(room: Room): readonly Choice[] {
  const { viewer } = room;
  const { stack, index } = viewer.active;
  if (!stack) return [];
  const own = stack.windows(index);
  const choice = (name: string, window: Window | null): Choice => ({ name, window, act: () => viewer.setWindow(window) });
  return [
    choice(t('lightbox.window.own'), null),
    ...own.slice(1).map((window, i) => choice(window.explanation || t('viewer.own', { number: i + 2 }), window)),
    ...presetsOf(stack.series.modality, own[0] ?? stack.place(index)?.window ?? null).map(({ key, window }) => choice(t(key), { ...window, function: 'LINEAR' })),
  ].slice(0, 9);
}

function Light({ room }: { readonly room: Room }) {
  look();
  const { viewer } = room;
  const now = viewer.active.window;
  const all = choices(room);
  const set = (change: Partial<Window>) => {
    const drawn = viewer.active.window; // it may be another than was written here last
    if (drawn) viewer.setWindow({ center: drawn.window.center, width: drawn.window.width, function: 'LINEAR', ...change });
  };
  return (
    <div class="vw-group vw-light">
      <label class="vw-field"><span>{t('lightbox.presets')}</span>
        <select id="presets" disabled={!now} value={String(all.findIndex(({ window }) => (window === null ? now?.own : now && near(window, now.window))))}
          onChange={(event) => all[Number(event.currentTarget.value)]?.act()}>
          <option value="-1" hidden>{t('lightbox.window.free')}</option>
          {all.map(({ name }, i) => <option key={name} value={String(i)}>{`${i + 1} ${name}`}</option>)}
        </select>
      </label>
      {(['center', 'width'] as const).map((key) => <Level key={key} of={key} now={now ? Math.round(now.window[key]) : undefined} set={(value) => set({ [key]: value })} />)}
    </div>
  );
}

const LINE = 160;

/** The department's own words of diagnosis: a line as it stands, more of them when asked for. */
function Statement({ said }: { readonly said: Said }) {
  const [whole, setWhole] = useState(false);
  const { hospital, text, language } = said;
  const name = t('lightbox.statement', { hospital });
  const lang = language === words.value.language ? undefined : language;
  if (/^https:\/\/\S+$/.test(text)) return <p class="vw-said"><a href={text} rel="noopener noreferrer" target="_blank" hreflang={language}>{name}</a></p>;
  if (text.length <= LINE && !text.includes('\n')) return <p class="vw-said"><span class="sg-visually-hidden">{name}</span><span lang={lang}>{text}</span></p>;
  return (
    <p class="vw-said"><button type="button" class="sg-link" id="statement" onClick={() => setWhole(true)}>{name}</button>
      {whole && (
        <Dialog title={name} close={() => setWhole(false)} actions={<button type="button" class="sg-button" onClick={() => setWhole(false)}>{t('lightbox.close')}</button>}>
          <div lang={lang}>{text.split(/\n{2,}/).map((part) => <p key={part} class="sg-lines">{part}</p>)}</div>
        </Dialog>
      )}
    </p>
  );
}

/** A number of the window. What is being typed stays, whatever is drawn meanwhile. */
function Level({ of, now, set }: { readonly of: 'center' | 'width'; readonly now: number | undefined; readonly set: (value: number) => void }) {
  const [typed, type] = useState<string | null>(null);
  const enter = (text: string) => {
    const value = Number(text);
    if (text !== '' && Number.isFinite(value) && (of === 'center' || value >= 1)) set(value);
  };
  return (
    <label class="vw-field"><span>{t(`lightbox.window.${of}`)}</span>
      <input type="number" inputMode="numeric" step="1" min={of === 'width' ? 1 : undefined} disabled={now === undefined} value={typed ?? now ?? ''} id={`window-${of}`}
        onInput={(event) => type(event.currentTarget.value)} onChange={(event) => enter(event.currentTarget.value)} onBlur={() => type(null)} />
    </label>
  );
}

function near(one: Window, other: Window): boolean {
  return Math.abs(one.center - other.center) < 1 && Math.abs(one.width - other.width) < 1;
}

function nameOf(series: SeriesLine): string {
  return series.description || t('study.series.unnamed', { number: series.number ?? 1 });
}

/** The series of the study in hand. */
function Strip({ room }: { readonly room: Room }) {
  look();
  const study = room.active;
  const here = room.of(room.viewer.active)?.series.uid;
  if (!study) return null;
  return (
    <nav class="vw-strip" aria-label={t('lightbox.series')}>
      <ul>{study.messages?.map(({ by }, place) => (
        <li key={place}>
          <button type="button" class="vw-series" id={place === 0 ? 'messages' : undefined} aria-pressed={room.sheet === 'messages'} onClick={() => room.toggle('messages')}>
            <span class="vw-noimage"><Icon of="mail" /></span>
            <span class="vw-series-text"><strong>{t('lightbox.message')}</strong><span>{by}</span></span>
          </button>
        </li>
      ))}{study.series.map((series) => (
        <li key={series.uid}>
          <button type="button" class="vw-series" aria-current={series.uid === here ? 'true' : undefined} onClick={() => room.choose(series)}>
            {series.preview ? <img src={series.preview} alt="" width={72} height={72} loading="lazy" /> : <span class="vw-noimage"><Icon of="stack" /></span>}
            <span class="vw-series-text"><strong>{nameOf(series)}</strong><span>{series.modality} · {t('study.series.count', { n: Math.max(series.instances, series.frames) })}</span></span>
          </button>
        </li>
      ))}</ul>
    </nav>
  );
}

/** One window, with what is said over it. */
function Place({ room, cell, at }: { readonly room: Room; readonly cell: Cell; readonly at: number }) {
  look();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.append(cell.element);
    cell.resized(false);
  }, [cell]);
  const { viewer } = room;
  const shown = room.of(cell);
  const number = Math.max(0, cell.seen) + 1;
  const label = shown ? t('lightbox.label', { series: nameOf(shown.series), image: number, of: Math.max(1, cell.count) }) : t('lightbox.empty');
  return (
    <div class="vw-cell" role="group" aria-roledescription={t('lightbox.window.role')} tabIndex={0} aria-label={label} aria-current={viewer.active === cell && viewer.cells.length > 1 ? 'true' : undefined}
      onFocusIn={() => { if (viewer.active !== cell) viewer.activate(at); }} onPointerDown={() => { if (viewer.active !== cell) viewer.activate(at); }}>
      <div class="vw-mount" ref={place} />
      {shown && <Over room={room} cell={cell} study={shown.study} series={shown.series} number={number} />}
      {!shown && <p class="vw-wait">{t('lightbox.empty')}</p>}
      {cell.missing && <p class="vw-wait">{t('viewer.missing')}</p>}
      {!cell.line && <p class="vw-note vw-line" role="status">{t('viewer.offline')}</p>}
    </div>
  );
}

function Over({ room, cell, study, series, number }: { readonly room: Room; readonly cell: Cell; readonly study: StudyTold; readonly series: SeriesLine; readonly number: number }) {
  look();
  const { picture, edges, ruler, scale } = cell;
  const light = cell.window;
  const facts = picture?.facts;
  const wait = cell.seen >= 0 && cell.seen !== cell.index;
  return (
    <div class="vw-over" aria-hidden="true">
      {room.facts && (
        <div class="vw-corner vw-tl">
          <p>{(!study.patient.anonymized && facts?.patient) || study.patient.name}</p>
          {!study.patient.anonymized && <p>{[facts?.patientId, facts?.birthDate, facts?.sex].filter(Boolean).join(' · ')}</p>}
          <p>{[study.description, facts?.at || study.date].filter(Boolean).join(' · ')}</p>
          <p>{[series.number, nameOf(series)].filter(Boolean).join(' ')}</p>
        </div>
      )}
      {room.facts && (
        <div class="vw-corner vw-tr">
          <p>{facts?.institution}</p>
          {facts?.technique && <p>{facts.technique}</p>}
          {facts?.thickness && <p>{t('lightbox.thickness', { value: `${short(facts.thickness)} mm` })}</p>}
          {facts?.location && <p>{t('lightbox.location', { value: `${short(facts.location)} mm` })}</p>}
        </div>
      )}
      <div class="vw-corner vw-bl">
        <p class="vw-number">{t('viewer.image', { image: number, of: Math.max(1, cell.count) })}{wait && ` → ${cell.index + 1}`}</p>
        {light && <p>{[t('lightbox.wl', { center: Math.round(light.window.center), width: Math.round(light.window.width) }), cell.inverted && t('lightbox.invert')].filter(Boolean).join(' · ')}</p>}
        {scale !== null && <p>{[words.value.percent(scale), picture?.scale === 'detector' && t('lightbox.detector')].filter(Boolean).join(' · ')}</p>}
      </div>
      {ruler && <div class="vw-ruler" ref={(element) => { if (element) element.style.width = `${ruler.width}px`; }}><span>{ruler.millimetres >= 10 ? `${ruler.millimetres / 10} cm` : `${ruler.millimetres} mm`}</span></div>}
      {edges && <><span class="vw-edge vw-n">{edges.top}</span><span class="vw-edge vw-e">{edges.right}</span><span class="vw-edge vw-s">{edges.bottom}</span><span class="vw-edge vw-w">{edges.left}</span></>}
    </div>
  );
}

function short(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? number.toLocaleString(words.value.language, { maximumFractionDigits: 2 }) : value;
}

/** Which picture, and the way to the others. */
function Foot({ room }: { readonly room: Room }) {
  look();
  const { viewer } = room;
  const cell = viewer.active;
  const holes = { image: cell.index + 1, of: Math.max(1, cell.count) };
  if (cell.count < 2) return <p class="vw-foot"><output class="vw-place" aria-live="polite">{t('viewer.image', holes)}</output></p>;
  return (
    <div class="vw-foot">
      <Button of="previous" word={t('viewer.prev')} quiet act={() => viewer.go(cell.index - 1)} />
      <input class="lb-slider" type="range" min="1" max={cell.count} step="1" value={cell.index + 1} aria-label={t('lightbox.slider')} aria-valuetext={t('viewer.image', holes)}
        onInput={(event) => viewer.go(Number(event.currentTarget.value) - 1)} />
      <Button of="next" word={t('viewer.next')} quiet act={() => viewer.go(cell.index + 1)} />
      <output class="vw-place" aria-live="polite">{t('viewer.image', { image: Math.max(0, cell.seen) + 1, of: holes.of })}</output>
    </div>
  );
}

function Side({ room, sheet }: { readonly room: Room; readonly sheet: Sheet }) {
  look();
  const title = { report: 'lightbox.report', messages: 'lightbox.messages', documents: 'lightbox.documents', measures: 'lightbox.measures', keys: 'lightbox.keys.title' }[sheet];
  const panel = useRef<HTMLElement>(null);
  useEffect(() => { panel.current?.focus({ preventScroll: true }); }, [sheet]);
  const close = () => {
    room.toggle(null);
    requestAnimationFrame(() => document.getElementById(sheet)?.focus()); // beside a sheet a phone has no room for the series
  };
  return (
    <section class="vw-side" aria-labelledby="side-title" tabIndex={-1} ref={panel} onKeyDown={(event) => { if (event.key === 'Escape') close(); }}>
      <div class="vw-side-head"><h2 id="side-title">{t(title)}</h2><Button of="close" word={t('lightbox.close')} quiet act={close} /></div>
      {sheet === 'report' ? <ReportText room={room} /> : sheet === 'messages' ? <Messages room={room} /> : sheet === 'documents' ? <Documents room={room} /> : sheet === 'keys' ? <Keys room={room} /> : <Measures room={room} />}
    </section>
  );
}

function ReportText({ room }: { readonly room: Room }) {
  look();
  const [failed, fail] = useState(false);
  const { report } = room;
  if (!room.active?.report) return <p>{t('report.missing')}</p>;
  if (report === null || report === 'loading') return <p role="status">{t('lightbox.loading')}</p>;
  if (report === 'failed') return <p role="alert">{t('lightbox.reportfailed')}</p>;
  const { report: told, contents, study } = report;
  const pdf = () => {
    const tab = open('about:blank', '_blank'); // within the click, or the browser would stop it
    if (tab) tab.opener = null;
    void room.pdf().then((address) => {
      fail(!address);
      if (address) (tab ?? window).location.assign(address);
      else tab?.close();
    });
  };
  const parts = (told.text ?? '').split(/\n{2,}/).filter((part) => part.trim() !== '');
  return (
    <article class="vw-report">
      <p class="sg-tag">{t(`study.report.${told.state}`)}</p>
      <dl>
        <div><dt>{t('report.exam')}</dt><dd>{[study.description, study.date && words.value.date(study.date)].filter(Boolean).join(' · ')}</dd></div>
        <div><dt>{t('report.date')}</dt><dd>{words.value.dateTime(new Date(told.at))}</dd></div>
        {told.signedBy && <div><dt>{t('report.author')}</dt><dd>{told.signedBy}</dd></div>}
      </dl>
      {parts.length > 0 ? <div lang={told.language || undefined}>{parts.map((part, i) => <p key={i} class="vw-part">{part}</p>)}</div>
        : contents ? <Html of={contentsBody(words.value, contents, 2, { series: study.series, address: () => '#' })} /> : <p>{t(told.pdfUrl ? 'report.file' : 'lightbox.reportempty')}</p>}
      {told.pdfUrl && <p><button type="button" class="sg-button sg-button-plain" id="pdf" onClick={pdf}>{t('report.pdf')}</button></p>}
      {failed && <p role="alert">{t('report.failed')}</p>}
    </article>
  );
}

function Messages({ room }: { readonly room: Room }) {
  look();
  return <>{(room.active?.messages ?? []).map(({ by, at, text }, place) => (
    <article class="vw-report" key={place}>
      <p class="sg-muted">{[by, words.value.dateTime(new Date(at))].filter(Boolean).join(' · ')}</p>
      <p class="sg-lines">{text}</p>
    </article>
  ))}</>;
}

function Html({ of }: { readonly of: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { place.current?.replaceChildren(of); }, [of]);
  return <div ref={place} />;
}

function Documents({ room }: { readonly room: Room }) {
  look();
  const study = room.active!;
  const { document: read } = room;
  return (
    <>
      <ul class="vw-list">{documentsOf(study).map((line) => (
        <li key={line.uid}><button type="button" class="vw-exam" onClick={() => void room.read(line)}>{[documentName(words.value, line), line.title].filter(Boolean).join(' · ')}</button></li>
      ))}</ul>
      {read === 'loading' && <p role="status">{t('lightbox.loading')}</p>}
      {read === 'failed' && <p role="alert">{t('document.missing')}</p>}
      {read && typeof read === 'object' && (read.contents ? <Html of={contentsBody(words.value, read.contents, 2, { series: study.series, address: () => '#' })} /> : <p>{t('lightbox.unread')}</p>)}
    </>
  );
}

function Keys({ room }: { readonly room: Room }) {
  look();
  return (
    <ul class="vw-list">{(room.keys ?? []).map((key, at) => (
      <li key={at}><button type="button" class="vw-exam" onClick={() => void room.key(at)}>{[t('lightbox.keys.one', { number: at + 1, series: nameOf(key.series) }), key.document].filter(Boolean).join(' · ')}</button></li>
    ))}</ul>
  );
}

function Measures({ room }: { readonly room: Room }) {
  look();
  const { viewer } = room;
  const all = viewer.measures();
  const { stack } = viewer.active;
  const where = (image: string) => { const at = stack ? Array.from({ length: stack.count }, (_, i) => stack.id(i)).indexOf(image) : -1; return at < 0 ? null : at; };
  if (all.length === 0) return <p>{t('lightbox.measures.none')}</p>;
  return (
    <>
      <p class="sg-muted">{t('lightbox.measures.kept')}</p>
      <ul class="vw-list">{all.map(({ id, tool, image, lines }) => {
        const at = where(image);
        return (
          <li key={id} class="vw-measure">
            <button type="button" class="vw-exam" disabled={at === null} onClick={() => { if (at !== null) viewer.go(at); }}>
              <strong>{t(`lightbox.tool.${tool}`)}</strong>{' '}{at !== null && <span class="sg-muted">{t('lightbox.measures.image', { image: at + 1 })}</span>}<span class="vw-lines">{lines.join(' · ')}</span>
            </button>
            <Button of="remove" word={t('lightbox.measures.remove', { tool: t(`lightbox.tool.${tool}`) })} quiet act={() => viewer.remove(id)} />
          </li>
        );
      })}</ul>
      <p><button type="button" class="sg-button sg-button-plain" onClick={() => viewer.remove(null)}>{t('lightbox.measures.clear')}</button></p>
    </>
  );
}

function Help({ close }: { readonly close: () => void }) {
  return (
    <Dialog title={t('lightbox.help')} wide close={close} actions={<button type="button" class="sg-button" onClick={close}>{t('lightbox.close')}</button>}>
      <p tabIndex={-1} autofocus>{t('lightbox.help.mouse')}</p>
      <p>{t('lightbox.help.measure')}</p>
      <div class="vw-help">{HELP.map(([title, keys]) => (
        <section key={title}><h3>{t(title)}</h3><dl>{keys.map(([key, word]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(word)}</dd></div>)}</dl></section>
      ))}</div>
    </Dialog>
  );
}
