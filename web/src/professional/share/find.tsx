import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post } from '../api.ts';
import { type Fault, told, Wrong } from '../sign/form.tsx';
import { Dialog, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { Drawing } from './icons.tsx';
import { type Recipient, fromTyped, typedAs } from './recipients.ts';
import type { Kind, Listed } from './told.ts';

const PAUSE_MS = 250;
/** Fewer letters find everybody. */
const FEWEST = 2;
/** As many as the directory tells; there may be more. */
const MOST_FOUND = 20;
const KINDS: readonly Listed['kind'][] = ['user', 'group', 'department'];

/** The line of what is typed, which is nobody's id. */
const TYPED = 'typed';
const keyOf = (one: Listed): string => `${one.kind} ${one.id}`;

type Found = { readonly is: 'nothing' | 'asking' | 'failed' } | { readonly is: 'wrong'; readonly field: string } | { readonly is: 'slow'; readonly seconds: number } | { readonly is: 'there'; readonly lines: readonly Listed[] };
const NOTHING: Found = { is: 'nothing' };

/** What is looked for is posted: a name stands in no address. */
async function search(asked: object): Promise<Found> {
  const answer = await post<readonly Listed[]>('/api/directory/search', asked);
  switch (answer.kind) {
    case 'ok': return { is: 'there', lines: answer.value };
    case 'slow-down': return { is: 'slow', seconds: answer.seconds };
    case 'refused': return { is: 'wrong', field: String(answer.parameter) };
    default: return { is: 'failed' };
  }
}

/** How many there are, or what to do where nobody is or not all are. */
function howMany(found: number, shown = found): string {
  return shown === 0 ? t('share.find.none') : t(found >= MOST_FOUND ? 'share.find.many' : 'share.find.found', { n: shown });
}

export function Sign({ of }: { readonly of: Kind }) {
  switch (of) {
    case 'user': return <Icon of="person" />;
    case 'email': return <Icon of="mail" />;
    case 'mobile': return <Icon of="phone" />;
    case 'group': case 'department': return <Drawing of={of} />;
  }
}

/** Who somebody is, of those with the same name. */
export function Who({ of }: { readonly of: Listed }) {
  const more = [of.number, of.email, of.mobile].filter(Boolean);
  return <>
    <Sign of={of.kind} />
    <span class="sh-named"><strong>{of.name}</strong><span class="sg-hint">{[t(`share.kind.${of.kind}`), ...more].join(' · ')}</span></span>
    {of.favourite && <span class="sh-fond"><Drawing of="star" size={18} full /><span class="sg-visually-hidden">{t('share.favourite')}</span></span>}
  </>;
}

/** A field that suggests while one types; arrows choose, Enter takes, Escape closes. */
export function Finder({ id, label, hint, faults, take, taken, strangers = false }: {
  readonly id: string; readonly label: string; readonly hint: string; readonly faults: readonly Fault[];
  readonly take: (one: Listed) => void; readonly taken?: (typed: Recipient) => void; readonly strangers?: boolean;
}) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>(NOTHING);
  const [marked, mark] = useState('');
  const [open, setOpen] = useState(false);
  const turn = useRef(0);
  const list = useRef<HTMLUListElement>(null);
  const wanted = text.trim();
  useEffect(() => {
    const mine = ++turn.current;
    if (wanted.length < FEWEST) return setFound(NOTHING);
    const timer = setTimeout(() => {
      setFound((former) => (former.is === 'there' ? former : { is: 'asking' }));
      void search({ q: wanted }).then((next) => { if (mine === turn.current) setFound(next); });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const stranger = strangers ? typedAs(text) : null;
  const lines = found.is === 'there' ? found.lines : [];
  // who is marked stays so where others are found around, and is nobody else's place
  const keys = [...lines.map(keyOf), ...(stranger ? [TYPED] : [])];
  const at = keys.indexOf(marked);
  const many = keys.length;
  useEffect(() => { list.current?.children[at]?.scrollIntoView({ block: 'nearest' }); }, [at]);
  const shown = open && many > 0;
  const choose = (place: number) => {
    const one = lines[place];
    if (one) take(one);
    else if (stranger && place === lines.length) taken?.(fromTyped(stranger));
    else return;
    setText('');
    mark('');
    setFound(NOTHING);
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    const to = event.key === 'ArrowDown' ? (at + 1) % many : event.key === 'ArrowUp' ? (at <= 0 ? many : at) - 1 : null;
    if (to !== null && many > 0) {
      setOpen(true);
      mark(keys[to]!);
    } else if (event.key === 'Enter' && wanted !== '') {
      // what is suggested may be of fewer letters than are typed by now: nobody is taken who was not marked
      if (shown && (at >= 0 || lines.length === 0)) choose(Math.max(0, at));
    } else if (event.key === 'Escape' && (shown || text !== '')) {
      if (shown) setOpen(false);
      else setText('');
    } else return;
    event.preventDefault();
  };
  const wrong = faults.some(({ field }) => field === id);
  // what is half typed, an address say, is nobody's yet
  const said = found.is === 'there' || found.is === 'wrong' ? howMany(lines.length, many) : found.is === 'asking' ? t('share.find.asking')
    : found.is === 'failed' ? t('share.find.failed') : found.is === 'slow' ? t('sign.slow', { n: Math.ceil(found.seconds / 60) }) : '';
  return (
    <div class={wrong ? 'sh-find sg-has-error' : 'sh-find'}>
      <label class="sg-label" for={id}>{label}</label>
      <p class="sg-hint" id={`${id}-hint`}>{hint}</p>
      <Wrong id={id} faults={faults} />
      <div class="sh-box">
        <input class="sg-input" id={id} type="text" role="combobox" aria-autocomplete="list" aria-expanded={shown} aria-controls={`${id}-list`} aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
          autocomplete="off" autocapitalize="none" spellcheck={false} value={text} {...told(id, faults, id)} onKeyDown={press}
          onInput={(event) => { setText(event.currentTarget.value); mark(''); setOpen(true); }} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} />
        <div class="sh-list" hidden={!shown} onMouseDown={(event) => event.preventDefault()}>
          <ul role="listbox" id={`${id}-list`} aria-label={t('share.find.list')} ref={list}>
            {lines.map((one, place) => (
              <li key={keyOf(one)} role="option" id={`${id}-${place}`} aria-selected={place === at} onClick={() => choose(place)}><Who of={one} /></li>
            ))}
            {stranger && (
              <li key={TYPED} role="option" id={`${id}-${lines.length}`} aria-selected={at === lines.length} onClick={() => choose(lines.length)}>
                <Sign of={stranger.kind} /><span class="sh-named"><strong>{stranger.text}</strong><span class="sg-hint">{t('share.stranger')}</span></span></li>
            )}
          </ul>
          {lines.length >= MOST_FOUND && <p class="sg-hint">{said}</p>}
        </div>
      </div>
      <p class={many > 0 ? 'sg-visually-hidden' : 'sg-hint sh-said'} role="status">{wanted.length >= FEWEST ? said : ''}</p>
    </div>
  );
}

/** One's favourites; a click takes one at once. */
export function Favourites({ take, has }: { readonly take: (one: Listed) => void; readonly has: (one: Listed) => boolean }) {
  const [lines, set] = useState<readonly Listed[] | 'asking' | 'failed'>('asking');
  const load = async () => {
    set('asking');
    const answer = await get<readonly Listed[]>('/api/directory/favourites');
    set(answer.kind === 'ok' ? answer.value : 'failed');
  };
  useEffect(() => void load(), []);
  return (
    <div class="sh-favourites" id="favourites-list">
      {lines === 'asking' ? <p role="status">{t('share.find.asking')}</p>
        : lines === 'failed' ? <p role="alert">{t('share.favourites.failed')} <button type="button" class="sg-link" onClick={() => void load()}>{t('shell.again')}</button></p>
        : lines.length === 0 ? <p role="status">{t('share.favourites.none')}</p>
        : <ul aria-label={t('share.favourites')}>{lines.map((one) => (
          <li key={`${one.kind} ${one.id}`}><button type="button" class="sh-pick" onClick={() => take(one)}>
            <Who of={{ ...one, favourite: false }} />{has(one) ? <><Icon of="tick" size={18} /><span class="sg-visually-hidden">{t('share.taken')}</span></> : <Icon of="plus" size={18} />}</button></li>
        ))}</ul>}
    </div>
  );
}

const FIELDS: Readonly<Record<Listed['kind'], readonly string[]>> = { user: ['familyName', 'givenName', 'number', 'email', 'mobile'], group: ['name'], department: ['name'] };

/** Looked for by what one knows of a person, a group, a department. */
export function Detailed({ take, close }: { readonly take: (one: Listed) => void; readonly close: () => void }) {
  const [kind, setKind] = useState<Listed['kind']>('user');
  const [found, setFound] = useState<Found>(NOTHING);
  const form = useRef<HTMLFormElement>(null);
  const turn = useRef(0);
  useEffect(() => { form.current?.querySelector<HTMLInputElement>('input[type=text]')?.focus(); }, []);
  const refuse = (field: string) => {
    setFound({ is: 'wrong', field });
    document.querySelector<HTMLInputElement>(`#find-${field}`)?.focus();
  };
  const wrong = (field: string) => found.is === 'wrong' && found.field === field;
  const send = async (event: Event) => {
    event.preventDefault();
    const values = FIELDS[kind].map((name) => [name, document.querySelector<HTMLInputElement>(`#find-${name}`)!.value.trim()]).filter(([, value]) => value);
    if (values.length === 0) return refuse(FIELDS[kind][0]!);
    const mine = ++turn.current;
    setFound({ is: 'asking' });
    const next = await search({ kind, ...Object.fromEntries(values) as object });
    if (mine !== turn.current) return;
    if (next.is === 'wrong') return refuse(FIELDS[kind].includes(next.field) ? next.field : FIELDS[kind][0]!);
    setFound(next);
  };
  const lines = found.is === 'there' ? found.lines : [];
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const dialog = said.current!.closest('dialog')!;
    const below = dialog.scrollHeight - dialog.scrollTop - dialog.clientHeight;
    if (found.is !== 'nothing' && found.is !== 'asking' && below > 1) said.current!.scrollIntoView({ block: 'start' }); // what was found lies below the fields
  }, [found]);
  return (
    <Dialog title={t('share.detailed.title')} wide close={close} actions={<button type="button" class="sg-button sg-button-plain" onClick={close}>{t('share.close')}</button>}>
      <form class="sg-stack" noValidate ref={form} onSubmit={(event) => void send(event)}>
        <fieldset>
          <legend>{t('share.detailed.what')}</legend>
          <div class="sh-kinds">{KINDS.map((one) => (
            <label class="si-option" key={one} for={`find-${one}`}><input type="radio" name="find-kind" id={`find-${one}`} checked={one === kind} onChange={() => { setKind(one); setFound(NOTHING); }} /><span><strong>{t(`share.kind.${one}`)}</strong></span></label>
          ))}</div>
        </fieldset>
        <div class="sh-fields">{FIELDS[kind].map((name) => (
          <div key={`${kind} ${name}`} class={wrong(name) ? 'sg-has-error' : undefined}>
            <label class="sg-label" for={`find-${name}`}>{t(`share.find.${name}`)}</label>
            {wrong(name) && <p class="sg-error" id="find-error"><Icon of="alert" /><span>{t('share.detailed.empty')}</span></p>}
            <input class="sg-input" id={`find-${name}`} type="text" autocomplete="off" autocapitalize="none" spellcheck={false} aria-invalid={wrong(name) ? 'true' : undefined} aria-describedby={wrong(name) ? 'find-error' : name === 'email' || name === 'mobile' ? 'find-whole' : undefined} />
          </div>
        ))}</div>
        {kind === 'user' && <p class="sg-hint" id="find-whole">{t('share.detailed.hint')}</p>}
        <button type="submit" class="sg-button">{t('search.go')}</button>
      </form>
      <div role="status" class="sh-told" ref={said}>
        {found.is === 'asking' && <p>{t('share.find.asking')}</p>}
        {found.is === 'failed' && <p>{t('share.find.failed')}</p>}
        {found.is === 'slow' && <p>{t('sign.slow', { n: Math.ceil(found.seconds / 60) })}</p>}
        {found.is === 'there' && <p>{howMany(lines.length)}</p>}
      </div>
      {lines.length > 0 && <ul class="sh-hits" aria-label={t('share.find.list')}>{lines.map((one) => (
        <li key={`${one.kind} ${one.id}`}><button type="button" class="sh-pick" onClick={() => { close(); take(one); }}><Who of={one} /><Icon of="plus" size={18} /></button></li>
      ))}</ul>}
    </Dialog>
  );
}
