import { useEffect, useState } from 'preact/hooks';
import { LANGUAGES } from '../../lib/languages.ts';
import { list } from '../shell.tsx';
import { type Fault, Wrong } from '../sign/form.tsx';
import { Banner, day, Dialog, Icon } from '../ui.tsx';
import { t, words } from '../words.ts';
import { lastDayOf } from './days.ts';
import { Sign } from './find.tsx';
import { Drawing } from './icons.tsx';
import type { hasAlready, Recipient } from './recipients.ts';
import type { Defaults, Done, Exam } from './told.ts';

const NARROW = matchMedia('(max-width: 59.9375rem)');

export function named(exam: Told): string {
  return [described(exam), exam.date && day(exam.date)].filter(Boolean).join(', ');
}

/** A copy has no words of its own: what kind of images it has is all that there is to say. */
export function described({ description, modalities = [] }: Told): string {
  return description || modalities.join(', ') || t('share.exam');
}

type Told = Pick<Exam, 'description' | 'date'> & { readonly modalities?: readonly string[] };

/** Whether there is no room beside the form. */
export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const change = () => setNarrow(NARROW.matches);
    NARROW.addEventListener('change', change);
    return () => NARROW.removeEventListener('change', change);
  }, []);
  return narrow;
}

/** What is shared stays in sight: beside the form, or folded above it where there is no room. One of several can be taken out. */
export function Chosen({ defaults, narrow, without }: { readonly defaults: Defaults; readonly narrow: boolean; readonly without: (id: string) => void }) {
  const { exams, patient, department } = defaults;
  const lines = (
    <ul class="sh-studies">{exams.map((exam) => (
      <li key={exam.id}><span>{exam.description || t('share.exam')}<span class="sg-hint">{[patient === null && exam.patient, exam.date && day(exam.date)].filter(Boolean).join(', ')}</span></span>
        {exams.length > 1 && <button type="button" class="sh-icon" title={t('share.without')} onClick={() => without(exam.id)}><Icon of="close" /><span class="sg-visually-hidden">{t('share.without')} {named(exam)}</span></button>}</li>
    ))}</ul>
  );
  return narrow ? (
    <details class="sg-details sh-chosen" id="studies" tabIndex={-1}>
      <summary><span><strong>{patient || t('share.several')}</strong><span class="sg-hint">{t('share.count', { n: exams.length })}</span></span></summary>
      <p class="sg-muted">{department.name}</p>
      {lines}
    </details>
  ) : (
    <section class="sg-stack sh-chosen" id="studies" tabIndex={-1}>
      <h2>{patient || t('share.several')}</h2>
      <p class="sg-muted">{department.name}</p>
      {lines}
    </section>
  );
}

/** One recipient, with what holds for this one alone. */
export function RecipientCard({ at, of, codes, already, faults, change, drop }: {
  readonly at: number; readonly of: Recipient; readonly codes: boolean; readonly already: ReturnType<typeof hasAlready>; readonly faults: readonly Fault[];
  readonly change: (some: Partial<Recipient>) => void; readonly drop: () => void;
}) {
  const id = `recipient-${at}`;
  const stranger = of.kind === 'email' || of.kind === 'mobile';
  const bare = !stranger && !of.hasMobile;
  const wrong = faults.some(({ field }) => field === id);
  return (
    <li class={wrong ? 'sh-card sg-has-error' : 'sh-card'} id={id} tabIndex={-1} aria-describedby={wrong ? `${id}-error` : undefined}>
      <div class="sh-head">
        <Sign of={of.kind} />
        <span class="sh-named"><strong>{of.name}</strong><span class="sg-hint">{[t(`share.kind.${of.kind}`), of.number].filter(Boolean).join(' · ')}</span></span>
        {!stranger && (of.favourite
          ? <span class="sh-icon sh-fond" title={t('share.favourite')}><Drawing of="star" full /><span class="sg-visually-hidden">{t('share.favourite')}</span></span>
          : <button type="button" class="sh-icon" aria-pressed={of.star} title={t('share.star')} onClick={() => change({ star: !of.star })}><Drawing of="star" full={of.star} /><span class="sg-visually-hidden">{t('share.star.of', { name: of.name })}</span></button>)}
        <button type="button" class="sh-icon" title={t('share.drop')} onClick={drop}><Icon of="close" /><span class="sg-visually-hidden">{t('share.drop.of', { name: of.name })}</span></button>
      </div>
      <Wrong id={id} faults={faults} />
      {of.star && <p class="sg-hint">{t('share.star.hint')}</p>}
      {stranger ? <p class="sg-hint">{t(`share.stranger.${of.kind}`)}</p> : (
        <div class="sh-ticks" role="group" aria-label={of.name}>
          <label class="sh-tick" for={`${id}-code`}><input type="checkbox" id={`${id}-code`} checked={of.twoFactor} disabled={bare || codes} aria-describedby={`${id}-code-hint`} onChange={(event) => change({ twoFactor: event.currentTarget.checked })} />
            <span>{t('share.twofactor')}<span class="sg-hint" id={`${id}-code-hint`}>{t(bare ? 'share.twofactor.none' : codes ? 'share.twofactor.must' : of.kind === 'user' ? 'share.twofactor.hint' : 'share.twofactor.each')}</span></span></label>
          <label class="sh-tick" for={`${id}-mail`}><input type="checkbox" id={`${id}-mail`} checked={of.sendMail} aria-describedby={`${id}-mail-hint`} onChange={(event) => change({ sendMail: event.currentTarget.checked })} />
            <span>{t('share.mail')}<span class="sg-hint" id={`${id}-mail-hint`}>{t('share.mail.hint')}</span></span></label>
        </div>
      )}
      {already && <Banner tone="warn"><p>{already.until ? t('share.already.until', { exams: already.exams.map(named).join('; '), date: words.value.date(lastDayOf(already.until)) }) : t('share.already', { exams: already.exams.map(named).join('; ') })}</p></Banner>}
    </li>
  );
}

