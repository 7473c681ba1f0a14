import type { Departments, Next } from '../lib/answers.ts';
import { getPublic, post } from '../lib/api.ts';
import { type Birthdate, read } from '../lib/birthdate.ts';
import { h, icon } from '../lib/dom.ts';
import { grouped, judge, normalise } from '../lib/reference.ts';
import type { Words } from '../lib/words.ts';
import { contactBlock, desk, phone } from '../ui/contact.ts';
import { department, named } from '../ui/department.ts';
import { elsewhere } from '../ui/elsewhere.ts';
import { described, errorFor, errorLine, type Fault, focusSummary, summary, valueOf } from '../ui/form.ts';
import { ICONS } from '../ui/icons.ts';
import { notice } from '../ui/notice.ts';
import { Page, type View } from '../ui/page.ts';

type Problem = (words: Words) => Fault;

const scanned = fromFragment();
const page = await Page.open();
let faults: readonly Problem[] = [];
let busy = false;
let others = false;
let partial = false;

void elsewhere('/', scanned !== '');
await start();

/** The letter's QR code holds the number behind `#`, which reaches no server; it leaves the address at once. */
function fromFragment(): string {
  let text = '';
  try {
    text = decodeURIComponent(location.hash.slice(1));
  } catch {
    // not a number anyway
  }
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  return judge(text).kind === 'sendable' ? text : '';
}

