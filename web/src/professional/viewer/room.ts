import type { Department, Document, DocumentContents, DocumentLine, Manifest, OpenedSeries, Report, Series, SeriesLine } from '../../lib/answers.ts';
import { patiently } from '../../lib/patience.ts';
import { inLanguage } from '../../lib/payment.ts';
import { readContents } from '../../ui/contents.ts';
import { type Answer, get } from '../api.ts';
import { words } from '../words.ts';
import type { Cell } from './cell.ts';
import type { Lines } from './measures.ts';
import { Viewer } from './viewer.ts';

export type Study = Manifest;
/** A picture that somebody has marked as important. */
export type Key = { readonly series: SeriesLine; readonly instance: string; readonly frame: number; readonly document: string };
export type Sheet = 'report' | 'messages' | 'documents' | 'measures' | 'keys';
export type ReportRead = { readonly study: Study; readonly report: Report; readonly contents: DocumentContents | null };
/** What a department says of using its images for a diagnosis. */
export type Said = { readonly hospital: string; readonly text: string; readonly language: string };
export type State = 'loading' | 'code' | 'open' | 'missing' | 'unreachable';

/** One study in the light box, and those that are looked at beside it. */
export class Room {
  readonly id: string;
  readonly viewer: Viewer;
  readonly #changed: () => void;
  readonly #studies = new Map<string, Study>();
  readonly #departments = new Map<string, Promise<void>>();
  readonly #statements = new Map<string, Said>();
  readonly #shown = new Map<Cell, { readonly study: string; readonly series: string }>();
  state: State = 'loading';
  sheet: Sheet | null = null;
  facts = true;
  failed = false;
  /** A code is asked for, and what comes after it. */
  code: { readonly bucket: string; readonly then: () => void } | null = null;
  report: ReportRead | 'loading' | 'failed' | null = null;
  document: { readonly line: DocumentLine; readonly contents: DocumentContents | null } | 'loading' | 'failed' | null = null;
  keys: readonly Key[] | null = null;
  #key = -1;
  #closed = false;

  constructor(id: string, say: Lines, changed: () => void) {
    this.id = id;
    this.#changed = changed;
    this.viewer = Viewer.open(say, {
      changed, gone: () => this.#become('unreachable'), failed: () => { this.failed = true; changed(); },
    });
  }

  close(): void {
    this.#closed = true;
    this.viewer.close();
    this.#studies.clear();
    this.report = this.document = null;
    this.keys = null;
  }

  get study(): Study | null {
    return this.#studies.get(this.id) ?? null;
  }

  /** The study of the window in hand. */
  get active(): Study | null {
    return this.#studies.get(this.#shown.get(this.viewer.active)?.study ?? this.id) ?? null;
  }

  of(cell: Cell): { readonly study: Study; readonly series: SeriesLine } | null {
    const shown = this.#shown.get(cell);
    const study = shown && this.#studies.get(shown.study);
    const series = study?.series.find(({ uid }) => uid === shown!.series);
    return study && series ? { study, series } : null;
  }

  /** Who came by a reference number alone looks at what a patient looks at. */
  get forDiagnosis(): boolean {
    return this.active?.reasons?.some(({ kind }) => kind !== 'reference') ?? false;
  }

