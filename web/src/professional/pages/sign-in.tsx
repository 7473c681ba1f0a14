import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../../lib/api.ts';
import { elsewhere } from '../../ui/elsewhere.ts';
import { Banner, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { Desk, Field, FormCard, Password, Sheet, typed, useForm } from '../sign/form.tsx';
import { notice } from '../sign/notice.ts';
import { Between, Opened } from '../sign/onward.tsx';
import { Named } from '../sign/password.tsx';
import { type Next, provider, standing, type Step } from '../sign/steps.ts';
import '../../../styles/signin.css';

/** A browser that comes back to a page may stand at a step; whoever opens it anew begins with the name. */
function reloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate';
}

/** The steps of signing in, one after another on one page. Names and codes are kept by nobody: a reload asks the server where it stands. */
export default function SignIn() {
  const [step, setStep] = useState<Step | null>(null);
  const [username, setUsername] = useState('');

  const on = (next: Next) => {
    if (next.next === 'redirect') return leave(next.url);
    setStep(next);
  };
  const leave = (url: string) => {
    const to = provider(url);
    if (to) location.assign(to);
    setStep(to ? { next: 'redirect', url: to } : { next: 'redirect', url: '' });
  };
  const over = () => setStep({ next: 'name', over: true });

  useEffect(notice, []);
  useEffect(() => { void elsewhere('/professional'); }, []);
  useEffect(() => {
    const waiting = standing.peek();
    standing.value = null;
    if (waiting) return on(waiting);
    if (!reloaded()) return setStep({ next: 'name' });
    void get<Next>('/api/account/step').then((answer) => (answer.kind === 'ok' ? on(answer.value) : setStep({ next: 'name' })));
  }, []);

  if (!step) return null;
  switch (step.next) {
    case 'name':
    case 'password': return <Door step={step.next} over={step.next === 'name' && step.over === true} username={username} named={setUsername}
      change={() => setStep({ next: 'name' })} on={on} lost={over} />;
    case 'redirect': return <Away sent={step.url !== ''} again={() => setStep({ next: 'name' })} />;
    case 'open':
    case 'confirm-groups': return <Opened step={step} over={over} />;
    default: return <Between step={step} username={username} on={on} over={over} />;
  }
}

/** Name, then password, on the same card: the name stays in sight and can be changed. */
function Door({ step, over, username, named, change, on, lost }: {
  readonly step: 'name' | 'password';
  readonly over: boolean;
  readonly username: string;
  readonly named: (username: string) => void;
  readonly change: () => void;
  readonly on: (next: Next) => void;
  readonly lost: () => void;
}) {
  const title = t('sign.title');
  const form = useForm(title);
  const sendName = async () => {
    const name = typed('username').trim();
    if (!name) return form.fail({ field: 'username', key: 'sign.name.empty' });
    named(name);
    const next = await form.send(() => post<Next>('/api/account/login', { username: name }), () => ({ field: 'username', key: 'sign.name.empty' }));
    if (next) on(next);
  };
  const sendPassword = async () => {
    const password = typed('password');
    if (!password) return form.fail({ field: 'password', key: 'sign.password.empty' });
    const next = await form.send(() => post<Next>('/api/account/password', { password }), (code) => {
      if (code === 'session-ended') return lost(), null;
      const input = document.getElementById('password');
      if (input instanceof HTMLInputElement) input.value = '';
      return { field: null, key: 'sign.refused', desk: true };
    });
    if (next) on(next);
  };
  return (
    <Sheet title={title} lead={<p>{t('sign.lead')}</p>} aside={<Beside />}>
      {over && <Banner role="status"><p>{t('sign.over')}</p></Banner>}
      <FormCard form={form} go={step === 'name' ? 'sign.continue' : 'sign.go'} submit={() => void (step === 'name' ? sendName() : sendPassword())}
        after={step === 'password' && <p><a href="/professional/forgot">{t('sign.password.forgot')}</a></p>}>
        {step === 'name'
          ? <Field id="username" label={t('sign.name')} hint={t('sign.name.hint')} faults={form.faults} autocomplete="username" mode="email" value={username} />
          : <>
            <div class="si-name">
              <div><span class="sg-label" id="name-label">{t('sign.name')}</span>
                {username ? <output class="si-name-value" id="name" aria-labelledby="name-label">{username}</output> : <span class="sg-muted">{t('sign.name.given')}</span>}</div>
              <button type="button" class="sg-link" id="change" onClick={change}>{t('sign.name.change')}<span class="sg-visually-hidden"> {t('sign.name.change.what')}</span></button>
            </div>
            <Named username={username} />
            <Password id="password" label={t('sign.password')} faults={form.faults} autocomplete="current-password" focus />
          </>}
      </FormCard>
    </Sheet>
  );
}

function Beside() {
  return (
    <>
      <section class="sg-stack"><h2>{t('sign.new')}</h2><p>{t('sign.new.text')}</p><p><a href="/professional/register">{t('sign.new.register')}</a></p></section>
      <section class="sg-stack"><h2>{t('sign.patient')}</h2><p><a href="/">{t('sign.patient.go')}</a></p></section>
      <section class="sg-stack"><h2>{t('sign.help')}</h2><p>{t('sign.help.text')}</p><Desk /></section>
    </>
  );
}

/** On the way to the hospital's own page, or not: only an address of our server's, by TLS, is followed. */
function Away({ sent, again }: { readonly sent: boolean; readonly again: () => void }) {
  const title = t(sent ? 'sign.away.title' : 'sign.away.wrong');
  useForm(title);
  return (
    <Sheet title={title}>
      <div class="sg-card sg-stack">
        <p role="status">{t(sent ? 'sign.away.text' : 'sign.away.wrong.text')}</p>
        {!sent && <Desk />}
        <button type="button" class={sent ? 'sg-link' : 'sg-button'} id="restart" onClick={again}><Icon of="previous" />{t('sign.restart')}</button>
      </div>
    </Sheet>
  );
}
