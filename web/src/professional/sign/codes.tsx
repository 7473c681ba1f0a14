import { useEffect, useState } from 'preact/hooks';
import { post } from '../../lib/api.ts';
import { byId } from '../../lib/dom.ts';
import { RULES } from '../../lib/rules.ts';
import { digits } from '../../lib/typed.ts';
import { Banner, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { Code, Desk, FormCard, Sheet, typed, useForm } from './form.tsx';
import { Square } from './qr.tsx';
import { ACCOUNT_RULES } from './rules.ts';
import { type Factor, type Next, pause, type Sent } from './steps.ts';

export type On = (next: Next) => void;
type Ways = { readonly on: On; readonly over: () => void };

/** The one sentence for a wrong, an old and a locked one; it says who helps. */
const REFUSED = { field: 'code', key: 'sign.code.refused', desk: true } as const;

/** Sends a code of six digits; nothing typed is cleared. */
function useCode(title: string, { on, over }: Ways, path = '/api/account/challenge') {
  const form = useForm(title);
  const submit = async () => {
    const code = digits(typed('code'));
    if (code.length !== RULES.codeDigits) return form.fail({ field: 'code', key: 'sign.code.empty', holes: { n: RULES.codeDigits } });
    const remember = byId('remember') instanceof HTMLInputElement && (byId('remember') as HTMLInputElement).checked;
    const next = await form.send(() => post<Next>(path, { code, ...(remember ? { rememberBrowser: true } : {}) }),
      (refused) => (refused === 'session-ended' ? (over(), null) : REFUSED));
    if (next) on(next);
  };
  return { form, submit: () => void submit() };
}

/** Six digits by text message or mail: where they went, and after a minute another one. */
export function Otp({ sent, other, change = 'sign.factor.other', path, again = '/api/account/otp', remember = true, ...ways }: Ways & {
  readonly sent: Sent;
  readonly other?: (() => void) | undefined;
  /** What the link says that leads to another way. */
  readonly change?: string;
  readonly path?: string;
  readonly again?: string;
  readonly remember?: boolean;
}) {
  const [now, setNow] = useState(sent);
  const [news, setNews] = useState(false);
  const title = t('sign.otp.title');
  const { form, submit } = useCode(title, ways, path);
  const ask = async () => {
    setNews(false);
    const next = await form.send(() => post<Sent>(again), () => (ways.over(), null));
    if (!next) return;
    setNow({ ...now, ...next });
    setNews(true);
    byId('code')?.focus();
  };
  const to = now.sentTo.replace(/ /g, '\u00a0');
  return (
    <Sheet title={title} lead={<p>{t(now.channel === 'email' ? 'sign.otp.email' : 'sign.otp.sms', { to })}</p>}
      aside={<section class="sg-stack"><h2>{t('sign.otp.none')}</h2><p>{t(now.channel === 'email' ? 'sign.otp.none.email' : 'sign.otp.none.sms')}</p><Desk /></section>}>
      <FormCard form={form} go="sign.continue" submit={submit} after={<Tries />}>
        {news && <Banner tone="ok" role="status"><p>{t('sign.again.done')}</p></Banner>}
        <Code faults={form.faults} hint={t('sign.otp.hint', { n: RULES.codeMinutes })} />
        {remember && <Remember />}
      </FormCard>
      <Again key={now.resendAt ?? 'over'} resendAt={now.resendAt} ask={() => void ask()} />
      {other && <button type="button" class="sg-link" id="other" onClick={other}>{t(change)}</button>}
    </Sheet>
  );
}

/** The wait is told in words and counted without a screen reader reading each second. */
export function Again({ resendAt, ask }: { readonly resendAt: string | null | undefined; readonly ask: () => void }) {
  const [left, setLeft] = useState(() => pause(resendAt, Date.now(), RULES.codeSpacingSeconds));
  useEffect(() => {
    if (left <= 0) return;
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, [left <= 0]);
  if (!resendAt) return <p class="sg-muted">{t('sign.again.over')}</p>;
  return left > 0 ? <p class="sg-muted" id="again-wait">{t('sign.again.wait', { n: left })}</p>
    : <button type="button" class="sg-link" id="again" onClick={ask}><Icon of="again" />{t('sign.again')}</button>;
}

export function Totp(ways: Ways) {
  const title = t('sign.totp.title');
  const { form, submit } = useCode(title, ways);
  return (
    <Sheet title={title} lead={<p>{t('sign.totp.lead')}</p>}
      aside={<section class="sg-stack"><h2>{t('sign.totp.lost')}</h2><p>{t('sign.totp.lost.text')}</p><Desk /></section>}>
      <FormCard form={form} go="sign.continue" submit={submit} after={<Tries />}>
        <Code faults={form.faults} hint={t('sign.totp.hint')} />
        <Remember />
      </FormCard>
    </Sheet>
  );
}

function Tries() {
  return <p class="sg-small sg-muted">{t('sign.code.tries', { n: RULES.wrongCodes })}</p>;
}

function Remember() {
  return (
    <div class="si-tick">
      <input type="checkbox" id="remember" aria-describedby="remember-hint" />
      <div><label for="remember">{t('sign.remember', { n: ACCOUNT_RULES.rememberedDays })}</label>
        <p class="sg-hint" id="remember-hint">{t('sign.remember.hint')}</p></div>
    </div>
  );
}

/** How codes come. Where a second factor is a must, nobody is offered none: the server's list says so, and so does the page. */
export function Choose({ factors, mandatory, on, over }: Ways & { readonly factors: readonly Factor[]; readonly mandatory: boolean }) {
  const title = t('sign.factor.title');
  const form = useForm(title);
  const offered = factors.filter((factor) => ['totp', 'sms', 'email'].includes(factor) || (factor === 'none' && !mandatory));
  const submit = async () => {
    const factor = document.querySelector<HTMLInputElement>('input[name=factor]:checked')?.value;
    if (!factor) return form.fail({ field: `factor-${offered[0]}`, key: 'sign.factor.empty' });
    const next = await form.send(() => post<Next>('/api/account/factor', { factor }),
      (code) => (code === 'session-ended' ? (over(), null) : { field: null, key: 'sign.unreachable' }));
    if (next) on(next);
  };
  const wrong = form.faults.find(({ field }) => field);
  return (
    <Sheet title={title} lead={<p>{t(mandatory ? 'sign.factor.must' : 'sign.factor.may')}</p>}>
      <FormCard form={form} go="sign.continue" submit={() => void submit()}>
        <fieldset class={wrong ? 'sg-has-error' : undefined} aria-describedby={wrong ? 'factor-error' : undefined}>
          <legend>{t('sign.factor.which')}</legend>
          {wrong && <p class="sg-error" id="factor-error"><Icon of="alert" /><span>{t(wrong.key)}</span></p>}
          <div class="si-options">{offered.map((factor) => (
            <label class="si-option" key={factor} for={`factor-${factor}`}>
              <input type="radio" name="factor" id={`factor-${factor}`} value={factor} aria-describedby={`factor-${factor}-hint`} />
              <span><strong>{t(`sign.factor.${factor}`)}</strong><span class="sg-hint" id={`factor-${factor}-hint`}>{t(`sign.factor.${factor}.hint`)}</span></span>
            </label>
          ))}</div>
        </fieldset>
      </FormCard>
    </Sheet>
  );
}

/** An app gets its secret: as a picture for its camera, as letters for a keyboard; its first code proves it. */
export function Enrol({ secret, uri, other, ...ways }: Ways & { readonly secret: string; readonly uri: string; readonly other?: (() => void) | undefined }) {
  const title = t('sign.enrol.title');
  const { form, submit } = useCode(title, ways);
  const groups = secret.match(/.{1,4}/g) ?? [];
  return (
    <Sheet title={title} lead={<p>{t('sign.enrol.lead')}</p>}
      aside={<section class="sg-stack"><h2>{t('sign.enrol.which')}</h2><p>{t('sign.enrol.which.text')}</p><Desk /></section>}>
      <FormCard form={form} go="sign.enrol.go" submit={submit} after={<Tries />}>
        <ol class="si-steps">
          <li><h2>{t('sign.enrol.scan')}</h2>
            <Square text={uri} label={t('sign.enrol.picture')} />
            <p class="sg-hint">{t('sign.enrol.type')}</p>
            <p class="si-key sg-mono" id="secret" translate={false}>{groups.map((group, at) => <span key={at}>{group} </span>)}</p></li>
          <li><h2>{t('sign.enrol.code')}</h2><Code faults={form.faults} hint={t('sign.totp.hint')} focus={false} /></li>
        </ol>
      </FormCard>
      {other && <button type="button" class="sg-link" id="other" onClick={other}>{t('sign.factor.other')}</button>}
    </Sheet>
  );
}