  /** What the department of the study in hand says of diagnosis. Once asked for, it is there a moment later. */
  get statement(): Said | null {
    const id = this.active?.department?.id;
    if (!id || !this.forDiagnosis) return null;
    if (!this.#departments.has(id)) this.#departments.set(id, this.#ask(id));
    return this.#statements.get(id) ?? null;
  }

  async #ask(id: string): Promise<void> {
    const answer = await get<Department>(`/api/departments/${id}`);
    if (answer.kind !== 'ok' || this.#closed) return;
    const { hospital, statements, languages } = answer.value;
    const found = inLanguage(statements?.['diagnosis'] ?? null, words.value.language, languages);
    if (!found) return;
    this.#statements.set(id, { hospital, ...found });
    this.#changed();
  }

  async open(): Promise<void> {
    const answer = await get<Study>(`/api/studies/${this.id}?open=first`);
    if (this.#closed) return;
    if (answer.kind === 'missing') return this.#become('missing');
    if (this.#locked(answer, () => void this.open())) return this.#become('code');
    if (answer.kind !== 'ok') return this.#become('unreachable');
    const study = answer.value;
    this.#studies.set(study.id, study);
    this.state = 'open';
    const first = study.series[0];
    if (first) this.show(this.viewer.active, study, first, study.opened?.uid === first.uid ? study.opened : null);
    this.#changed();
    if (study.documents.some(({ kind }) => kind === 'key-objects')) void this.#selected(study);
  }

  show(cell: Cell, study: Study, series: SeriesLine, opened: OpenedSeries | null = null, at: number | null = null): void {
    this.#shown.set(cell, { study: study.id, series: series.uid });
    const mine = () => !this.#closed && this.#shown.get(cell)?.series === series.uid;
    this.viewer.show(cell, study.id, series, at, async (query) => {
      const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      const answer = await patiently(() => get<Series>(`/api/studies/${study.id}/series/${series.uid}${words.size > 0 ? `?${words}` : ''}`), mine, () => this.#changed());
      return answer.kind === 'ok' ? answer.value : null;
    }, opened?.pictures ?? null);
    this.#changed();
  }

  /** In the window in hand. */
  choose(series: SeriesLine): void {
    const study = this.active;
    if (study) this.show(this.viewer.active, study, series);
  }

  /** The series before or behind the one in hand. */
  step(by: number): void {
    const here = this.of(this.viewer.active);
    const all = here?.study.series ?? [];
    const series = here && all[all.indexOf(here.series) + by];
    if (series) this.choose(series);
  }

  /** Whether a study answers that it opens with a code. */
  #locked(answer: Answer<unknown>, then: () => void): boolean {
    if (answer.kind !== 'refused' || answer.code !== 'code-needed' || typeof answer.bucket !== 'string') return false;
    this.code = { bucket: answer.bucket, then };
    return true;
  }

  /** The code was right, or was given up. */
  unlock(proved: boolean): void {
    const asked = this.code;
    this.code = null;
    if (proved) asked?.then();
    this.#changed();
  }

  async #load(id: string, again: () => void): Promise<Study | null> {
    const known = this.#studies.get(id);
    if (known) return known;
    const answer = await get<Study>(`/api/studies/${id}`);
    if (!this.#closed && this.#locked(answer, again)) this.#changed();
    if (answer.kind !== 'ok' || this.#closed) return null;
    this.#studies.set(id, answer.value);
    return answer.value;
  }

  /** A former study in the window in hand, or beside this one and scrolled together with it. */
  async prior(id: string, beside: boolean): Promise<boolean> {
    const study = await this.#load(id, () => void this.prior(id, beside));
    if (!study?.series[0]) return this.code !== null;
    const { viewer } = this;
    const series = alike(study, this.of(viewer.cells[0]!)?.series ?? null);
    if (!beside) {
      this.show(viewer.active, study, series);
      return true;
    }
    const from = viewer.cells[0]!;
    if (viewer.cells.length < 2) viewer.layout('1x2');
    viewer.activate(0);
    this.show(viewer.cells[1]!, study, series);
    viewer.link(samePerson(study, this.study));
    if (this.of(from) === null && this.study?.series[0]) this.show(from, this.study, this.study.series[0]);
    return true;
  }

  /** Windows that come get the series that follow. */
  layout(shape: Parameters<Viewer['layout']>[0]): void {
    this.viewer.layout(shape);
    for (const cell of [...this.#shown.keys()]) if (!this.viewer.cells.includes(cell)) this.#shown.delete(cell);
    const study = this.active;
    const taken = new Set([...this.#shown.values()].map(({ series }) => series));
    for (const cell of this.viewer.cells) {
      const next = this.#shown.has(cell) ? undefined : study?.series.find(({ uid }) => !taken.has(uid));
      if (!next || !study) continue;
      taken.add(next.uid);
      this.show(cell, study, next);
    }
    this.#changed();
  }

  overlay(): void {
    this.facts = !this.facts;
    this.#changed();
  }

  toggle(sheet: Sheet | null): void {
    if (sheet === 'report' && this.active?.patient.anonymized) return; // a copy has none, and says nothing of it
    this.sheet = this.sheet === sheet ? null : sheet;
    if (this.sheet === 'report') void this.#read();
    this.document = null;
    this.#changed();
  }

  async #read(): Promise<void> {
    const study = this.active;
    if (!study?.report) return;
    if (this.report && typeof this.report === 'object' && this.report.study === study) return;
    this.report = 'loading';
    const answer = await get<Report>(`/api/studies/${study.id}/report`);
    const contents = answer.kind === 'ok' && !answer.value.text ? await readContents(answer.value.contentsUrl) : null;
    if (this.#closed) return;
    this.report = answer.kind === 'ok' ? { study, report: answer.value, contents } : 'failed';
    this.#changed();
  }

  /** A fresh address of the report's PDF. */
  async pdf(): Promise<string | null> {
    const answer = await get<Report>(`/api/studies/${this.active!.id}/report`);
    return answer.kind === 'ok' ? answer.value.pdfUrl : null;
  }

  async read(line: DocumentLine): Promise<void> {
    this.document = 'loading';
    this.#changed();
    const answer = await get<Document>(`/api/studies/${this.active!.id}/documents/${line.uid}`);
    const contents = answer.kind === 'ok' ? await readContents(answer.value.contentsUrl) : null;
    if (this.#closed) return;
    this.document = answer.kind === 'ok' ? { line, contents } : 'failed';
    this.#changed();
  }

  /** What key objects of the study point at. */
  async #selected(study: Study): Promise<void> {
    const lists = await Promise.all(study.documents.filter(({ kind }) => kind === 'key-objects').map(async (line) => {
      const answer = await get<Document>(`/api/studies/${study.id}/documents/${line.uid}`);
      const contents = answer.kind === 'ok' ? await readContents(answer.value.contentsUrl) : null;
      const told = contents?.lines.find(({ kind, value }) => kind === 'text' && value)?.value ?? '';
      return (contents?.lines ?? []).flatMap(({ references }) => references).flatMap(({ uid, series, frames }) => {
        const of = study.series.find((one) => one.uid === series);
        return of ? [{ series: of, instance: uid, frame: Number(frames[0] ?? 1), document: told || line.title }] : [];
      });
    }));
    if (this.#closed) return;
    this.keys = lists.flat();
    this.#changed();
  }

  /** To a marked picture; without one, to the next. */
  async key(at: number = this.#key + 1): Promise<void> {
    const { keys, viewer, study } = this;
    if (!keys || keys.length === 0 || !study) return;
    this.#key = at % keys.length;
    const key = keys[this.#key]!;
    const cell = viewer.active;
    const here = this.of(cell);
    const found = here?.series.uid === key.series.uid && here.study === study ? cell.stack?.find(key.instance, key.frame) ?? null : null;
    if (found !== null) return viewer.go(found);
    this.show(cell, study, key.series);
    await cell.stack?.known();
    const index = cell.stack?.find(key.instance, key.frame) ?? null;
    if (index !== null) viewer.go(index);
  }

  #become(state: State): void {
    if (this.#closed) return;
    this.state = state;
    this.#changed();
  }
}

/** Of another study the series that is most like this one. */
export function alike(study: Study, series: SeriesLine | null): SeriesLine {
  const points = (one: SeriesLine) => (series === null ? 0 : (one.modality === series.modality ? 4 : 0)
    + (one.description.toLowerCase() === series.description.toLowerCase() ? 2 : 0) + (Math.abs(one.frames - series.frames) <= series.frames / 2 ? 1 : 0));
  return study.series.reduce((best, one) => (points(one) > points(best) ? one : best));
}

/** Two people's pictures do not scroll together by themselves. */
function samePerson(one: Study, other: Study | null): boolean {
  return one.patient.name === other?.patient.name && one.patient.birthDate === other.patient.birthDate;
}
