import type { ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { LANGUAGES } from '../../lib/languages.ts';
import { Icon, Switch } from '../ui.tsx';
import { t } from '../words.ts';
import { CHANNELS, COLOUR, contrast, daysOf, type Flat, fraction, GROUNDS, LOGO_BYTES, LOGO_TYPES, METHODS, minutes, MODALITIES, nextConditions, PAYMENT, PRINTED, READABLE, STATEMENTS, VERIFICATIONS } from './fields.ts';
import { Amount, Choice, Count, Fault, Field, Period, Some, Text, Typed } from './parts.tsx';
import { idOf, method, tongue, verification } from './told.ts';

export const SECTIONS = ['patients', 'reports', 'numbers', 'payment', 'contact', 'languages', 'statements', 'intake'] as const;

export function Sections({ replace }: { readonly replace: (fields: Flat) => void }) {
  return (
    <>
      <Section id="patients"><Patients /></Section>
      <Section id="reports"><Reports /></Section>
      <Section id="numbers"><Numbers /></Section>
      <Section id="payment"><Payment replace={replace} /></Section>
      <Section id="contact"><Contact /></Section>
      <Section id="languages"><Languages /></Section>
      <Section id="statements"><Statements /></Section>
      <Section id="intake"><Intake /></Section>
    </>
  );
}

function Section({ id, children }: { readonly id: typeof SECTIONS[number]; readonly children: ComponentChildren }) {
  return (
    <section class="sg-card sg-stack-wide" id={id} aria-labelledby={`${id}-title`}>
      <div><h2 id={`${id}-title`}>{t(`policy.${id}`)}</h2><p class="sg-muted sg-small">{t(`policy.${id}.text`)}</p></div>
      {children}
    </section>
  );
}

function OnOff({ path }: { readonly path: string }) {
  const { fields, set } = useContext(Typed);
  return <div id={idOf(path)} tabIndex={-1}><Switch label={t(`policy.field.${path}`)} hint={t(`policy.hint.${path}`)} on={fields[path] === true} set={(on) => set(path, on)} /><Fault path={path} /></div>;
}

function Patients() {
  return (
    <>
      <Choice path="policy.verification" of={VERIFICATIONS} word={verification} />
      <Some path="policy.channels" of={CHANNELS} word={(one) => verification(`otp-${one}`)} all />
      <Words path="policy.countryPrefixes" />
      <OnOff path="policy.partialBirthDates" />
    </>
  );
}

/** Several words, with blanks or commas between them. */
function Words({ path }: { readonly path: string }) {
  const { fields, set } = useContext(Typed);
  const [typed, setTyped] = useState(((fields[path] ?? []) as readonly string[]).join(' '));
  return (
    <Field path={path}>{(_, more) => (
      <input class="sg-input" type="text" autocomplete="off" value={typed} {...more}
        onInput={(event) => { setTyped(event.currentTarget.value); set(path, event.currentTarget.value.split(/[\s,;]+/).filter(Boolean)); }} />
    )}</Field>
  );
}

function Reports() {
  const { fields, set } = useContext(Typed);
  const path = 'policy.report';
  const written = String(fields[path] ?? '');
  const [after, setAfter] = useState(daysOf(written) !== null);
  const [days, setDays] = useState(String(daysOf(written) ?? 7));
  const count = (typed: string) => { setDays(typed); set(path, `after-${typed}-days`); };
  return (
    <>
      <Field path={path}>{(_, more) => (
        <select class="sg-input" value={after ? 'after' : written} {...more} onChange={(event) => {
          const chosen = event.currentTarget.value;
          setAfter(chosen === 'after');
          chosen === 'after' ? count(days) : set(path, chosen);
        }}>
          {['never', 'at-once', 'after', 'when-released'].map((one) => <option key={one} value={one}>{one === 'after' ? t('policy.report.later') : t(`policy.report.${one}`)}</option>)}
        </select>
      )}</Field>
      {after && <div class="sg-field">
        <label class="sg-label" for="po-days">{t('policy.report.days')}</label>
        <input class="sg-input po-number" id="po-days" type="number" inputMode="numeric" min={1} max={365} value={days} onInput={(event) => count(event.currentTarget.value)} />
      </div>}
    </>
  );
}

function Numbers() {
  return (
    <>
      <div class="po-two">
        <Period path="policy.validityDefault" />
        <Period path="policy.validityMaximum" />
      </div>
      <OnOff path="policy.unlimited" />
      <Some path="policy.printing" of={PRINTED} word={verification} all />
      <Count path="policy.minimumComplexityBits" min={20} max={128} />
    </>
  );
}

function Payment({ replace }: { readonly replace: (fields: Flat) => void }) {
  const { fields, set } = useContext(Typed);
  const pays = Object.keys(fields).some((path) => path.startsWith(PAYMENT));
  const digits = fraction(fields[`${PAYMENT}currency`]);
  const priced = Object.keys(fields).filter((path) => path.startsWith(`${PAYMENT}prices.`)).map((path) => path.slice(`${PAYMENT}prices.`.length)).sort();
  const left = MODALITIES.filter((one) => !priced.includes(one));
  const turn = (on: boolean) => {
    const others = Object.fromEntries(Object.entries(fields).filter(([path]) => !path.startsWith(PAYMENT)));
    replace(on ? { ...others, [`${PAYMENT}currency`]: 'EUR', [`${PAYMENT}methods`]: ['card'], [`${PAYMENT}afterRefund`]: 'end', [`${PAYMENT}afterLostDispute`]: 'end', [`${PAYMENT}receipt`]: true } : others);
  };
  return (
    <>
      <div id={idOf('policy.payment')} tabIndex={-1}>
        <Switch label={t('policy.field.policy.payment')} hint={t('policy.hint.policy.payment')} on={pays} set={turn} />
        <Fault path="policy.payment" />
      </div>
      {pays && <>
        <div class="po-two">
          <Amount key={digits} path={`${PAYMENT}price`} digits={digits} />
          <Text path={`${PAYMENT}currency`} />
        </div>
        <div class="sg-stack">
          <h3>{t('policy.prices')}</h3>
          <p class="sg-hint">{t('policy.prices.text')}</p>
          {priced.map((one) => (
            <div class="po-price" key={one}>
              <Amount key={digits} path={`${PAYMENT}prices.${one}`} digits={digits} label={t('policy.price.of', { modality: one })} hint={null} />
              <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => { set(`${PAYMENT}prices.${one}`, undefined); document.getElementById('po-modality')?.focus(); }}>{t('policy.price.remove')}<span class="sg-visually-hidden"> {one}</span></button>
            </div>
          ))}
          {left.length > 0 && <div class="sg-field">
            <label class="sg-label" for="po-modality">{t('policy.price.add')}</label>
            <select class="sg-input po-number" id="po-modality" value="" onChange={(event) => { const one = event.currentTarget.value; if (one) set(`${PAYMENT}prices.${one}`, fields[`${PAYMENT}price`] ?? 0); event.currentTarget.value = ''; }}>
              <option value="">{t('policy.price.choose')}</option>
              {left.map((one) => <option key={one} value={one}>{one}</option>)}
            </select>
          </div>}
        </div>
        <Some path={`${PAYMENT}methods`} of={[...new Set([...METHODS, ...(fields[`${PAYMENT}methods`] ?? []) as readonly string[]])]} word={method} />
        <div class="po-two">
          <Choice path={`${PAYMENT}afterRefund`} of={['end', 'keep']} word={(one) => t(`policy.after.${one}`)} />
          <Choice path={`${PAYMENT}afterLostDispute`} of={['end', 'keep']} word={(one) => t(`policy.after.${one}`)} />
        </div>
        <OnOff path={`${PAYMENT}receipt`} />
        <div class="sg-stack" id={idOf(`${PAYMENT}freeRoute`)} tabIndex={-1}>
          <h3>{t(`policy.field.${PAYMENT}freeRoute`)}</h3>
          <p class="sg-hint">{t(`policy.hint.${PAYMENT}freeRoute`)}</p>
          <Fault path={`${PAYMENT}freeRoute`} />
          {spoken(fields, `${PAYMENT}freeRoute.`).map((one) => <Text key={one} path={`${PAYMENT}freeRoute.${one}`} label={tongue(one)} hint={null} lang={one} long />)}
        </div>
      </>}
    </>
  );
}

