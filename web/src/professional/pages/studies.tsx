import { effect, signal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import '../../../styles/studies.css';
import type { Label, Reason, Work } from '../../lib/answers.ts';
import { read, spread } from '../../lib/birthdate.ts';
import { breaksGlass } from '../access/glass.ts';
import { keepAbout } from '../about.ts';
import { get, post } from '../api.ts';
import { any, call, type Column, type Filters, filtersOf, type Line, NEWEST, NO_TERMS, queryOf, reasonsOf, sorted, StudyList, type Terms } from '../list.ts';
import { go, place, requery } from '../router.ts';
import { ahead } from '../routes.ts';
import { visit } from '../session.ts';
import { departments, known, list as left } from '../shell.tsx';
import { Banner, day, Dialog, Icon, useTitle } from '../ui.tsx';
import { t, words } from '../words.ts';

const AGAIN_MS = 5 * 60_000;
const PATIENCE_MS = 300;
const LIST = '/professional/studies';
const MOST_PASSED_ON = 50;
const LETTERS = 'studygate.letters';
const MODALITIES = ['CT', 'MR', 'US', 'DX', 'CR', 'MG', 'NM', 'PT', 'XA', 'RF', 'OT'];
const COLUMNS: readonly Column[] = ['date', 'patient', 'exam', 'department', 'accession', 'reason', 'report'];

const list = new StudyList((asked) => {
  const { path, body } = call(asked);
  return body ? post<Work>(path, body) : get<Work>(path);
});
const help = signal(false);
/** On a phone the list comes first, and what it is searched by when it is asked for. */
const NARROW = matchMedia('(max-width: 40rem)');
const narrow = signal(NARROW.matches);
/** Letters as keys can be switched off: some speak to their computer, or hit keys by mistake. */
const letters = signal(keysKept());

effect(() => {
  const query = queryOf(list.filters.value);
  left.value = query ? `${LIST}?${query}` : LIST;
});

export default function Studies() {
  useTitle(t('list.title'));
  useEffect(() => {
    const asked = filtersOf(place.value.query);
    // a plain link leads back to the list as it was left
    const filters = list.state.value === 'there' && !any(asked) ? list.filters.value : asked;
    requery(queryOf(filters));
    if (list.state.value === 'there' && queryOf(filters) === queryOf(list.filters.value)) void list.again();
    else void list.begin(filters);
    void known();
    ahead('study');
    const timer = setInterval(() => void list.again(), AGAIN_MS);
    const online = () => void (list.state.value === 'there' ? list.again() : list.begin());
    addEventListener('online', online);
    const fold = () => { narrow.value = NARROW.matches; };
    NARROW.addEventListener('change', fold);
    document.addEventListener('keydown', letter);
    return () => {
      clearInterval(timer);
      removeEventListener('online', online);
      NARROW.removeEventListener('change', fold);
      document.removeEventListener('keydown', letter);
    };
  }, []);
  useLayoutEffect(() => {
    const kept = list.kept;
    if (kept) {
      scrollTo(0, kept.y);
      if (kept.id) document.getElementById(`open-${kept.id}`)?.focus({ preventScroll: true });
    }
    return () => { list.kept = { y: scrollY, id: list.kept?.id ?? null }; };
  }, []);
  return (
    <div class="st" data-kept={list.kept ? '' : undefined}>
      <div class="st-head">
        <h1>{t('list.title')}</h1>
        <button type="button" class="sg-link" id="keys" onClick={() => { help.value = true; }}><Icon of="info" />{t('keys.title')}</button>
      </div>
      {list.bare.value ? null : narrow.value ? (
        <details class="sg-details sg-card st-fold">
          <summary>{t('search.fold')}{(any(list.terms.value) || any(list.filters.value)) && <span class="sg-tag">{t('search.on')}</span>}</summary>
          <div class="st-folded"><Search /><Filtering /></div>
        </details>
      ) : <><Search /><Filtering /></>}
      <Body />
      <Bar />
      {help.value && <Keys />}
    </div>
  );
}

/* --- what is asked for --- */

const searched = signal<Terms>(NO_TERMS);
const birthWrong = signal(false);

/** What is typed here is posted and kept in memory alone: names and numbers stand in no address. */
function Search() {
  const form = useRef<HTMLFormElement>(null);
  const type = (name: keyof Terms) => (event: Event) => { searched.value = { ...searched.value, [name]: (event.currentTarget as HTMLInputElement).value }; };
  const send = (event: Event) => {
    event.preventDefault();
    const typed = searched.value;
    const birth = birthOf(typed.birthDate);
    birthWrong.value = birth === null;
    if (birth === null) return void form.current?.querySelector<HTMLInputElement>('#search-birth')?.focus();
    void list.begin(list.filters.value, { q: typed.q.trim(), birthDate: birth, patientId: typed.patientId.trim(), accession: typed.accession.trim() });
  };
  const field = (id: string, name: keyof Terms, label: string) => (
    <div>
      <label class="sg-label" for={id}>{label}</label>
      <input class="sg-input" id={id} type="text" autocomplete="off" autocapitalize="none" spellcheck={false} value={searched.value[name]} onInput={type(name)}
        aria-invalid={name === 'birthDate' && birthWrong.value ? 'true' : undefined} aria-describedby={name === 'birthDate' && birthWrong.value ? 'search-birth-error' : undefined} />
      {name === 'birthDate' && birthWrong.value && <p class="sg-error" id="search-birth-error" role="alert"><span>{t('search.birth.wrong')}</span></p>}
    </div>
  );
  return (
    <form class="sg-card st-search" role="search" aria-label={t('search')} noValidate onSubmit={send} ref={form}>
      {field('search-q', 'q', t('search.q'))}
      {field('search-birth', 'birthDate', t('search.birth'))}
      {field('search-patient', 'patientId', t('search.patientId'))}
      {field('search-accession', 'accession', t('search.accession'))}
      <div class="st-go">
        <button type="submit" class="sg-button">{t('search.go')}</button>
        {(any(searched.value) || any(list.terms.value)) && <button type="button" class="sg-link" onClick={clearSearch}>{t('search.clear')}</button>}
      </div>
    </form>
  );
}

function clearSearch(): void {
  searched.value = NO_TERMS;
  birthWrong.value = false;
  if (any(list.terms.value)) void list.begin(list.filters.value, NO_TERMS);
  toSearch();
}

/** As the API takes it; empty where nothing is typed, null where it is no day. */
function birthOf(typed: string): string | null {
  if (typed.trim() === '') return '';
  const parts = spread(typed, words.value.language);
  const found = parts && read(parts, words.value.language, today(), true);
  return found?.kind === 'date' ? found.value : null;
}

const between = signal(false);
const dayWrong = signal<'from' | 'to' | null>(null);

function Filtering() {
  const now = list.filters.value;
  const set = (some: Partial<Filters>) => {
    const filters = { ...list.filters.value, ...some };
    requery(queryOf(filters));
    void list.begin(filters);
  };
  const value = (event: Event) => (event.currentTarget as HTMLSelectElement).value;
  const period = between.value ? 'between' : periodOf(now);
  const choosePeriod = (chosen: string) => {
    between.value = chosen === 'between';
    dayWrong.value = null;
    if (chosen !== 'between') set(chosen ? { from: since(chosen), to: '' } : { from: '', to: '' });
  };
  const typedDay = (name: 'from' | 'to') => (event: Event) => {
    const typed = value(event);
    const parts = spread(typed, words.value.language);
    const found = parts && read(parts, words.value.language, '9999-12-31');
    const wrong = typed.trim() !== '' && found?.kind !== 'date';
    dayWrong.value = wrong ? name : null;
    const next = found?.kind === 'date' ? found.value : '';
    if (!wrong && next !== now[name]) set({ [name]: next });
  };
  const all = departments.value?.departments ?? [];
  const labels = [...new Set([...(now.label ? [now.label] : []), ...list.lines.value.flatMap((line) => line.labels.map(({ text }) => text))])];
  return (
    <div class="st-filters" role="group" aria-label={t('filter')}>
      <Choice id="filter-modality" label={t('filter.modality')} now={now.modality} choose={(modality) => set({ modality })}
        options={(now.modality && !MODALITIES.includes(now.modality) ? [...MODALITIES, now.modality] : MODALITIES).map((code) => [code, modality(code)])} />
      <Choice id="filter-period" label={t('filter.period')} now={period} choose={choosePeriod}
        options={['day', 'week', 'month', 'year', 'between'].map((one) => [one, t(`period.${one}`)])} />
      {period === 'between' && (['from', 'to'] as const).map((name) => (
        <div key={name}>
          <label class="sg-label" for={`filter-${name}`}>{t(`filter.${name}`)}</label>
          <input class="sg-input st-day" id={`filter-${name}`} type="text" autocomplete="off" defaultValue={now[name] && day(now[name])} onChange={typedDay(name)}
            aria-invalid={dayWrong.value === name ? 'true' : undefined} aria-describedby={dayWrong.value === name ? 'filter-day-error' : undefined} />
        </div>
      ))}
      {all.length > 1 && <Choice id="filter-department" label={t('filter.department')} now={now.department} choose={(department) => set({ department })}
        options={all.map(({ id, name, hospital }) => [id, name === hospital ? name : `${hospital}, ${name}`])} />}
      {labels.length > 0 && <Choice id="filter-label" label={t('filter.label')} now={now.label} choose={(label) => set({ label })} options={labels.map((text) => [text, text === MESSAGE ? t('label.message.green') : text])} />}
      <label class="st-check"><input type="checkbox" id="filter-unread" checked={now.unread} onChange={(event) => set({ unread: event.currentTarget.checked })} />{t('filter.unread')}</label>
      {any(now) && <button type="button" class="sg-link" onClick={() => { between.value = false; dayWrong.value = null; set(filtersOf('')); }}>{t('filter.clear')}</button>}
      <div class="st-phone-sort">
        <Choice id="sort" label={t('sort')} now={list.sort.value.by} all={false} choose={(by) => { list.sort.value = { by: by as Column, up: by !== 'date' }; }}
          options={COLUMNS.map((one) => [one, t(`column.${one}`)])} />
      </div>
      {dayWrong.value && <p class="sg-error" id="filter-day-error" role="alert"><span>{t('search.birth.wrong')}</span></p>}
    </div>
  );
}

function Choice({ id, label, now, options, choose, all = true }: {
  readonly id: string; readonly label: string; readonly now: string; readonly options: readonly (readonly [string, string])[];
  readonly choose: (value: string) => void; readonly all?: boolean;
}) {
  return (
    <div>
      <label class="sg-label" for={id}>{label}</label>
      <select class="sg-input" id={id} value={now} onChange={(event) => choose(event.currentTarget.value)}>
        {all && <option value="">{t('filter.all')}</option>}
        {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
    </div>
  );
}

const DAYS: Readonly<Record<string, number>> = { day: 0, week: 7, month: 30, year: 365 };

function since(period: string): string {
  return localDay(new Date(Date.now() - DAYS[period]! * 86_400_000));
}

function periodOf({ from, to }: Filters): string {
  if (from === '' && to === '') return '';
  return (to === '' && Object.keys(DAYS).find((one) => since(one) === from)) || 'between';
}

function today(): string {
  return localDay(new Date());
}

function localDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function modality(code: string): string {
  return words.value.has(`modality.${code}`) ? `${code} – ${t(`modality.${code}`)}` : code;
}

/* --- what is shown --- */

const slow = signal(false);

function Body() {
  const asking = list.asking.value;
  useEffect(() => {
    slow.value = false;
    if (asking !== 'all') return;
    const timer = setTimeout(() => { slow.value = true; }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [asking]);
  const lines = list.lines.value;
  const skeleton = asking === 'all' && slow.value;
  const waiting = asking === 'all' && !slow.value && list.state.value !== 'there';
  return (
    <>
      <Told />
      {skeleton ? <Skeleton />
        : waiting ? null
        : list.state.value === 'failed' ? <Unreached />
        : lines.length === 0 && !list.next.value ? <Empty />
        : <Table lines={sorted(lines, list.sort.value, words.value.language)} busy={asking === 'all'} />}
      {!skeleton && !waiting && list.state.value === 'there' && <More />}
    </>
  );
}

/** How much of it is shown, in which order and how old it is; what changes here is read aloud without haste. */
function Told() {
  const n = list.lines.value.length;
  const { by, up } = list.sort.value;
  const usual = by === NEWEST.by && up === NEWEST.up;
  const there = list.state.value === 'there' && list.asking.value !== 'all';
  return (
    <div class="st-told">
      <p role="status">
        {there && n > 0 && <span>{list.next.value ? t('list.first', { n }) : t('list.count', { n })}</span>}
        {there && n > 0 && <span>{usual ? t('list.newest') : t('list.sorted', { column: t(`column.${by}`) })}</span>}
        {there && list.over.value && <strong>{t('list.over')}</strong>}
        {there && list.came.value > 0 && <span class="st-came"><Icon of="up" size={16} />{t('list.came', { n: list.came.value })}</span>}
        {list.asking.value === 'all' && slow.value && <span>{t('list.loading')}</span>}
      </p>
      {there && list.at.value && !list.stale.value && <p class="sg-muted">{t('list.at', { time: words.value.time(list.at.value) })}</p>}
      {there && list.stale.value && <Banner tone="warn" role="alert">
        <p>{t('list.stale', { time: list.at.value ? words.value.time(list.at.value) : '' })}</p>
        <p><button type="button" class="sg-link" onClick={() => void list.again()}>{t('shell.again')}</button></p>
      </Banner>}
    </div>
  );
}

function Table({ lines, busy }: { readonly lines: readonly Line[]; readonly busy: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useSteady(body, lines);
  const { by, up } = list.sort.value;
  const some = list.chosen.value.size > 0;
  return (
    <table class="st-table" role="table" aria-busy={busy} aria-label={t('list.title')}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" class="st-pick"><label class="st-box"><span class="sg-visually-hidden">{t('bar.all')}</span>
            <input type="checkbox" id="choose-all" checked={list.all.value} ref={(box) => { if (box) box.indeterminate = some && !list.all.value; }} onChange={() => list.chooseAll()} /></label></th>
          {COLUMNS.map((column) => (
            <th key={column} role="columnheader" class={`st-${column}`} aria-sort={by === column ? (up ? 'ascending' : 'descending') : undefined}>
              <button type="button" onClick={() => list.sortBy(column)}>{t(`column.${column}`)}<Icon of={by === column && !up ? 'down' : 'up'} size={14} /></button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body} onKeyDown={move}>
        {lines.map((line) => <Row key={line.id} line={line} chosen={list.chosen.value.has(line.id)} open={list.opened.value.has(line.id)} />)}
      </tbody>
    </table>
  );
}

function Row({ line, chosen, open }: { readonly line: Line; readonly chosen: boolean; readonly open: boolean }) {
  const { id, patient, accession } = line;
  const reasons = reasonsOf(line);
  const hospital = departments.value?.departments.find((one) => one.id === line.department.id)?.hospital;
  const address = `${LIST}/${id}`;
  const when = line.date ? day(line.date) : t('row.date.none');
  const sex = patient.sex && words.value.has(`sex.${patient.sex}`) ? t(`sex.${patient.sex}`) : null;
  const facts = [patient.birthDate ? day(patient.birthDate) : null, sex, patient.id].filter((fact) => fact != null);
  return (
    <Fragment>
      <tr role="row" class={chosen ? 'st-row st-chosen' : 'st-row'} data-id={id} onClick={(event) => {
        if (!(event.target as Element).closest('a, button, input, label') && !getSelection()?.toString()) visitStudy(id);
      }}>
        <td role="cell" class="st-pick"><label class="st-box"><span class="sg-visually-hidden">{t('row.choose', { patient: patient.name, exam: line.description, date: when })}</span>
          <input type="checkbox" data-column="pick" checked={chosen} onChange={() => list.choose(id)} /></label></td>
        <td role="cell" class="st-date"><span class="st-main">{when}</span><span class="st-sub">
          {line.time && <span>{line.time.slice(0, 5)}</span>}{line.new && <span class="st-new">{t('row.new')}</span>}</span></td>
        <th role="rowheader" scope="row" class="st-patient">
          <a href={address} id={`open-${id}`} data-column="open" class={line.new || line.unreadReport ? 'st-main st-strong' : 'st-main'} onClick={() => leaving(id)}>{patient.name || t('row.patient.none')}</a>
          <span class="st-sub st-facts">{facts.map((fact) => <span key={fact}>{fact}</span>)}{patient.anonymized && <span>{t('row.anonymized')}</span>}</span></th>
        <td role="cell" class="st-exam"><span class="st-main">{line.description || t('row.exam.none')}</span>
          <span class="st-sub">{line.modalities.length > 0 && <span>{line.modalities.join(', ')}</span>}{!line.hasImages && <span>{t('row.images.none')}</span>}{line.code && <span class="st-label">{t('row.code')}</span>}{line.labels.map((label) => <Tagged key={label.text} label={label} />)}</span></td>
        <td role="cell" class="st-department">{hospital && hospital !== line.department.name ? <><span class="st-main">{hospital}</span><span class="st-sub">{line.department.name}</span></> : line.department.name}</td>
        <td role="cell" class="st-accession">{accession ?? ''}</td>
        <td role="cell" class="st-reason">
          <button type="button" class="st-why" data-column="why" aria-expanded={open} aria-controls={open ? `why-${id}` : undefined} onClick={() => list.detail(id)}>
            <span class="sg-tag">{reasons[0] ? t(`reason.${reasons[0].kind}`) : t('reason.none')}{reasons.length > 1 && ` +${reasons.length - 1}`}</span><Icon of="next" size={14} />
            <span class="sg-visually-hidden">{t('row.why')}</span></button></td>
        <td role="cell" class="st-report"><Reported line={line} /></td>
      </tr>
      {open && <tr role="row" class="st-details" id={`why-${id}`}><td role="cell" colSpan={COLUMNS.length + 1}>
        <h3>{t('details.title')}</h3>
        <ul>{reasons.map((reason, place) => <li key={place}><Because reason={reason} /></li>)}</ul>
        <p><a class="sg-link" href={`${address}/access`} onClick={() => toAccess(line)}><Icon of="eye" />{t('row.access')}</a></p>
      </td></tr>}
    </Fragment>
  );
}

/** Unread is a word and a sign, not a colour; what is not final says so. */
function Reported({ line: { hasReport, reportState, unreadReport, patient } }: { readonly line: Line }) {
  if (patient.anonymized) return null; // it has none, and never will
  if (!hasReport) return <span class="sg-muted">{t('row.report.none')}</span>;
  const state = t(`report.${reportState ?? 'final'}`);
  return unreadReport ? <><span class="st-unread"><Icon of="report" size={18} />{t('row.report.unread')}</span>{reportState && reportState !== 'final' && <span class="st-sub">{state}</span>}</> : <>{state}</>;
}

/** The server's own label: somebody wrote beside what they shared. Red it is not opened yet, which its words say too. */
const MESSAGE = 'Message';
const TONES: Readonly<Record<string, string>> = { red: 'st-label st-red', green: 'st-label st-green' };

function Tagged({ label: { text, colour } }: { readonly label: Label }) {
  return <span class={TONES[colour ?? ''] ?? 'st-label'}>{text === MESSAGE && colour in TONES ? t(`label.message.${colour}`) : text}</span>;
}

function Because({ reason: { kind, by, until } }: { readonly reason: Reason }) {
  return <>{by ? t(`reason.${kind}.by`, { by }) : t(`reason.${kind}.text`)}{until && <> {t('reason.until', { date: words.value.date(until.slice(0, 10)) })}</>}</>;
}

function toAccess({ id, patient, description, date }: Line): void {
  leaving(id);
  keepAbout(id, { patient: patient.name, description, date });
}

function visitStudy(id: string): void {
  leaving(id);
  go(`${LIST}/${id}`);
}

/** A number for what is chosen, or a share of it. */
function passOn(page: 'print' | 'share'): void {
  const chosen = list.lines.value.filter(({ id }) => list.chosen.value.has(id)).map(({ id }) => id);
  leaving(chosen[0]!);
  go(`/professional/${page}?studies=${chosen.join(',')}`);
}

/** The newer first, as they stand in the list. */
function besideEachOther(): void {
  const [one, other] = list.lines.value.filter(({ id }) => list.chosen.value.has(id));
  leaving(one!.id);
  go(`${LIST}/${one!.id}?beside=${other!.id}`);
}

/** Where one comes back to. */
function leaving(id: string): void {
  list.kept = { y: scrollY, id };
}

/** New lines come above what is being read: what is in sight stays where it is. Measured before they are drawn, and after. */
function useSteady(body: { readonly current: HTMLTableSectionElement | null }, lines: readonly Line[]): void {
  const drawn = useRef(lines);
  const before = drawn.current === lines ? null : inSight(body.current);
  useLayoutEffect(() => {
    drawn.current = lines;
    const row = before && body.current?.querySelector(`tr[data-id="${before.id}"]`);
    if (row && list.came.value > 0 && scrollY > 0) scrollBy(0, row.getBoundingClientRect().top - before.top);
  }, [lines]);
}

function inSight(body: HTMLTableSectionElement | null): { readonly id: string; readonly top: number } | null {
  for (const row of body?.querySelectorAll<HTMLElement>('tr[data-id]') ?? []) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > 0) return { id: row.dataset['id']!, top };
  }
  return null;
}

function More() {
  const { value: next } = list.next;
  const looked = list.looked.value;
  if (!next) return null;
  return (
    <div class="st-more">
      {looked && <p>{t('list.looked', { date: words.value.date(looked.slice(0, 10)) })}</p>}
      <button type="button" class="sg-button sg-button-plain" id="more" aria-disabled={list.asking.value === 'more' ? 'true' : undefined} onClick={() => void list.more()}>
        {list.asking.value === 'more' ? t('list.moment') : t(looked ? 'list.further' : 'list.more')}</button>
    </div>
  );
}

function Skeleton() {
  return <div class="st-skeleton" aria-hidden="true">{Array.from({ length: 10 }, (_, line) => <div key={line}><span /><span /><span /><span /><span /></div>)}</div>;
}

function Unreached() {
  return (
    <div class="sg-card sg-stack pro-state" role="alert">
      <h2>{t('list.failed')}</h2>
      <p>{t('shell.unreachable')}</p>
      <button type="button" class="sg-button" onClick={() => void list.begin()}>{t('shell.again')}</button>
    </div>
  );
}

/** Why there is nothing, and what comes next. */
function Empty() {
  const searching = any(list.terms.value) || any(list.filters.value);
  const who = visit.value?.professional;
  const kind = searching ? 'hits' : who?.state === 'registered' ? 'registered' : who?.role === 'professional' ? 'mine' : 'staff';
  return (
    <div class="sg-card sg-stack pro-state st-empty">
      <svg class="sg-icon sg-drawing" viewBox="0 0 24 24" aria-hidden="true"><path d={kind === 'hits' ? GLASS : TRAY} /></svg>
      <h2>{t(`empty.${kind}.title`)}</h2>
      <p>{t(`empty.${kind}.text`)}</p>
      {kind === 'hits' && <button type="button" class="sg-button" onClick={clearAll}>{t('empty.hits.clear')}</button>}
      {kind === 'hits' && breaksGlass() && <p><a class="sg-link" href="/professional/glass">{t('empty.hits.glass')}</a></p>}
      {kind === 'mine' && <p><a class="sg-button" href="/professional/add">{t('menu.add')}</a></p>}
    </div>
  );
}

const SHARE = 'M18 2.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5M6 9.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5M18 16.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5M8.200 10.800l7.600-4.500M8.200 13.200l7.600 4.500';
const TRAY = 'M4 13l2.5-8h11L20 13v6H4zM4 13h4.500l1.500 2.500h4l1.500-2.500H20M8.500 8h7M8 10.500h8';
const GLASS = 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.500L21 21M8 10.500h5';

function clearAll(): void {
  searched.value = NO_TERMS;
  between.value = birthWrong.value = false;
  requery('');
  void list.begin(filtersOf(''), NO_TERMS);
}

/* --- what is chosen --- */

function Bar() {
  const n = list.chosen.value.size;
  return (
    <>
      <p class="sg-visually-hidden" role="status">{n > 0 ? t('bar.count', { n }) : ''}</p>
      {n > 0 && (
        <div class="st-bar" role="region" aria-label={t('bar')}>
          <strong>{t('bar.count', { n })}</strong>
          <button type="button" class="st-close" title={t('bar.none')} onClick={() => { list.unchoose(); document.getElementById('choose-all')?.focus(); }}><Icon of="close" /><span class="sg-visually-hidden">{t('bar.none')}</span></button>
          {!list.all.value && <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => list.chooseAll()}>{t('bar.all')}</button>}
          {n === 1 && <button type="button" class="sg-button sg-button-small" onClick={() => visitStudy([...list.chosen.value][0]!)}>{t('bar.open')}</button>}
          {n <= MOST_PASSED_ON && <button type="button" class="sg-button sg-button-plain sg-button-small" id="bar-print" onClick={() => passOn('print')}><Icon of="print" />{t('bar.print')}</button>}
          {n <= MOST_PASSED_ON && <button type="button" class="sg-button sg-button-plain sg-button-small" id="bar-share" onClick={() => passOn('share')}><svg class="sg-icon" viewBox="0 0 24 24" width="1.25rem" height="1.25rem" aria-hidden="true"><path d={SHARE} /></svg>{t('bar.share')}</button>}
          {n === 2 && <button type="button" class="sg-button sg-button-small" onClick={besideEachOther}>{t('bar.beside')}</button>}
        </div>
      )}
    </>
  );
}

/* --- keys --- */

/** Within the lines: arrows go from line to line in the same column, Enter is the link's own. */
function move(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  const row = event.target.closest<HTMLElement>('tr[data-id]');
  const column = event.target.dataset['column'];
  if (!row || !column) return;
  const rows = [...event.currentTarget instanceof Element ? event.currentTarget.querySelectorAll<HTMLElement>('tr[data-id]') : []];
  const to = { ArrowDown: rows.indexOf(row) + 1, ArrowUp: rows.indexOf(row) - 1, Home: 0, End: rows.length - 1 }[event.key];
  const id = row.dataset['id']!;
  if (to !== undefined) rows[to]?.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
  else if (event.key === ' ' && column === 'open') list.choose(id);
  else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') list.detail(id, event.key === 'ArrowRight');
  else return;
  event.preventDefault();
}

function letter(event: KeyboardEvent): void {
  if (!letters.value || event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
  if (event.target instanceof Element && event.target.closest('input:not([type=checkbox]), select, textarea')) return;
  if (event.key === '/') toSearch();
  else if (event.key === '?') help.value = true;
  else return;
  event.preventDefault();
}

function toSearch(): void {
  const field = document.getElementById('search-q');
  const fold = field?.closest('details');
  if (fold) fold.open = true;
  field?.focus();
}

function Keys() {
  const close = () => { help.value = false; };
  const keys: readonly (readonly [readonly string[], string])[] = [
    [['↑', '↓'], 'keys.move'], [['Home', 'End'], 'keys.ends'], [['Enter'], 'keys.open'], [[t('keys.space')], 'keys.choose'], [['→', '←'], 'keys.detail'], [['/'], 'keys.search'], [['?'], 'keys.help'],
  ];
  return (
    <Dialog title={t('keys.title')} close={close} actions={<button type="button" class="sg-button" onClick={close}>{t('keys.close')}</button>}>
      <dl class="st-keys">{keys.map(([names, what]) => (
        <div key={what}><dt>{names.map((name) => <kbd key={name}>{name}</kbd>)}</dt><dd>{t(what)}</dd></div>
      ))}</dl>
      <label class="st-check"><input type="checkbox" checked={letters.value} onChange={(event) => { letters.value = event.currentTarget.checked; keepKeys(letters.value); }} />{t('keys.letters')}</label>
    </Dialog>
  );
}

function keysKept(): boolean {
  try {
    return localStorage.getItem(LETTERS) !== 'off';
  } catch {
    return true;
  }
}

function keepKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(LETTERS);
    else localStorage.setItem(LETTERS, 'off');
  } catch {
    // until the page is left, then
  }
}
