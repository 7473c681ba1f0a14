import { useEffect, useState } from 'preact/hooks';
import type { Account } from '../lib/answers.ts';
import { byId } from '../lib/dom.ts';
import { RULES } from '../lib/rules.ts';
import { post } from './api.ts';
import { type Fault, Password, typed } from './sign/form.tsx';
import { anew } from './session.ts';
import { Named, refused, rule, unfit } from './sign/password.tsx';
import type { Next } from './sign/steps.ts';
import { Dialog, Icon } from './ui.tsx';
import { t } from './words.ts';

/** Password and second factor, as far as they are kept here. */
export function Secrets({ account }: { readonly account: Account }) {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const other = async () => {
    const answer = await post<Next>('/api/account/factor-change');
    if (answer.kind === 'ok') anew(answer.value);
  };
  return (
    <>
      <dl class="ac-list">
        <div class="ac-row"><dt>{t('account.password')}</dt><dd>{account.passwordWith === null
          ? <button type="button" class="sg-link" id="password" onClick={() => { setDone(false); setOpen(true); }}>{t('account.password.change')}</button>
          : t('account.password.elsewhere', { provider: account.passwordWith })}</dd></div>
        <div class="ac-row"><dt>{t('account.factor')}</dt><dd>{t(`account.factor.${account.factor}`)}
          {account.passwordWith === null && <>
            {' '}<button type="button" class="sg-link" id="factor" aria-describedby="factor-hint" onClick={() => void other()}>{t('account.factor.change')}</button>
            <span class="sg-hint" id="factor-hint">{t('account.factor.change.text')}</span></>}</dd></div>
      </dl>
      <p class="ac-told" role="status">{done && <><Icon of="done" />{t('account.password.done')}</>}</p>
      {open && <Change username={account.username} close={() => setOpen(false)} done={() => { setOpen(false); setDone(true); }} />}
    </>
  );
}

/** The present one and twice the new one. What the fields hold stays in them and nowhere else. */
function Change({ username, close, done }: { readonly username: string; readonly close: () => void; readonly done: () => void }) {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => { if (faults[0]?.field) byId(faults[0].field)?.focus(); }, [faults]);
  const submit = async () => {
    const [current, password, again] = [typed('present-password'), typed('new-password'), typed('again-password')];
    const wrong = [
      current === '' ? { field: 'present-password', key: 'sign.password.empty' } : null,
      unfit(password),
      password !== again ? { field: 'again-password', key: 'account.password.unlike' } : null,
    ].filter((fault): fault is Fault => fault !== null);
    setFaults(wrong);
    if (wrong.length > 0 || busy) return;
    setBusy(true);
    const answer = await post('/api/account/password-change', { current, password });
    setBusy(false);
    if (answer.kind === 'ok') return done();
    const code = answer.kind === 'refused' ? answer.code : null;
    setFaults([code === 'combination-incorrect' ? { field: 'present-password', key: 'account.password.wrong', holes: { n: RULES.wrongCodes } }
      : refused(code) ?? { field: null, key: 'account.not-saved' }]);
  };
  const whole = faults.find(({ field }) => field === null);
  return (
    <Dialog title={t('account.password.change')} close={close}>
      <form class="sg-stack" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <p>{t('account.password.change.text')}</p>
        {whole && <p class="sg-error" role="alert"><Icon of="alert" /><span>{t(whole.key)}</span></p>}
        <Named username={username} />
        <Password id="present-password" label={t('account.password.current')} faults={faults} autocomplete="current-password" />
        <Password id="new-password" label={t('sign.new.label')} hint={rule()} faults={faults} autocomplete="new-password" />
        <Password id="again-password" label={t('account.password.again')} faults={faults} autocomplete="new-password" />
        <div class="sg-actions">
          <button type="submit" class="sg-button" aria-disabled={busy}>{t('account.password.change')}</button>
          <button type="button" class="sg-button sg-button-plain" onClick={close}>{t('account.cancel')}</button>
        </div>
      </form>
    </Dialog>
  );
}
