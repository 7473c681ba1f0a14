import type { Next, Sent } from '../lib/answers.ts';
import { get, post } from '../lib/api.ts';
import { h, icon } from '../lib/dom.ts';
import { RULES } from '../lib/rules.ts';
import { digits } from '../lib/typed.ts';
import type { Words } from '../lib/words.ts';
import { contactBlock } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { approach, enter } from '../ui/enter.ts';
import { described, errorFor, errorLine, type Fault, focusField, focusSummary, summary, valueOf } from '../ui/form.ts';
import { handedOver } from '../ui/handedover.ts';
import { ICONS } from '../ui/icons.ts';
import { Page, type View } from '../ui/page.ts';

const page = await Page.open();
let sent: Sent | null = null;
let state: 'open' | 'gone' | 'unreachable' = 'open';
let faults: readonly ((words: Words) => Fault)[] = [];
let busy = false;
let again = false;
let seconds = 0;

page.belongsTo(await department());
await look();

async function look(): Promise<void> {
  const answer = await get<Sent>('/api/patient/otp');
  if (answer.kind === 'ok') {
    sent = answer.value;
    count();
  } else {
    state = answer.kind === 'unreachable' ? 'unreachable' : 'gone';
  }
  page.show(view);
  if (state !== 'open') return;
  approach(page);
  if (sent?.channel === 'sms') handedOver('code');
}

/** Seconds until another code may be asked for; a clock that is wrong makes nobody wait longer than a minute. */
function count(): void {
  const left = sent?.resendAt ? (Date.parse(sent.resendAt) - Date.now()) / 1000 : 0;
  seconds = Math.min(RULES.codeSpacingSeconds, Math.max(0, Math.ceil(left)));
  if (seconds > 0) tick();
}

function tick(): void {
  const timer = setInterval(() => {
    seconds--;
    const line = document.getElementById('again-wait');
    if (line) line.textContent = page.t('code.again.wait', { n: seconds });
    if (seconds <= 0) {
      clearInterval(timer);
      // only this line is made anew: somebody may be typing the code
      document.getElementById('again')?.replaceChildren(resend(page.words));
    }
  }, 1000);
}

function view(words: Words): View {
  const { t } = words;
  if (state !== 'open' || !sent) {
    return {
      title: t('code.title'),
      main: h('div', { class: 'sg-card sg-stack' }, h('h1', {}, t('code.title')),
        h('p', {}, t(state === 'unreachable' ? 'error.unreachable' : 'code.gone')),
        h('a', { class: 'sg-button', href: page.address('/') }, t('restart'))),
    };
  }
  const shown = faults.map((fault) => fault(words));
  const wrong = errorFor(shown, 'code');
  return {
    title: shown.length > 0 ? t('error.title', { title: t('code.title') }) : t('code.title'),
    main: h('div', { class: 'sg-stack-wide' },
      h('div', {}, h('h1', {}, t('code.title')),
        h('p', { class: 'sg-lead' }, t(sent.channel === 'email' ? 'code.sent.email' : 'code.sent.sms', { to: sent.sentTo.replace(/ /g, '\u00a0') }))),
      h('form', { class: 'sg-card sg-stack-wide', novalidate: true, submit: (event) => void send(event) },
        summary(words, shown),
        again && h('div', { class: 'sg-banner sg-banner-ok', role: 'status' }, icon(ICONS.done), h('div', {}, h('p', {}, t('code.again.done')))),
        h('div', { class: wrong ? 'sg-has-error' : null },
          h('label', { class: 'sg-label', for: 'code' }, t('code.label', { n: RULES.codeDigits })),
          h('p', { class: 'sg-hint', id: 'code-hint' }, t('code.hint', { n: RULES.codeMinutes })),
          errorLine('code', wrong),
          h('input', { class: 'sg-input sg-input-code sg-input-otp', id: 'code', type: 'text', inputmode: 'numeric',
            autocomplete: 'one-time-code', spellcheck: 'false', 'aria-invalid': wrong ? 'true' : null,
            'aria-describedby': described('code-hint', 'code-tries', wrong && 'code-error') })),
        h('button', { class: 'sg-button sg-button-wide', type: 'submit', 'aria-disabled': busy ? 'true' : null },
          t(busy ? 'entrance.busy' : 'code.go'), !busy && icon(ICONS.next, 20)),
        h('p', { class: 'sg-small sg-muted', id: 'code-tries' }, t('code.tries', { n: RULES.wrongCodes }))),
      h('div', { id: 'again' }, resend(words))),
    aside: [h('section', {}, h('h2', {}, t('code.none')), h('p', {}, t(sent.channel === 'email' ? 'code.none.email' : 'code.none.sms'))), contactBlock(words, page.department)],
  };
}

function resend({ t }: Words): Node {
  if (!sent?.resendAt) return h('p', { class: 'sg-muted' }, t('code.again.over'));
  return seconds > 0
    ? h('p', { class: 'sg-muted', id: 'again-wait' }, t('code.again.wait', { n: seconds }))
    : h('button', { class: 'sg-link', type: 'button', id: 'again-ask', click: () => void ask() }, icon(ICONS.again, 20), t('code.again'));
}

async function ask(): Promise<void> {
  const answer = await post<Sent>('/api/patient/otp');
  again = false;
  faults = [];
  if (answer.kind === 'ok') {
    sent = { ...sent!, ...answer.value };
    again = true;
    count();
  } else if (answer.kind === 'slow-down') {
    seconds = Math.min(RULES.codeSpacingSeconds, answer.seconds);
    tick();
  } else if (answer.kind === 'unreachable') {
    faults = [({ t }) => ({ field: null, text: t('error.unreachable') })];
  } else {
    state = 'gone';
  }
  page.draw();
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  if (busy) return;
  const code = digits(valueOf('code'));
  if (code.length !== RULES.codeDigits) {
    fail({ field: 'code', key: 'code.empty' });
    return;
  }
  busy = true;
  faults = [];
  again = false;
  page.draw();
  const answer = await post<Next>('/api/patient/otp/verify', { code });
  busy = false;
  if (answer.kind === 'ok') {
    await enter(page);
  } else {
    fail({ field: answer.kind === 'unreachable' ? null : 'code', key: answer.kind === 'unreachable' ? 'error.unreachable' : 'code.refused' });
  }
}

function fail({ field, key }: { field: string | null; key: string }): void {
  faults = [({ t }) => ({ field, text: t(key, { n: RULES.codeDigits }) })];
  page.draw();
  if (field) focusField(field);
  else focusSummary();
}
