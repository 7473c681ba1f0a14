import { useState } from 'preact/hooks';
import { post } from '../../lib/api.ts';
import { Dialog, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { Desk, FormCard, useForm } from './form.tsx';
import type { Group, Member, Next } from './steps.ts';

const PUT_OFF = 'studygate.later';

/** Whether the same groups were put off before in this browser, which is done once. What is kept are their ids. */
function putOff(groups: readonly Group[], now?: 'later' | 'said'): boolean {
  const ids = groups.map(({ id }) => id).sort().join(' ');
  try {
    if (now === 'later') localStorage.setItem(PUT_OFF, ids);
    if (now === 'said') localStorage.removeItem(PUT_OFF);
    return localStorage.getItem(PUT_OFF) === ids;
  } catch {
    return false; // a browser that keeps nothing asks again
  }
}

/** Every three months: is each group still as it is told? What is not right goes to its administrators; nobody is taken out by an answer. */
export function ConfirmGroups({ groups, done }: { readonly groups: readonly Group[]; readonly done: () => void }) {
  const title = t('sign.groups.title');
  const form = useForm(title);
  const submit = async () => {
    const said = groups.map(({ id }) => [id, document.querySelector<HTMLInputElement>(`input[name="${CSS.escape(`group-${id}`)}"]:checked`)?.value] as const);
    const open = said.filter(([, answer]) => !answer);
    if (open.length > 0) return form.fail(...open.map(([id]) => ({ field: `group-${id}-right`, key: 'sign.groups.empty', holes: { group: groups.find((one) => one.id === id)!.name } })));
    const of = (answer: string) => said.filter(([, one]) => one === answer).map(([id]) => id);
    const next = await form.send(() => post<Next>('/api/account/groups', { right: of('right'), wrong: of('wrong') }),
      () => ({ field: null, key: 'sign.groups.failed', desk: true }));
    if (!next) return;
    putOff(groups, 'said');
    done();
  };
  const [once] = useState(() => !putOff(groups));
  const later = () => {
    putOff(groups, 'later');
    done();
  };
  return (
    <Dialog title={title} wide {...(once ? { close: later } : {})}>
      <p>{t('sign.groups.lead')}</p>
      <FormCard form={form} go="sign.groups.go" submit={() => void submit()}
        after={once && <button type="button" class="sg-button sg-button-plain sg-button-wide" id="later" onClick={later}>{t('sign.groups.later')}</button>}>
        {groups.map((group) => <One key={group.id} group={group} wrong={form.faults.some(({ field }) => field === `group-${group.id}-right`)} />)}
      </FormCard>
      <Desk />
    </Dialog>
  );
}

/** The primary contact on top, administrators in bold; what is shown is said too. */
export function ordered(members: readonly Member[]): readonly Member[] {
  return [...members].sort((one, other) => Number(other.primary) - Number(one.primary));
}

function One({ group: { id, name, members }, wrong }: { readonly group: Group; readonly wrong: boolean }) {
  const answer = (value: 'right' | 'wrong') => (
    <label class="si-option" for={`group-${id}-${value}`}>
      <input type="radio" name={`group-${id}`} id={`group-${id}-${value}`} value={value} aria-describedby={`group-${id}-${value}-then`} />
      <span><strong>{t(`sign.groups.${value}`)}</strong><span class="sg-hint" id={`group-${id}-${value}-then`}>{t(`sign.groups.${value}.then`)}</span></span>
    </label>
  );
  return (
    <fieldset class={wrong ? 'si-group sg-has-error' : 'si-group'} aria-describedby={wrong ? `group-${id}-error` : undefined}>
      <legend>{name}</legend>
      {wrong && <p class="sg-error" id={`group-${id}-error`}><Icon of="alert" /><span>{t('sign.groups.empty', { group: name })}</span></p>}
      <ul class="si-members">{ordered(members).map((member, at) => (
        <li key={at}>{member.admin ? <strong>{member.name}</strong> : <span>{member.name}</span>}
          {member.primary && <span class="sg-tag">{t('sign.groups.primary')}</span>}
          {member.admin && <span class="sg-muted sg-small">{t('sign.groups.admin')}</span>}</li>
      ))}</ul>
      <div class="si-options si-options-two">{answer('right')}{answer('wrong')}</div>
    </fieldset>
  );
}
