import { batch, computed, signal } from '@preact/signals';
import type { Reason, Work, WorkLine } from '../lib/answers.ts';
import type { Answer } from '../lib/api.ts';

export type Line = WorkLine;

/** What may stand in an address. */
export type Filters = { readonly modality: string; readonly from: string; readonly to: string; readonly department: string; readonly label: string; readonly unread: boolean };
/** What never does: it is posted, and kept in memory alone. */
export type Terms = { readonly q: string; readonly birthDate: string; readonly patientId: string; readonly accession: string };
export type Column = 'date' | 'patient' | 'exam' | 'department' | 'accession' | 'reason' | 'report';
export type Sort = { readonly by: Column; readonly up: boolean };
export type Asked = { readonly filters: Filters; readonly terms: Terms; readonly before: string | null; readonly quiet: boolean };
export type Ask = (asked: Asked) => Promise<Answer<Work>>;

export const NO_TERMS: Terms = { q: '', birthDate: '', patientId: '', accession: '' };
export const NEWEST: Sort = { by: 'date', up: false };
const SHAPES = { modality: /^[A-Z0-9]{1,16}$/, from: /^\d{4}-\d\d-\d\d$/, to: /^\d{4}-\d\d-\d\d$/, department: /^[a-z0-9-]{2,32}$/, label: /^[^\p{Cc}]{1,64}$/u } as const;

/** What an address asks for; anything else in it counts for nothing. */
export function filtersOf(query: string): Filters {
  const given = new URLSearchParams(query);
  const one = (name: keyof typeof SHAPES) => { const value = given.get(name) ?? ''; return SHAPES[name].test(value) ? value : ''; };
  return { modality: one('modality'), from: one('from'), to: one('to'), department: one('department'), label: one('label'), unread: given.get('unread') === 'true' };
}

export function queryOf(filters: Filters): string {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value).map(([name, value]) => [name, String(value)])).toString();
}

export function any(what: Filters | Terms): boolean {
  return Object.values(what).some(Boolean);
}

/** The call that asks for a page: personal terms make it a POST. */
export function call({ filters, terms, before, quiet }: Asked): { readonly path: string; readonly body: object | null } {
  const set = <T extends object>(what: T) => Object.fromEntries(Object.entries(what).filter(([, value]) => value));
  const more = { ...set(filters), ...(before ? { before } : {}), ...(quiet ? { quiet: true } : {}) };
  if (any(terms)) return { path: '/api/studies/search', body: { ...more, ...set(terms) } };
  const query = new URLSearchParams(Object.entries(more).map(([name, value]) => [name, String(value)])).toString();
  return { path: query ? `/api/studies?${query}` : '/api/studies', body: null };
}

const FIRST: readonly Reason['kind'][] = ['requested', 'copied', 'shared', 'reference', 'group', 'staff', 'glass'];

/** The reason that says most comes first. */
export function reasonsOf(line: Line): readonly Reason[] {
  return [...line.reasons].sort((one, other) => FIRST.indexOf(one.kind) - FIRST.indexOf(other.kind));
}

/** Of equals the newer comes first, as it came. What a line lacks stands at the end, whichever way. */
export function sorted(lines: readonly Line[], { by, up }: Sort, language: string): readonly Line[] {
  if (by === NEWEST.by && up === NEWEST.up) return lines;
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const key = (line: Line): string => {
    switch (by) {
      case 'date': return `${line.date ?? ''}${line.time ?? ''}`;
      case 'patient': return line.patient.name;
      case 'exam': return line.description;
      case 'department': return line.department.name;
      case 'accession': return line.accession ?? '';
      case 'reason': return String(FIRST.indexOf(reasonsOf(line)[0]?.kind ?? 'staff'));
      case 'report': return line.unreadReport ? '1' : line.hasReport ? '2' : '3';
    }
  };
  return lines.map((line, place) => ({ line, place, key: key(line) })).sort((one, other) => {
    if (one.key === '' || other.key === '') return Number(one.key === '') - Number(other.key === '') || one.place - other.place;
    return (up ? 1 : -1) * collator.compare(one.key, other.key) || one.place - other.place;
  }).map(({ line }) => line);
}

