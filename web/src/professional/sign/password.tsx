import { post } from '../../lib/api.ts';
import { RULES } from '../../lib/rules.ts';
import { digits } from '../../lib/typed.ts';
import { t } from '../words.ts';
import { Code, Desk, type Fault, FormCard, Password, Sheet, typed, useForm } from './form.tsx';
import { ACCOUNT_RULES } from './rules.ts';
import type { Next } from './steps.ts';

const { longPassword, shortPassword, longestPassword } = ACCOUNT_RULES;

/** The rule in words, as hint of each field where a password is chosen. */
export function rule(): string {
  return t('sign.new.rule', { long: longPassword, short: shortPassword });
}

/** What is wrong with a password before it is sent: only what cannot be right for anybody. Letters count as people count them. */
export function unfit(password: string): Fault | null {
  const length = [...password].length;
  if (length === 0) return { field: 'new-password', key: 'sign.new.empty' };
  if (length < shortPassword) return { field: 'new-password', key: 'sign.new.short', holes: { long: longPassword, short: shortPassword } };
  return length > longestPassword ? { field: 'new-password', key: 'sign.new.long', holes: { most: longestPassword } } : null;
}

/** What the server says of a password that somebody chose. */
export function refused(code: string | null): Fault | null {
  switch (code) {
    case 'password-too-short': return { field: 'new-password', key: 'sign.new.short', holes: { long: longPassword, short: shortPassword } };
    case 'password-too-common': return { field: 'new-password', key: 'sign.new.common' };
    case 'code-incorrect': return { field: 'code', key: 'sign.code.refused', desk: true };
    default: return null;
  }
}

/** Another password: at a first sign-in, or with the code that was sent after one was forgotten. */
export function NewPassword({ code: asked, username, on, over }: {
  readonly code: boolean;
  readonly username: string;
  readonly on: (next: Next) => void;
  readonly over: () => void;
}) {
  const title = t('sign.new.title');
  const form = useForm(title);
  const submit = async () => {
    const password = typed('new-password');
    const code = digits(typed('code'));
    const faults = [
      ...(asked && code.length !== RULES.codeDigits ? [{ field: 'code', key: 'sign.code.empty', holes: { n: RULES.codeDigits } }] : []),
      unfit(password),
    ].filter((fault): fault is Fault => fault !== null);
    if (faults.length > 0) return form.fail(...faults);
    const next = await form.send(() => post<Next>('/api/account/new-password', asked ? { code, password } : { password }), (problem) => {
      if (problem === 'session-ended') over();
      return problem === 'session-ended' ? null : refused(problem) ?? { field: null, key: 'sign.unreachable' };
    });
    if (next) on(next);
  };
  return (
    <Sheet title={title} lead={<p>{t(asked ? 'sign.new.code' : 'sign.new.first')}</p>}
      aside={<section class="sg-stack"><h2>{t('sign.new.good')}</h2><p>{t('sign.new.good.text')}</p>{asked && <p>{t('sign.new.none')}</p>}<Desk /></section>}>
      <FormCard form={form} go="sign.new.go" submit={() => void submit()}>
        <Named username={username} />
        {asked && <Code faults={form.faults} hint={t('sign.otp.hint', { n: RULES.codeMinutes })} />}
        <Password id="new-password" label={t('sign.new.label')} hint={rule()} faults={form.faults} autocomplete="new-password" focus={!asked} />
      </FormCard>
    </Sheet>
  );
}

/** For the keeper of passwords in the browser, which wants to know whose this is. */
export function Named({ username }: { readonly username: string }) {
  return username ? <input class="sg-visually-hidden" type="text" name="username" autocomplete="username" value={username} readOnly tabIndex={-1} aria-hidden="true" /> : null;
}
