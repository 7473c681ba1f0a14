import { useState } from 'preact/hooks';
import { post } from '../../lib/api.ts';
import { go } from '../router.ts';
import { Banner } from '../ui.tsx';
import { t } from '../words.ts';
import { Desk, Field, FormCard, Sheet, typed, useForm } from '../sign/form.tsx';
import { NewPassword } from '../sign/password.tsx';
import { type Next, standing } from '../sign/steps.ts';
import '../../../styles/signin.css';

/** A forgotten password: whoever asks hears the same, whether anybody has this name or not. */
export default function Forgot() {
  const [username, setUsername] = useState('');
  const [asked, setAsked] = useState(false);
  const [over, setOver] = useState(false);
  const on = (next: Next) => {
    if (next.next === 'new-password') return setAsked(true);
    standing.value = next;
    go('/professional', 'replace');
  };
  if (asked) return <NewPassword code username={username} on={on} over={() => { setAsked(false); setOver(true); }} />;
  return <Ask username={username} over={over} named={setUsername} on={on} />;
}

function Ask({ username, over, named, on }: { readonly username: string; readonly over: boolean; readonly named: (name: string) => void; readonly on: (next: Next) => void }) {
  const title = t('sign.forgot.title');
  const form = useForm(title);
  const submit = async () => {
    const name = typed('username').trim();
    if (!name) return form.fail({ field: 'username', key: 'sign.name.empty' });
    named(name);
    const next = await form.send(() => post<Next>('/api/account/forgot', { username: name }), () => ({ field: 'username', key: 'sign.name.empty' }));
    if (next) on(next);
  };
  return (
    <Sheet title={title} lead={<p>{t('sign.forgot.lead')}</p>}
      aside={<section class="sg-stack"><h2>{t('sign.forgot.hospital')}</h2><p>{t('sign.forgot.hospital.text')}</p><Desk /></section>}>
      {over && <Banner role="status"><p>{t('sign.over')}</p></Banner>}
      <FormCard form={form} go="sign.forgot.go" submit={() => void submit()} after={<p><a href="/professional">{t('sign.back')}</a></p>}>
        <Field id="username" label={t('sign.name')} hint={t('sign.name.hint')} faults={form.faults} autocomplete="username" mode="email" value={username} />
      </FormCard>
    </Sheet>
  );
}