/** The department's languages, and those in which something is written already. */
function spoken(fields: Flat, beginning: string): readonly string[] {
  const written = Object.keys(fields).filter((path) => path.startsWith(beginning)).map((path) => path.slice(beginning.length));
  return [...new Set([...(fields['languages'] ?? []) as readonly string[], ...written])];
}

function Contact() {
  const { fields } = useContext(Typed);
  return (
    <>
      <div class="po-two">
        <Text path="hospital" />
        <Text path="name" />
        <Text path="contact.phone" type="tel" />
        <Text path="contact.email" type="email" />
        <Text path="contact.address" />
        <Text path="contact.website" type="url" />
      </div>
      <Picture />
      <div class="po-two"><Colour of="light" /><Colour of="dark" /></div>
      <div>
        <h3 id="po-preview">{t('policy.preview')}</h3>
        <div class="po-two" role="group" aria-labelledby="po-preview"><Preview of="light" /><Preview of="dark" /></div>
      </div>
      <dl class="po-fixed">
        {(['id', 'zone'] as const).map((path) => <div key={path}><dt>{t(`policy.field.${path}`)}</dt><dd>{String(fields[path])}</dd></div>)}
      </dl>
      <p class="sg-hint">{t('policy.fixed')}</p>
    </>
  );
}

