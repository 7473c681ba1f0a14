import type { Payment } from '../lib/answers.ts';
import { get } from '../lib/api.ts';
import { byId, type Child, h, icon } from '../lib/dom.ts';
import { type Back, nextLook, outcome, type Outcome } from '../lib/payment.ts';
import type { Words } from '../lib/words.ts';
import { department } from '../ui/department.ts';
import { DRAWINGS, ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';
import { freeWay, masked, quoted, whoToCall } from '../ui/paying.ts';

const QUIET_MS = 300;
const STILL_MS = 12_000;
const LONG_MS = 60_000;

type State = Exclude<Outcome, 'paid'> | 'late' | 'gone' | 'unreachable';

const back = ((word): Back => (word === 'done' || word === 'stopped' ? word : null))(new URLSearchParams(location.search).get('back'));
const page = await Page.open('payment');
let payment: Payment | null = null;
let state: State | null = null;
let since = 0;
let misses = 0;
let round = 0;
let timer = 0;

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') begin();
  else stop();
});
page.belongsTo(await department());
if (document.visibilityState === 'visible') begin();

/** Asks the server, which asks the payment provider itself, until something is settled. */
function begin(): void {
  stop();
  since = performance.now();
  misses = 0;
  void look(round);
  if (state === null) setTimeout(() => { if (state === null) show('waiting'); }, QUIET_MS);
}

/** Answers still on their way belong to a round that is over. */
function stop(): void {
  round++;
  clearTimeout(timer);
}

async function look(mine: number): Promise<void> {
  const answer = await get<Payment>('/api/patient/payment');
  if (mine !== round) return;
  let slowSeconds: number | null = null;
  switch (answer.kind) {
    case 'ok': {
      payment = answer.value;
      misses = 0;
      const found = outcome(payment, back);
      if (found === 'paid') return location.replace(page.address('/pincode', { paid: 'now' })); // where the receipt comes first
      show(found);
      if (found !== 'waiting' && found !== 'pending') return;
      break;
    }
    case 'refused': case 'missing': return show('gone');
    case 'slow-down': slowSeconds = answer.seconds; break;
    case 'unreachable':
      if (++misses > 1) show('unreachable');
  }
  const elapsedMs = performance.now() - since;
  const pause = nextLook({ elapsedMs, misses, slowSeconds });
  if (pause === null) {
    if (state === 'waiting' || state === null) show(payment ? 'late' : 'unreachable');
    return;
  }
  const line = byId('progress');
  const word = progress(page.words);
  if (line && line.textContent !== word) line.textContent = word;
  timer = window.setTimeout(() => void look(mine), pause);
}

/** A state that stays is not drawn again: nobody is interrupted while reading. */
function show(next: State): void {
  if (next === state) return;
  const first = state === null;
  state = next;
  page.show(view, !first);
}

function again(): void {
  show('waiting');
  begin();
}

function progress({ t }: Words): string {
  const elapsed = performance.now() - since;
  return t(elapsed < STILL_MS ? 'payment.waiting.now' : elapsed < LONG_MS ? 'payment.waiting.still' : 'payment.waiting.long');
}

function view(words: Words): View {
  const { t } = words;
  const mobile = payment ? masked(payment) : '';
  const pay = (key: string, plain = false) =>
    h('a', { class: plain ? 'sg-button sg-button-plain' : 'sg-button', href: page.address('/pay') }, t(key), icon(ICONS.next, 20));
  const lookAgain = () => h('button', { class: 'sg-button', type: 'button', click: again }, icon(ICONS.again, 20), t('payment.again'));
  const told = (...inside: Child[]) => card(t(`payment.${state}.title`), h('p', {}, t(`payment.${state}.text`, { mobile })), inside);
  const withHelp = (main: Child): View => ({
    title: t(`payment.${state}.title`),
    main: h('div', { class: 'sg-stack-wide' }, main, whoToCall(words, page, payment)),
  });
  const withFreeWay = (main: Child): View => withHelp([main, freeWay(words, page, payment)]);
  switch (state) {
    case 'pending': return withHelp(told(h('p', {}, t('payment.pending.next', { mobile })),
      payment?.payment && [h('p', {}, h('strong', {}, t('payment.pending.amount', { amount: words.money(payment.payment.amount) }))),
        quoted(words, payment), h('p', { class: 'sg-muted' }, t('payment.pending.quote'))]));
    case 'late': return withFreeWay(told(h('div', { class: 'sg-actions' }, lookAgain(), pay('payment.start', true))));
    case 'unreachable': return withHelp(told(lookAgain()));
    case 'failed': return withFreeWay(told(pay('payment.retry')));
    case 'stopped': return withFreeWay(told(pay('payment.start')));
    case 'expired': return withFreeWay(told(pay('payment.start')));
    case 'refunded': case 'lost': return withFreeWay(told(pay('payment.anew', true)));
    case 'gone': return {
      title: t('pay.title'),
      main: card(t('pay.title'), h('p', {}, t('code.gone')), h('a', { class: 'sg-button', href: page.address('/') }, t('restart'))),
    };
    case 'waiting': case null: return {
      title: t('payment.waiting.title'),
      main: card(t('payment.waiting.title'), h('p', {}, t('payment.waiting.text')),
        h('p', { class: 'sg-muted', role: 'status', id: 'progress' }, progress(words))),
    };
  }
}

function card(title: string, ...inside: Child[]): HTMLElement {
  return h('div', { class: 'sg-card sg-stack' }, drawing(), h('h1', {}, title), inside);
}

/** Waiting is blue; red is kept for what went wrong. */
function drawing(): SVGSVGElement {
  switch (state) {
    case 'failed': return mark(ICONS.alert, 'pm-mark pm-mark-danger');
    case 'refunded': case 'lost': case 'unreachable': return mark(ICONS.alert, 'pm-mark pm-mark-warn');
    case 'stopped': return mark(ICONS.info, 'pm-mark');
    case 'expired': case 'gone': return mark(ICONS.clock, 'pm-mark');
    default: return mark(DRAWINGS.waiting, 'sg-drawing');
  }
}

function mark(path: string, kind: string): SVGSVGElement {
  const drawn = icon(path, 96);
  drawn.classList.add(...kind.split(' '));
  return drawn;
}
