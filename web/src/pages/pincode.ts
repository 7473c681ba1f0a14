import type { Next, Payment } from '../lib/answers.ts';
import { get, post } from '../lib/api.ts';
import { type Child, h, icon } from '../lib/dom.ts';
import { RULES } from '../lib/rules.ts';
import { digits } from '../lib/typed.ts';
import type { Words } from '../lib/words.ts';
import { department } from '../ui/department.ts';
import { approach, enter } from '../ui/enter.ts';
import { described, errorFor, errorLine, type Fault, focusField, focusSummary, summary, valueOf } from '../ui/form.ts';
import { handedOver } from '../ui/handedover.ts';
import { ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';
import { masked, phone, quoted, whoToCall } from '../ui/paying.ts';

const justPaid = new URLSearchParams(location.search).get('paid') === 'now';
const page = await Page.open('payment');
let payment: Payment | null = null;
let ended: 'gone' | 'unreachable' = 'unreachable';
let faults: readonly ((words: Words) => Fault)[] = [];
let busy = false;
let helping = false;

page.belongsTo(await department());
await look();

async function look(): Promise<void> {
  const answer = await get<Payment>('/api/patient/payment');
  if (answer.kind === 'ok') {
    payment = answer.value;
    if (payment.status === 'pending') return location.replace(page.address('/payment'));
    if (payment.status !== 'paid') return location.replace(page.address('/pay'));
  } else {
    ended = answer.kind === 'refused' || answer.kind === 'missing' ? 'gone' : 'unreachable';
  }
  page.show(view);
  if (!payment) return;
  approach(page);
  handedOver('pincode');
}

function view(words: Words): View {
  const { t } = words;
  const title = t('pincode.title');
  if (!payment) {
    return {
      title,
      main: h('div', { class: 'sg-card sg-stack' }, h('h1', {}, title), h('p', {}, t(ended === 'gone' ? 'code.gone' : 'error.unreachable')),
        ended === 'unreachable'
          ? h('button', { class: 'sg-button', type: 'button', click: () => void look() }, icon(ICONS.again, 20), t('wait.again'))
          : h('a', { class: 'sg-button', href: page.address('/') }, t('restart'))),
    };
  }
  const mobile = masked(payment);
  const shown = faults.map((fault) => fault(words));
  const wrong = errorFor(shown, 'pincode');
  return {
    title: shown.length > 0 ? t('error.title', { title }) : title,
    main: h('div', { class: 'sg-stack-wide' },
      justPaid && received(words, payment),
      h('div', {}, h('h1', {}, title), h('p', { class: 'sg-lead' }, t('pincode.sent', { mobile, n: RULES.pincodeDigits }))),
      h('form', { class: 'sg-card sg-stack-wide', novalidate: true, submit: (event) => void send(event) },
        summary(words, shown),
        h('div', { class: wrong ? 'sg-has-error' : null },
          h('label', { class: 'sg-label', for: 'pincode' }, t('pincode.label', { n: RULES.pincodeDigits })),
          errorLine('pincode', wrong),
          h('input', { class: 'sg-input sg-input-code sg-input-otp', id: 'pincode', type: 'text', inputmode: 'numeric',
            autocomplete: 'one-time-code', spellcheck: 'false', 'aria-invalid': wrong ? 'true' : null,
            'aria-describedby': described('pincode-tries', wrong && 'pincode-error') })),
        h('button', { class: 'sg-button sg-button-wide', id: 'open', type: 'submit', 'aria-disabled': busy ? 'true' : null },
          t(busy ? 'entrance.busy' : 'entrance.go'), !busy && icon(ICONS.next, 20)),
        h('p', { class: 'sg-small sg-muted', id: 'pincode-tries' }, t('pincode.tries', { n: RULES.wrongPincodes }))),
      h('div', { class: 'sg-banner' }, icon(ICONS.info), h('div', {}, h('p', {}, t('pincode.keep')))),
      h('details', { class: 'sg-details', open: helping, toggle: (event) => { helping = (event.target as HTMLDetailsElement).open; } },
        h('summary', {}, t('pincode.none')),
        h('div', { class: 'sg-stack' }, h('p', {}, t('pincode.none.wait')), h('p', {}, t('pincode.none.number', { mobile })),
          h('p', {}, t('pincode.none.call')), whoToCall(words, page, payment)))),
  };
}

/** Before anything is asked of somebody who has just paid: that it has come, how much, and a number to quote. */
function received(words: Words, payment: Payment): Child {
  const { t } = words;
  return payment.payment && h('section', { class: 'sg-banner sg-banner-ok', id: 'received', role: 'status' }, icon(ICONS.done),
    h('div', { class: 'pm-free' }, h('h2', {}, t('payment.received.title')),
      h('p', {}, t('payment.received.text', { amount: words.money(payment.payment.amount), mobile: masked(payment) })),
      quoted(words, payment)));
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  if (busy) return;
  const pincode = digits(valueOf('pincode'));
  if (pincode.length !== RULES.pincodeDigits) return fail(({ t }) => ({ field: 'pincode', text: t('pincode.empty', { n: RULES.pincodeDigits }) }));
  busy = true;
  faults = [];
  page.draw();
  document.getElementById('open')?.focus();
  const answer = await post<Next>('/api/patient/pincode', { pincode });
  busy = false;
  switch (answer.kind) {
    case 'ok': return enter(page);
    case 'unreachable': return fail(({ t }) => ({ field: null, text: t('error.unreachable') }));
    case 'slow-down': return fail(({ t }) => ({ field: null, text: t('error.slow', { n: Math.ceil(answer.seconds / 60) }) }));
    default: return fail((words) => ({ field: 'pincode', text: words.t('pincode.refused'), more: phone(words, page, payment) }));
  }
}

function fail(fault: (words: Words) => Fault): void {
  faults = [fault];
  page.draw();
  const { field } = fault(page.words);
  if (field) focusField(field);
  else focusSummary();
}