/** What was shared, with whom and how: to be read, copied, or done again with others. */
export function DoneDialog({ share, again, close }: { readonly share: Done; readonly again: () => void; readonly close: () => void }) {
  const [copied, setCopied] = useState('');
  // studies that go on by several ways are several buckets of one recipient
  const whom = share.shares.filter(({ recipient }, at) => share.shares.findIndex((one) => one.recipient.kind === recipient.kind && one.recipient.id === recipient.id && one.recipient.name === recipient.name) === at);
  const facts: readonly (readonly [string, string])[] = [
    [t('share.recipients'), whom.map(({ recipient, twoFactor, sendMail }) => [recipient.name, t(`share.kind.${recipient.kind}`),
      ...(recipient.kind === 'email' || recipient.kind === 'mobile' ? [t('share.done.number')] : [twoFactor && t('share.twofactor'), sendMail && t('share.done.mail')])].filter(Boolean).join(', ')).join('\n')],
    [t('share.done.patient'), share.patient || t('share.several')],
    [t('share.done.exams'), share.exams.map((exam) => [named(exam), share.patient === null && exam.patient].filter(Boolean).join(', ')).join('\n')],
    [t('share.done.department'), share.department],
    [t('share.access'), t(share.anonymize ? 'share.access.images' : `share.access.${share.access}`)],
    [t('share.until'), share.validUntil ? words.value.date(share.validUntil) : t('share.unlimited')],
    [t('share.language'), LANGUAGES[share.language] ?? share.language],
    [t('share.done.more'), [share.urgent && t('share.urgent'), share.anonymize && t('share.anonymize'), share.furtherSharing && t('share.further'), share.tellOpened && t('share.told')].filter(Boolean).join('\n')],
    [t('share.done.message'), share.message ?? ''],
  ].filter((fact): fact is [string, string] => fact[1] !== '');
  // whoever gets an anonymised study is not told of whom it is, and what is copied goes to them
  const hidden = share.anonymize ? [t('share.done.patient'), t('share.done.exams')] : [];
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(facts.filter(([name]) => !hidden.includes(name)).map(([name, text]) => `${name}: ${text}`).join('\n'));
      setCopied(t('share.done.copied'));
    } catch {
      setCopied(t('share.done.uncopied'));
    }
  };
  return (
    <Dialog title={t('share.done.title')} wide close={close} actions={<>
      <button type="button" class="sg-button" id="copy" onClick={() => void copy()}>{t('share.done.copy')}</button>
      <button type="button" class="sg-button sg-button-plain" id="again" onClick={again}>{t('share.done.again')}</button>
      <a class="sg-button sg-button-plain" href={list.value}>{t('share.list')}</a>
    </>}>
      <p class="sg-hint">{t(share.anonymize ? 'share.done.copies' : 'share.done.lead')}</p>
      <dl class="sh-facts" id="facts">{facts.map(([name, text]) => <div key={name}><dt>{name}</dt><dd class="sg-lines">{name === t('share.recipients') ? text.split('\n').map((line) => <span key={line}>{line}</span>) : text}</dd></div>)}</dl>
      <p role="status" class="sh-said">{copied}</p>
    </Dialog>
  );
}
