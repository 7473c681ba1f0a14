import { useState } from 'preact/hooks';
import { post } from '../../lib/api.ts';
import { LANGUAGES } from '../../lib/languages.ts';
import { Banner, Icon } from '../ui.tsx';
import { t, words } from '../words.ts';
import { Otp } from '../sign/codes.tsx';
import { Desk, type Fault, Field, FormCard, Password, Sheet, typed, useForm } from '../sign/form.tsx';
import { refused, rule, unfit } from '../sign/password.tsx';
import type { Next, Sent } from '../sign/steps.ts';
import '../../../styles/signin.css';

const FIELDS = ['givenName', 'familyName', 'username', 'mobile', 'physicianNumber'] as const;
type Values = Readonly<Record<(typeof FIELDS)[number], string>>;
const EMPTY: Values = { givenName: '', familyName: '', username: '', mobile: '', physicianNumber: '' };

/** An account of one's own: who one is, a code to the mobile, then the Service Desk looks at the physician number. */
export default function Register() {
  const [values, setValues] = useState(EMPTY);
  const [sent, setSent] = useState<Sent | null>(null);
  const [done, setDone] = useState(false);
  const [over, setOver] = useState(false);
  if (done) return <Done />;
  if (sent) {
    return <Otp sent={sent} path="/api/account/register/verify" remember={false} on={() => setDone(true)}
      over={() => { setSent(null); setOver(true); }} other={() => setSent(null)} change="sign.register.change" />;
  }
  return <Who values={values} over={over} on={(typedIn, next) => { setValues(typedIn); setOver(false); if (next.next === 'otp') setSent(next); else setDone(true); }} />;
}

function Who({ values, over, on }: { readonly values: Values; readonly over: boolean; readonly on: (values: Values, next: Next) => void }) {
  const title = t('sign.register.title');
  const form = useForm(title);
  const submit = async () => {
    const now = Object.fromEntries(FIELDS.map((id) => [id, typed(id).trim()])) as Values;
    const password = typed('new-password');
    const faults = [...FIELDS.map((id): Fault | null => wrong(id, now[id])), unfit(password)].filter((fault): fault is Fault => fault !== null);
    if (faults.length > 0) return form.fail(...faults);
    const next = await form.send(() => post<Next>('/api/account/register', { ...now, language: typed('language-of'), password }),
      (code, parameter) => refused(code) ?? named(parameter) ?? { field: null, key: 'sign.register.refused', desk: true });
    if (next) on(now, next);
  };
  const text = (id: (typeof FIELDS)[number], autocomplete: string, more: { hint?: string; mode?: 'email' | 'tel' } = {}) =>
    <Field id={id} label={t(`sign.register.${id}`)} faults={form.faults} autocomplete={autocomplete} value={values[id]} {...more} />;
  return (
    <Sheet title={title} lead={<p>{t('sign.register.lead')}</p>}
      aside={<section class="sg-stack"><h2>{t('sign.register.next')}</h2>
        <ol class="si-list"><li>{t('sign.register.next.code')}</li><li>{t('sign.register.next.desk')}</li><li>{t('sign.register.next.mail')}</li></ol><Desk /></section>}>
      {over && <Banner role="status"><p>{t('sign.register.over')}</p></Banner>}
      <FormCard form={form} go="sign.register.go" submit={() => void submit()} after={<p><a href="/professional">{t('sign.back')}</a></p>}>
        <div class="si-two">{text('givenName', 'given-name')}{text('familyName', 'family-name')}</div>
        {text('username', 'username', { hint: t('sign.register.username.hint'), mode: 'email' })}
        {text('mobile', 'tel', { hint: t('sign.register.mobile.hint'), mode: 'tel' })}
        {text('physicianNumber', 'off', { hint: t('sign.register.physicianNumber.hint') })}
        <div>
          <label class="sg-label" for="language-of">{t('sign.register.language')}</label>
          <select class="sg-input" id="language-of" name="language" defaultValue={words.value.language}>
            {Object.entries(LANGUAGES).map(([code, name]) => <option key={code} value={code} lang={code} selected={code === words.value.language}>{name}</option>)}
          </select>
        </div>
        <Password id="new-password" label={t('sign.password')} hint={rule()} faults={form.faults} autocomplete="new-password" />
      </FormCard>
    </Sheet>
  );
}

/** A field that the server names is the one to mend. */
function named(parameter: unknown): Fault | null {
  const field = FIELDS.find((id) => id === parameter);
  return field ? { field, key: `sign.register.${field}.wrong` } : null;
}

/** Only what is certainly no address, no mobile, is told before it is sent. */
function wrong(id: (typeof FIELDS)[number], value: string): Fault | null {
  if (value === '') return { field: id, key: `sign.register.${id}.empty` };
  if (id === 'username' && !/^\S+@\S+\.\S+$/.test(value)) return { field: id, key: 'sign.register.username.wrong' };
  return id === 'mobile' && value.replace(/\D/g, '').length < 8 ? { field: id, key: 'sign.register.mobile.wrong' } : null;
}

function Done() {
  const title = t('sign.register.done');
  useForm(title);
  return (
    <Sheet title={title}>
      <div class="sg-card sg-stack">
        <Icon of="done" size={48} />
        <p role="status">{t('sign.register.done.text')}</p>
        <p>{t('sign.register.done.mail')}</p>
        <p>{t('sign.register.done.now')}</p>
        <Desk />
        <p><a class="sg-button" href="/professional">{t('sign.register.done.go')}</a></p>
      </div>
    </Sheet>
  );
}