/** The list as somebody has it before them. It outlives its page, so that one comes back to the same place. */
export class StudyList {
  readonly lines = signal<readonly Line[]>([]);
  readonly next = signal<string | null>(null);
  /** Until when the server has looked, where it stopped before it had found a page full. */
  readonly looked = signal<string | null>(null);
  /** There are more of this name or number than the server looks at. */
  readonly over = signal(false);
  readonly state = signal<'asking' | 'there' | 'failed'>('asking');
  readonly asking = signal<'all' | 'more' | 'again' | null>(null);
  /** The last try to ask again did not reach the server: what is shown may be old. */
  readonly stale = signal(false);
  readonly at = signal<Date | null>(null);
  /** How many came with the last time of asking again. */
  readonly came = signal(0);
  readonly filters = signal<Filters>(filtersOf(''));
  readonly terms = signal<Terms>(NO_TERMS);
  readonly sort = signal<Sort>(NEWEST);
  readonly chosen = signal<ReadonlySet<string>>(new Set());
  readonly opened = signal<ReadonlySet<string>>(new Set());
  /** There is nothing at all, so there is nothing to search by either. */
  readonly bare = computed(() => this.state.value === 'there' && this.lines.value.length === 0 && !this.next.value && !any(this.filters.value) && !any(this.terms.value));
  readonly all = computed(() => this.lines.value.length > 0 && this.lines.value.every(({ id }) => this.chosen.value.has(id)));
  /** Where the reader was when they left. */
  kept: { readonly y: number; readonly id: string | null } | null = null;
  #pages = 1;
  #turn = 0;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Asks for what the filters and terms say; what was chosen before may not be among it. */
  async begin(filters = this.filters.value, terms = this.terms.value): Promise<void> {
    batch(() => {
      this.filters.value = filters;
      this.terms.value = terms;
      this.chosen.value = this.opened.value = new Set();
      this.came.value = 0;
      this.asking.value = 'all';
      this.kept = null;
    });
    const turn = ++this.#turn;
    const answer = await this.#ask({ filters, terms, before: null, quiet: false });
    if (turn !== this.#turn) return;
    batch(() => {
      this.asking.value = null;
      this.#pages = 1;
      if (answer.kind === 'ok') this.#take(answer.value.studies, answer.value);
      else this.state.value = 'failed';
    });
  }

  /** The next hundred, or further back where the server stopped looking. */
  async more(): Promise<void> {
    const before = this.next.value;
    if (!before || this.asking.value) return;
    this.asking.value = 'more';
    const turn = ++this.#turn;
    const answer = await this.#ask({ filters: this.filters.value, terms: this.terms.value, before, quiet: false });
    if (turn !== this.#turn) return;
    batch(() => {
      this.asking.value = null;
      this.stale.value = answer.kind !== 'ok';
      if (answer.kind !== 'ok') return;
      this.#pages++;
      const known = new Set(this.lines.value.map(({ id }) => id));
      this.#take([...this.lines.value, ...answer.value.studies.filter(({ id }) => !known.has(id))], answer.value);
    });
  }

  /** As many pages as are shown, anew. Nobody asked for it, so it lengthens no session; a choice stays. */
  async again(): Promise<void> {
    if (this.asking.value || this.state.value !== 'there') return;
    this.asking.value = 'again';
    const turn = ++this.#turn;
    const lines: Line[] = [];
    let last: Work | null = null;
    for (let page = 0; page < this.#pages && (page === 0 || last?.next); page++) {
      const answer = await this.#ask({ filters: this.filters.value, terms: this.terms.value, before: last?.next ?? null, quiet: true });
      if (turn !== this.#turn) return;
      if (answer.kind !== 'ok') {
        batch(() => { this.asking.value = null; this.stale.value = true; });
        return;
      }
      const known = new Set(lines.map(({ id }) => id));
      lines.push(...answer.value.studies.filter(({ id }) => !known.has(id)));
      last = answer.value;
    }
    const before = new Set(this.lines.value.map(({ id }) => id));
    const ids = new Set(lines.map(({ id }) => id));
    batch(() => {
      this.asking.value = null;
      this.came.value = lines.filter(({ id }) => !before.has(id)).length;
      this.chosen.value = new Set([...this.chosen.value].filter((id) => ids.has(id)));
      this.#take(lines, last!);
    });
  }

  choose(id: string): void {
    this.chosen.value = toggled(this.chosen.value, id);
  }

  chooseAll(): void {
    this.chosen.value = this.all.value ? new Set() : new Set(this.lines.value.map(({ id }) => id));
  }

  unchoose(): void {
    this.chosen.value = new Set();
  }

  detail(id: string, open = !this.opened.value.has(id)): void {
    if (open !== this.opened.value.has(id)) this.opened.value = toggled(this.opened.value, id);
  }

  /** The other way round on the second click; dates begin with the newest, words with A. */
  sortBy(by: Column): void {
    const { by: now, up } = this.sort.value;
    this.sort.value = { by, up: by === now ? !up : by !== 'date' };
  }

  #take(lines: readonly Line[], { next, looked, more }: Work): void {
    this.lines.value = lines;
    this.next.value = next;
    this.looked.value = looked;
    this.over.value = more;
    this.state.value = 'there';
    this.stale.value = false;
    this.at.value = new Date();
  }
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
