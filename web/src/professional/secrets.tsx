import type { Account } from '../lib/answers.ts';
import { t } from './words.ts';

/** Password and second factor, as far as they are kept here. */
export function Secrets({ account }: { readonly account: Account; readonly changed: (account: Account) => void }) {
  return (
    <dl class="ac-list">
      <div class="ac-row"><dt>{t('account.password')}</dt><dd>{account.passwordWith === null ? '••••••••' : t('account.password.elsewhere', { provider: account.passwordWith })}</dd></div>
      <div class="ac-row"><dt>{t('account.factor')}</dt><dd>{t(`account.factor.${account.factor}`)}</dd></div>
    </dl>
  );
}