/** What is no small picture is told before it is sent. */
function Picture() {
  const { fields, set } = useContext(Typed);
  const [wrong, setWrong] = useState<string | null>(null);
  const logo = fields['logo'];
  const take = (file: File | undefined) => {
    if (!file) return;
    const unfit = !LOGO_TYPES.includes(file.type) ? 'not-a-picture' : file.size > LOGO_BYTES ? 'too-large' : null;
    setWrong(unfit);
    if (unfit) return;
    const reader = new FileReader();
    reader.onload = () => set('logo', String(reader.result));
    reader.readAsDataURL(file);
  };
  return (
    <div class="po-logo">
      <div class="po-logo-shown">{logo ? <img src={String(logo)} alt={t('policy.logo.now')} /> : <span class="sg-muted">{t('policy.nothing')}</span>}</div>
      <Field path="logo">{(_, more) => (
        <input class="sg-input po-file" type="file" accept={LOGO_TYPES.join(',')} {...more} onChange={(event) => take(event.currentTarget.files?.[0])} />
      )}</Field>
      {wrong && <p class="sg-error" role="alert"><Icon of="alert" /><span>{t(`policy.fault.${wrong}`)}</span></p>}
      {logo !== undefined && <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => { set('logo', undefined); document.getElementById(idOf('logo'))?.focus(); }}>{t('policy.logo.remove')}</button>}
    </div>
  );
}

function Colour({ of }: { readonly of: keyof typeof GROUNDS }) {
  const { fields, set } = useContext(Typed);
  const path = `brand.${of}`;
  const colour = String(fields[path] ?? '');
  const ratio = COLOUR.test(colour) ? contrast(colour, GROUNDS[of]) : null;
  const reads = ratio !== null && ratio >= READABLE;
  return (
    <Field path={path}>{(id, more) => (
      <>
        <div class="po-pair">
          <input class="po-swatch" type="color" aria-label={t('policy.colour.pick', { field: t(`policy.field.${path}`) })} value={COLOUR.test(colour) ? colour : GROUNDS[of]} onInput={(event) => set(path, event.currentTarget.value)} />
          <input class="sg-input sg-input-code po-number" type="text" autocomplete="off" spellcheck={false} maxLength={7} value={colour} {...more} onInput={(event) => set(path, event.currentTarget.value.trim().toLowerCase())} />
        </div>
        <p class={reads ? 'po-ratio po-good' : 'po-ratio po-bad'} id={`${id}-ratio`} role="status"><Icon of={reads ? 'done' : 'alert'} />
          <span>{ratio === null ? t('policy.colour.none') : t(reads ? 'policy.colour.reads' : 'policy.colour.poor', { ratio: Math.floor(ratio * 10) / 10, least: READABLE })}</span></p>
      </>
    )}</Field>
  );
}

