import { useEffect, useState } from 'preact/hooks';
import { entered, state } from '../session.ts';
import { Banner, Failed, useTitle } from '../ui.tsx';
import { t, words } from '../words.ts';
import { Choose, Enrol, Otp, Totp } from './codes.tsx';
import { Desk, Sheet } from './form.tsx';
import { ConfirmGroups } from './groups.tsx';
import { NewPassword } from './password.tsx';
import type { Next } from './steps.ts';

type Asked = Extract<Next, { next: 'totp' | 'otp' | 'choose-factor' | 'enrol-totp' | 'new-password' }>;

/** What comes between a name and the visit, wherever it began: with a password, at a provider, after a forgotten one. */
export function Between({ step, username, on, over }: { readonly step: Asked; readonly username: string; readonly on: (next: Next) => void; readonly over: () => void }) {
  const [choice, setChoice] = useState<Extract<Next, { next: 'choose-factor' }> | null>(null);
  const ways = { on, over };
  const other = choice ? () => on(choice) : undefined;
  switch (step.next) {
    case 'totp': return <Totp {...ways} />;
    case 'otp': return <Otp key={step.expiresAt} sent={step} other={other} {...ways} />;
    case 'choose-factor': return <Choose {...ways} factors={step.factors} mandatory={step.mandatory} on={(next) => { setChoice(step); on(next); }} />;
    case 'enrol-totp': return <Enrol {...ways} secret={step.secret} uri={step.uri} other={other} />;
    case 'new-password': return <NewPassword {...ways} code={step.code === true} username={username} />;
  }
}

/** The visit is open: the last failed attempt is told, the groups are asked about, then on to where one wanted to go. */
export function Opened({ step, over }: { readonly step: Extract<Next, { next: 'open' | 'confirm-groups' }>; readonly over: () => void }) {
  const [failedAt, setFailedAt] = useState(step.failedAt ?? null);
  const [groups, setGroups] = useState(step.next === 'confirm-groups' ? step.groups : []);
  if (failedAt) return <Attempt at={failedAt} go={() => setFailedAt(null)} />;
  if (groups.length > 0) return <ConfirmGroups groups={groups} done={() => setGroups([])} />;
  return <Enter over={over} />;
}

/** The session is looked at once more, as every page does; a line that is lost meanwhile is told. */
function Enter({ over }: { readonly over: () => void }) {
  const [lost, setLost] = useState(false);
  const enter = () => void entered().then(() => (state.value === 'unreachable' ? setLost(true) : state.value === 'none' && over()));
  useEffect(enter, []);
  return lost ? <Failed again={enter} /> : null;
}

function Attempt({ at, go }: { readonly at: string; readonly go: () => void }) {
  const [stranger, setStranger] = useState(false);
  useTitle(t('sign.failed.title'));
  return (
    <Sheet title={t('sign.failed.title')}>
      <div class="sg-card sg-stack-wide">
        <Banner tone="warn"><p>{t('sign.failed.text', { time: words.value.dateTime(new Date(at)) })}</p></Banner>
        {stranger ? <>
          <div class="sg-stack" role="status"><h2>{t('sign.failed.do')}</h2><p>{t('sign.failed.do.text')}</p><Desk /></div>
          <button type="button" class="sg-button sg-button-wide" id="go" onClick={go}>{t('sign.continue')}</button>
        </> : <>
          <button type="button" class="sg-button sg-button-wide" id="go" onClick={go}>{t('sign.failed.me')}</button>
          <button type="button" class="sg-button sg-button-plain sg-button-wide" id="stranger" onClick={() => setStranger(true)}>{t('sign.failed.not')}</button>
        </>}
      </div>
    </Sheet>
  );
}
