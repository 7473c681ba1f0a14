import type { CheckoutPage, Payment } from '../lib/answers.ts';
import { get, post } from '../lib/api.ts';
import { byId, type Child, h, icon } from '../lib/dom.ts';
import { checkoutAddress, methodName } from '../lib/payment.ts';
import type { Words } from '../lib/words.ts';
import { department } from '../ui/department.ts';
import { described, errorFor, errorLine, type Fault, focusSummary, summary } from '../ui/form.ts';
import { ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';
import { freeWay, masked, phone, radios, whoToCall, whole } from '../ui/paying.ts';

/** A click that led nowhere (the way out was stopped) may be repeated after this; the server keeps one open try. */
const LEAVING_MS = 20_000;

type Step = 'confirm' | 'wrong' | 'methods';
type Ended = 'gone' | 'unreachable' | 'silent';
type Problem = (words: Words) => Fault;

const page = await Page.open('payment');
let payment: Payment | null = null;
let step: Step = 'confirm';
let ended: Ended | null = null;
let mine: string | null = null;
let method: string | null = null;
let faults: readonly Problem[] = [];
let busy = false;

history.replaceState(null, '');
page.belongsTo(await department());
await look();

addEventListener('popstate', () => {
  const state = history.state as { step?: Step } | null;
  step = state?.step ?? 'confirm';
  faults = [];
  page.show(view, true);
});

async function look(): Promise<void> {
  const before = payment?.mobile;
  busy = false;
  const answer = await get<Payment>('/api/patient/payment');
  ended = null;
  if (answer.kind === 'ok') {
    payment = answer.value;
    if (payment.status === 'paid') return location.replace(page.address('/pincode'));
    if (payment.status === 'pending') return location.replace(page.address('/payment'));
    if (before !== payment.mobile) [step, mine, method] = ['confirm', null, null]; // somebody else's visit
    if (payment.methods.length === 1) method = payment.methods[0]!;
  } else {
    ended = answer.kind === 'refused' || answer.kind === 'missing' ? 'gone' : 'unreachable';
  }
  page.show(view);
}

function view(words: Words): View {
  if (ended || !payment) return end(words);
  switch (step) {
    case 'confirm': return confirm(words, payment);
    case 'wrong': return wrong(words, payment);
    case 'methods': return methods(words, payment);
  }
}

function end(words: Words): View {
  const { t } = words;
  if (ended === 'silent') {
    return {
      title: t('pay.silent.title'),
      main: h('div', { class: 'sg-stack-wide' },
        h('div', {}, h('h1', {}, t('pay.silent.title')), h('p', { class: 'sg-lead' }, t('pay.silent.text'))),
        whoToCall(words, page, payment), freeWay(words, page, payment)),
    };
  }
  return {
    title: t('pay.title'),
    main: h('div', { class: 'sg-card sg-stack' }, h('h1', {}, t('pay.title')),
      h('p', {}, t(ended === 'unreachable' ? 'error.unreachable' : 'code.gone')),
      ended === 'unreachable'
        ? h('button', { class: 'sg-button', type: 'button', click: () => void look() }, icon(ICONS.again, 20), t('wait.again'))
        : h('a', { class: 'sg-button', href: page.address('/') }, t('restart'))),
  };
}

/** What it is, that it can be had for nothing, what it costs: all of it before anything is asked. */
function confirm(words: Words, payment: Payment): View {
  const { t } = words;
  const { studyDate, hospital, mobile, last, accessUntil } = payment;
  const shown = faults.map((fault) => fault(words));
  const missing = errorFor(shown, 'number');
  const fact = (key: string, value: Child) => h('div', {}, h('dt', {}, t(key)), h('dd', {}, value));
  return titled(words, shown, 'pay.title', h('div', { class: 'sg-stack-wide' },
    h('div', {}, h('h1', {}, t('pay.title')), h('p', { class: 'sg-lead' }, t('pay.confirm.lead'))),
    takenBack(words, last),
    freeWay(words, page, payment),
    h('form', { class: 'sg-card sg-stack-wide', novalidate: true, submit: confirmed, 'aria-labelledby': 'check' },
      summary(words, shown),
      h('dl', { class: 'pm-bill pm-facts' },
        h('div', {}, h('dt', {}, t('pay.amount')), h('dd', { class: 'pm-amount' }, words.money(payment.amount))),
        studyDate && fact('pay.date', words.date(studyDate)),
        fact('pay.hospital', hospital),
        accessUntil && h('div', {}, h('dd', {}, t('pay.until', { date: whole(words.date(accessUntil)) })))),
      h('h2', { id: 'check' }, t('pay.confirm.title')),
      h('dl', { class: 'pm-facts' }, fact('pay.mobile', h('span', { class: 'sg-mono pm-mobile' }, mobile))),
      h('fieldset', { class: missing ? 'sg-has-error' : null, 'aria-describedby': described('number-hint', missing && 'number-error') },
        h('legend', {}, t('pay.number')),
        h('p', { class: 'sg-hint', id: 'number-hint' }, t('pay.number.hint')),
        errorLine('number', missing),
        radios('number', [{ value: 'yes', label: t('pay.number.yes') }, { value: 'no', label: t('pay.number.no') }], mine,
          (value) => { mine = value; })),
      h('button', { class: 'sg-button sg-button-wide', type: 'submit' }, t('code.go'), icon(ICONS.next, 20)))));
}

/** Who had paid before is not asked to pay without a word on why. */
function takenBack({ t }: Words, last: Payment['last']): Child {
  return (last === 'refunded' || last === 'lost') && h('section', { class: 'sg-banner', 'aria-labelledby': 'taken-back' }, icon(ICONS.info),
    h('div', { class: 'pm-free' }, h('h2', { id: 'taken-back' }, t(`payment.${last}.title`)), h('p', {}, t(`payment.${last}.text`))));
}

function confirmed(event: Event): void {
  event.preventDefault();
  if (mine === null) return fail([({ t }) => ({ field: 'number-yes', text: t('pay.number.empty') })]);
  faults = [];
  step = mine === 'yes' ? 'methods' : 'wrong';
  history.pushState({ step }, ''); // the browser's Back leads to the question again
  page.show(view, true);
}

function wrong(words: Words, payment: Payment): View {
  const { t } = words;
  return {
    title: t('pay.wrong.title'),
    main: h('div', { class: 'sg-stack-wide' },
      h('div', {}, h('h1', {}, t('pay.wrong.title')), h('p', { class: 'sg-lead' }, t('pay.wrong.text'))),
      whoToCall(words, page, payment),
      back(words)),
  };
}

function methods(words: Words, payment: Payment): View {
  const { t } = words;
  const shown = faults.map((fault) => fault(words));
  const missing = errorFor(shown, 'method');
  const amount = words.money(payment.amount);
  const option = (code: string) => {
    const key = `pay.method.${code}`;
    return { value: code, label: words.has(key) ? t(key) : methodName(code), hint: words.has(`${key}.hint`) ? t(`${key}.hint`) : null };
  };
  const { accessUntil } = payment;
  return titled(words, shown, 'pay.choose', h('div', { class: 'sg-stack-wide' },
    h('h1', {}, t('pay.choose')),
    h('form', { class: 'sg-card sg-stack-wide', novalidate: true, submit: (event) => void send(event) },
      summary(words, shown),
      h('dl', { class: 'pm-bill' },
        h('div', {}, h('dt', {}, t('pay.for')),
          h('dd', {}, payment.studyDate ? t('pay.for.day', { date: whole(words.date(payment.studyDate)) }) : t('pay.for.exam'),
            h('span', { class: 'sg-muted sg-small pm-block' }, payment.hospital))),
        h('div', {}, h('dt', {}, t('pay.amount')), h('dd', { class: 'pm-amount' }, amount)),
        accessUntil && h('div', {}, h('dd', {}, t('pay.until', { date: whole(words.date(accessUntil)) })))),
      h('fieldset', { class: missing ? 'sg-has-error' : null, 'aria-describedby': described('method-hint', missing && 'method-error') },
        h('legend', {}, t('pay.method')),
        h('p', { class: 'sg-hint', id: 'method-hint' }, t('pay.method.hint')),
        errorLine('method', missing),
        radios('method', payment.methods.map(option), method, (value) => { method = value; })),
      h('button', { class: 'sg-button sg-button-wide', id: 'pay', type: 'submit', 'aria-disabled': busy ? 'true' : null },
        t(busy ? 'entrance.busy' : 'pay.submit', { amount }), !busy && icon(ICONS.next, 20))),
    freeWay(words, page, payment),
    h('section', { class: 'sg-stack', 'aria-labelledby': 'next' }, h('h2', { id: 'next' }, t('pay.next')),
      h('ol', { class: 'pm-steps' }, h('li', {}, t('pay.next.pay')),
        h('li', {}, t('pay.next.sms', { mobile: masked(payment) })), h('li', {}, accessUntil ? t('pay.next.until', { date: whole(words.date(accessUntil)) }) : t('pay.next.back')))),
    back(words)));
}

function titled({ t }: Words, shown: readonly Fault[], key: string, main: Child): View {
  return { title: shown.length > 0 ? t('error.title', { title: t(key) }) : t(key), main };
}

function back({ t }: Words): HTMLElement {
  return h('p', {}, h('button', { class: 'sg-link', type: 'button', click: () => history.back() }, icon(ICONS.previous, 20), t('help.back')));
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  if (busy) return;
  if (method === null) {
    return fail([({ t }) => ({ field: `method-${payment?.methods[0]}`, text: t('pay.method.empty') })]);
  }
  busy = true;
  faults = [];
  page.draw();
  byId('pay')?.focus();
  const answer = await post<CheckoutPage>('/api/patient/checkout', { method, language: page.words.language });
  if (answer.kind === 'ok') {
    const url = checkoutAddress(answer.value.url, location);
    if (url === null) return fail([(words) => ({ field: null, text: words.t('pay.foreign'), more: phone(words, page, payment) })]);
    setTimeout(() => { busy = false; page.draw(); }, LEAVING_MS);
    return location.assign(url);
  }
  if (answer.kind === 'slow-down') {
    return fail([({ t }) => ({ field: null, text: t('error.slow', { n: Math.ceil(answer.seconds / 60) }) })]);
  }
  if (answer.kind === 'refused' && answer.code === 'already-paid') return location.replace(page.address('/pincode'));
  if (answer.kind === 'refused' && answer.code === 'payment-pending') return location.replace(page.address('/payment'));
  if (answer.kind === 'unreachable') {
    const key = answer.code === 'payment-unavailable' ? 'pay.unavailable' : 'error.unreachable';
    return fail([({ t }) => ({ field: null, text: t(key) })]);
  }
  ended = answer.kind === 'refused' && answer.code === 'mobile-unreachable' ? 'silent' : 'gone';
  page.show(view, true);
}

function fail(found: readonly Problem[]): void {
  busy = false;
  faults = found;
  page.draw();
  focusSummary();
}