/** The head of the entrance as patients see it, in the colours that are chosen. */
function Preview({ of }: { readonly of: keyof typeof GROUNDS }) {
  const { fields } = useContext(Typed);
  const colour = String(fields[`brand.${of}`] ?? '');
  const hospital = String(fields['hospital'] ?? '');
  const name = String(fields['name'] ?? '');
  return (
    <figure class={`po-preview po-${of}`} style={COLOUR.test(colour) ? { '--brand': colour } : {}}>
      <figcaption class="sg-small">{t(`policy.preview.${of}`)}</figcaption>
      <div class="po-preview-head">
        {fields['logo'] ? <img src={String(fields['logo'])} alt="" /> : <span class="sg-hospital-mark" aria-hidden="true">{hospital.charAt(0)}</span>}
        <div class="sg-hospital-names"><strong>{hospital}</strong><span>{name}</span></div>
      </div>
      <p class="po-preview-title">{name}</p>
      <span class="po-preview-button">{t('policy.preview.button')}</span>
    </figure>
  );
}

function Languages() {
  const { fields, set } = useContext(Typed);
  const chosen = (fields['languages'] ?? []) as readonly string[];
  return (
    <>
      <div class="sg-field">
        <label class="sg-label" for="po-own">{t('policy.own')}</label>
        <select class="sg-input" id="po-own" aria-describedby="po-own-hint" value={chosen[0] ?? ''} onChange={(event) => { const own = event.currentTarget.value; set('languages', [own, ...chosen.filter((one) => one !== own)]); }}>
          {Object.keys(LANGUAGES).map((one) => <option key={one} value={one} lang={one}>{tongue(one)}</option>)}
        </select>
        <p class="sg-hint" id="po-own-hint">{t('policy.own.hint')}</p>
      </div>
      <Some path="languages" of={[...new Set([...chosen, ...Object.keys(LANGUAGES)])]} word={tongue} />
    </>
  );
}

function Statements() {
  const { fields, set } = useContext(Typed);
  const [language, setLanguage] = useState(((fields['languages'] ?? []) as readonly string[])[0] ?? 'en');
  const written = (one: string) => STATEMENTS.filter((kind) => fields[`statements.${kind}.${one}`]).length;
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  return (
    <>
      <div class="sg-field">
        <label class="sg-label" for="po-tongue">{t('policy.statements.language')}</label>
        <select class="sg-input" id="po-tongue" value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
          {Object.keys(LANGUAGES).map((one) => <option key={one} value={one}>{tongue(one)}{written(one) > 0 ? ' ✓' : ''}</option>)}
        </select>
      </div>
      <div id={idOf('statements')} tabIndex={-1}><Fault path="statements" /></div>
      {STATEMENTS.map((kind) => <Text key={`${kind} ${language}`} path={`statements.${kind}.${language}`} label={t(`policy.field.statements.${kind}`)} hint={t(`policy.hint.statements.${kind}`)} lang={language} long />)}
      <div class="po-conditions" id={idOf('conditionsVersion')} tabIndex={-1}>
        <h3>{t('policy.field.conditionsVersion')}</h3>
        <p class="sg-hint">{t('policy.hint.conditionsVersion', { version: String(fields['conditionsVersion'] ?? '') })}</p>
        <Fault path="conditionsVersion" />
        <button type="button" class="sg-button sg-button-plain sg-button-small" onClick={() => set('conditionsVersion', nextConditions(fields['conditionsVersion'], day))}>{t('policy.conditions.changed')}</button>
      </div>
    </>
  );
}

function Intake() {
  const { fields, set } = useContext(Typed);
  const path = 'policy.quiet';
  const [quiet, setQuiet] = useState(String(minutes(fields[path]) ?? ''));
  return (
    <>
      <Text path="policy.technicalAddress" type="email" />
      <Field path={path}>{(_, more) => (
        <input class="sg-input po-number" type="number" inputMode="numeric" min={1} max={1440} value={quiet} {...more}
          onInput={(event) => { setQuiet(event.currentTarget.value); set(path, event.currentTarget.value === '' ? undefined : `PT${event.currentTarget.value}M`); }} />
      )}</Field>
      <Choice path="policy.accessionCase" of={['ignored', 'kept']} word={(one) => t(`policy.case.${one}`)} />
      <Period path="policy.retention" none={t('policy.retention.none')} />
    </>
  );
}