async function start(): Promise<void> {
  const list = getPublic<Departments>('/api/departments');
  const chosen = await department();
  const answer = await list;
  const listed: Departments = answer.kind === 'ok' ? answer.value : { departments: [], serviceDesk: null };
  const all = listed.departments;
  others = all.length > 1;
  if (chosen) {
    page.belongsTo(chosen);
  } else if (named() === null && all.length === 1) {
    const query = new URLSearchParams(location.search);
    query.set('d', all[0]!.id);
    location.replace(`/?${query}${scanned && `#${encodeURIComponent(scanned)}`}`);
    return;
  } else {
    page.show((words) => choice(words, listed, answer.kind === 'ok'));
    return;
  }
  page.show(form);
  if (scanned) set('reference', grouped(normalise(scanned)));
  notice(page, chosen);
  page.ahead();
}

function set(id: string, value: string): void {
  const input = document.getElementById(id);
  if (input instanceof HTMLInputElement) input.value = value;
}

function choice(words: Words, { departments: all, serviceDesk }: Departments, reached: boolean): View {
  const fragment = scanned && `#${encodeURIComponent(scanned)}`;
  return {
    title: words.t('entrance.choose'),
    main: h('div', { class: 'sg-stack-wide' },
      h('h1', {}, words.t('entrance.choose')),
      all.length > 0
        ? h('ul', { class: 'sg-choices' }, all.map(({ id, name, hospital }) =>
            h('li', {}, h('a', { href: `/?d=${id}${fragment}` },
              h('span', {}, hospital, h('span', { class: 'sg-choice-more' }, name)), icon(ICONS.next, 20)))))
        : h('p', { class: 'sg-banner' }, icon(ICONS.info),
            h('span', {}, words.t(reached ? 'entrance.none' : 'error.unreachable'))),
      desk(words, serviceDesk)),
  };
}

function form(words: Words): View {
  const { t } = words;
  const shown = faults.map((fault) => fault(words));
  const reference = errorFor(shown, 'reference');
  const birth = errorFor(shown, 'birth');
  const part = (id: string, key: string, complete: string) => h('div', {},
    h('label', { for: id }, t(key)),
    h('input', { class: 'sg-input', id, type: 'text', autocomplete: complete, autocapitalize: 'none', spellcheck: 'false',
      inputmode: id === 'birth-month' ? 'text' : 'numeric', 'aria-invalid': birth ? 'true' : null }));
  const title = t('entrance.title');
  return {
    title: shown.length > 0 ? t('error.title', { title }) : title,
    main: h('div', { class: 'sg-stack-wide' },
      h('div', {}, h('h1', {}, title), h('p', { class: 'sg-lead' }, t('entrance.lead'))),
      h('form', { class: 'sg-card sg-stack-wide', novalidate: true, 'aria-labelledby': 'patient', submit: (event) => void send(event) },
        h('h2', { class: 'sg-box-title', id: 'patient' }, icon(ICONS.person), t('entrance.eyebrow')),
        summary(words, shown),
        h('div', { class: reference ? 'sg-has-error' : null },
          h('label', { class: 'sg-label', for: 'reference' }, t('entrance.reference')),
          h('p', { class: 'sg-hint', id: 'reference-hint' }, t('entrance.reference.hint')),
          errorLine('reference', reference),
          h('input', { class: 'sg-input sg-input-code', id: 'reference', type: 'text', autocomplete: 'off', autocapitalize: 'characters',
            spellcheck: 'false', 'aria-invalid': reference ? 'true' : null,
            'aria-describedby': described('reference-hint', reference && 'reference-error') })),
        h('fieldset', { class: birth ? 'sg-has-error' : null, 'aria-describedby': described('birth-hint', birth && 'birth-error') },
          h('legend', {}, t('entrance.birth')),
          h('p', { class: 'sg-hint', id: 'birth-hint' }, t(partial ? 'entrance.birth.partial.hint' : 'entrance.birth.hint')),
          errorLine('birth', birth),
          h('div', { class: 'sg-date' }, part('birth-day', 'entrance.day', 'bday-day'),
            part('birth-month', 'entrance.month', 'bday-month'), part('birth-year', 'entrance.year', 'bday-year')),
          page.department?.partialBirthDates && h('button', { class: 'sg-link', id: 'birth-partial', type: 'button',
            'aria-pressed': partial ? 'true' : 'false', click: () => { partial = !partial; page.draw(); } },
            t('entrance.birth.partial'), partial && icon(ICONS.tick, 18))),
        h('button', { class: 'sg-button sg-button-wide', type: 'submit', 'aria-disabled': busy ? 'true' : null },
          t(busy ? 'entrance.busy' : 'entrance.go'), !busy && icon(ICONS.next, 20)),
        h('p', { class: 'sg-small sg-muted' }, t('entrance.safe'))),
      others && h('p', {}, h('a', { href: '/' }, t('entrance.other')))),
    aside: [h('section', {}, h('h2', {}, t('entrance.where')), h('p', {}, t('entrance.where.text'))), contactBlock(words, page.department)],
  };
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  if (busy) return;
  const reference = judge(valueOf('reference'));
  const typed = { day: valueOf('birth-day'), month: valueOf('birth-month'), year: valueOf('birth-year') };
  const birth = read(typed, page.words.language, today(), partial);
  const found: Problem[] = [];
  if (reference.kind !== 'sendable') {
    found.push(({ t }) => ({ field: 'reference', text: t(`entrance.reference.${reference.kind}`) }));
  }
  if (birth.kind !== 'date') found.push((words) => birthFault(words, birth));
  if (reference.kind !== 'sendable' || birth.kind !== 'date') {
    fail(found);
    return;
  }
  busy = true;
  faults = [];
  page.draw();
  const answer = await post<Next>('/api/patient/login', { reference: reference.value, dateOfBirth: birth.value });
  busy = false;
  if (answer.kind === 'ok') {
    page.draw();
    go(answer.value);
  } else if (answer.kind === 'refused' || answer.kind === 'missing') {
    fail([(words) => ({ field: null, text: words.t('entrance.refused'), more: phone(words, page.department) })]);
  } else {
    fail([({ t }) => ({ field: null, text: answer.kind === 'slow-down'
      ? t('error.slow', { n: Math.ceil(answer.seconds / 60) }) : t('error.unreachable') })]);
  }
}

/** What comes after number and date of birth. A step of a server newer than this page is not guessed. */
function go(next: Next): void {
  switch (next.next) {
    case 'open': location.assign(page.address('/study')); break;
    case 'otp': location.assign(page.address('/code')); break;
    case 'wait': location.assign(page.address('/wait', next.from ? { from: next.from } : {})); break;
    case 'pay': location.assign(page.address('/pay')); break;
    case 'pincode': location.assign(page.address('/pincode')); break;
    default: fail([({ t }) => ({ field: null, text: t('error.unreachable') })]);
  }
}

function birthFault({ t }: Words, birth: Exclude<Birthdate, { kind: 'date' }>): Fault {
  switch (birth.kind) {
    case 'missing': return birth.part === 'all'
      ? { field: 'birth-day', text: t('entrance.birth.empty') }
      : { field: `birth-${birth.part}`, text: t(`entrance.birth.${birth.part}`) };
    case 'unreal': return { field: `birth-${birth.part}`, text: t('entrance.birth.unreal') };
    case 'future': return { field: 'birth-year', text: t('entrance.birth.future') };
  }
}

function fail(found: readonly Problem[]): void {
  faults = found;
  page.draw();
  focusSummary();
}

function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
