import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../lib/api.ts';
import { RULES } from '../../lib/rules.ts';
import { digits } from '../../lib/typed.ts';
import { post } from '../api.ts';
import { Again } from '../sign/codes.tsx';
import { Code, Desk, type Fault } from '../sign/form.tsx';
import { Banner, Dialog } from '../ui.tsx';
import { t } from '../words.ts';

type Sent = { readonly sentTo: string; readonly resendAt: string | null; readonly expiresAt: string };
type State = { readonly is: 'asking' } | { readonly is: 'sent'; readonly sent: Sent } | { readonly is: 'not'; readonly why: string; readonly minutes: number; readonly again: boolean };

/** What was shared with a code opens when it is typed, for as long as one stays signed in. */
export default function CodeDialog({ bucket, done, close }: { readonly bucket: string; readonly done: () => void; readonly close: () => void }) {
  const [state, set] = useState<State>({ is: 'asking' });
  const [fault, setFault] = useState<Fault | null>(null);
  const [news, setNews] = useState(false);
  const busy = useRef(false);
  const field = () => document.querySelector<HTMLInputElement>('dialog #code');
  const ask = async (again: boolean) => {
    setNews(false);
    setFault(null);
    const answer = await post<Sent>(`/api/buckets/${bucket}/otp`);
    if (answer.kind === 'ok') {
      set({ is: 'sent', sent: answer.value });
      setNews(again);
      if (again) field()?.focus();
    } else set({ is: 'not', ...whyNot(answer), again: answer.kind === 'unreachable' });
  };
  useEffect(() => void ask(false), []);
  useEffect(() => { if (fault) field()?.select(); }, [fault]);
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy.current) return;
    const code = digits(field()?.value ?? '');
    if (code.length !== RULES.codeDigits) return setFault({ field: 'code', key: 'sign.code.empty', holes: { n: RULES.codeDigits } });
    busy.current = true;
    setFault(null);
    setNews(false);
    const answer = await post(`/api/buckets/${bucket}/otp/verify`, { code });
    busy.current = false;
    if (answer.kind === 'ok') return done();
    if (answer.kind === 'missing') return set({ is: 'not', ...whyNot(answer), again: false });
    setFault(answer.kind === 'slow-down' ? { field: 'code', key: 'sign.slow', holes: { n: Math.ceil(answer.seconds / 60) } } : { field: 'code', key: answer.kind === 'unreachable' ? 'sign.unreachable' : 'share.code.wrong' });
  };
  return (
    <Dialog title={t('share.code.title')} close={close}>
      {state.is === 'asking' ? <p role="status">{t('share.code.asking')}</p>
        : state.is === 'not' ? <>
          <Banner tone="warn" role="alert"><p>{t(state.why, { n: state.minutes })}</p></Banner>
          <Desk />
          <div class="sg-actions">
            {state.again && <button type="button" class="sg-button" onClick={() => { set({ is: 'asking' }); void ask(false); }}>{t('shell.again')}</button>}
            <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('share.list')}</button>
          </div>
        </> : (
          <form class="sg-stack" noValidate onSubmit={(event) => void send(event)}>
            <p>{t('share.code.lead')}</p>
            <p>{t('sign.otp.sms', { to: state.sent.sentTo.replace(/ /g, '\u00a0') })}</p>
            {news && <Banner tone="ok" role="status"><p>{t('sign.again.done')}</p></Banner>}
            <Code faults={fault ? [fault] : []} hint={t('sign.otp.hint', { n: RULES.codeMinutes })} />
            <div class="sg-actions">
              <button type="submit" class="sg-button">{t('share.code.open')}</button>
              <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('share.list')}</button>
            </div>
            <Again key={state.sent.resendAt ?? 'over'} resendAt={state.sent.resendAt} ask={() => void ask(true)} />
            <p class="sg-hint">{t('share.code.tries', { n: RULES.wrongCodes })}</p>
          </form>
        )}
    </Dialog>
  );
}

/** Blocked, withdrawn and over are one to whoever asks; it says who knows. */
function whyNot(answer: Answer<unknown>): { readonly why: string; readonly minutes: number } {
  const minutes = answer.kind === 'slow-down' ? Math.ceil(answer.seconds / 60) : 0;
  return { minutes, why: answer.kind === 'slow-down' ? 'sign.slow' : answer.kind === 'refused' && answer.code === 'mobile-unreachable' ? 'share.code.mobile' : answer.kind === 'unreachable' ? 'sign.unreachable' : 'share.code.gone' };
}
