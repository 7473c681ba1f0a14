import { useState } from 'preact/hooks';
import type { DeskOrder, OrderPage } from '../../lib/answers.ts';
import { post } from '../api.ts';
import { Icon } from '../ui.tsx';
import { t, words } from '../words.ts';
import { Act, born, lastDay, type Loaded, More, Said, State, useLines, when, why, Why } from './parts.tsx';
import { Renew } from './renew.tsx';

type Doing = { readonly act: 'unlock' | 'regenerate' | 'paid' | 'pincode'; readonly order: DeskOrder };

/** Orders with number and payment as they stand. What is searched for stays in memory, never in an address. */
export function Orders({ department }: { readonly department: string }) {
  const { loaded, load, more } = useLines<DeskOrder>('/api/desk/orders', department);
  const [found, setFound] = useState<Loaded<DeskOrder> | null>(null);
  const [typed, setTyped] = useState('');
  const [sought, setSought] = useState('');
  const [doing, setDoing] = useState<Doing | null>(null);
  const [said, say] = useState('');
  const search = async (q: string) => {
    if (q === '') return setFound(null);
    setFound('loading');
    const answer = await post<OrderPage>('/api/desk/orders/search', { q, ...(department ? { department } : {}) });
    setSought(q);
    setFound(answer.kind === 'ok' ? { lines: answer.value, next: null } : 'failed');
  };
  const again = () => (found ? search(sought) : load());
  const shown = found ?? loaded;
  const lines = typeof shown === 'object' ? shown.lines : [];
  const done = (text: string) => {
    setDoing(null);
    say(text);
    void again();
  };
  return (
    <section class="dk-part" aria-labelledby="orders">
      <h2 id="orders" class="sg-visually-hidden">{t('desk.orders')}</h2>
      <form class="dk-search" role="search" onSubmit={(event) => { event.preventDefault(); void search(typed.trim()); }}>
        <div class="sg-field">
          <label class="sg-label" for="sought">{t('desk.search')}</label>
          <input class="sg-input" id="sought" type="search" autocomplete="off" maxLength={128} value={typed} aria-describedby="sought-hint"
            onInput={(event) => { setTyped(event.currentTarget.value); if (event.currentTarget.value === '') setFound(null); }} />
          <p class="sg-hint" id="sought-hint">{t('desk.search.hint')}</p>
        </div>
        <button type="submit" class="sg-button">{t('desk.search.go')}</button>
      </form>
      <details class="sg-details"><summary>{t('desk.number.lost')}</summary><p>{t('desk.number.lost.text')}</p></details>
      <Said text={said} />
      <State of={shown} again={() => void again()} empty={<p>{t(found ? 'desk.orders.nothing' : 'desk.orders.none')}</p>} />
      {lines.length > 0 && (
        <table class="dk-table">
          <thead><tr><th scope="col">{t('desk.order')}</th><th scope="col">{t('desk.patient')}</th><th scope="col">{t('desk.studies.of')}</th><th scope="col">{t('desk.number')}</th><th scope="col">{t('desk.payment')}</th><th scope="col"><span class="sg-visually-hidden">{t('desk.act')}</span></th></tr></thead>
          <tbody>{lines.map((order) => <Line key={order.id} order={order} act={(act) => { say(''); setDoing({ act, order }); }} />)}</tbody>
        </table>
      )}
      {!found && <More of={loaded} more={more} />}
      {doing?.act === 'regenerate' && <Renew order={doing.order.id} done={() => done(t('desk.regenerate.said'))} close={() => setDoing(null)} />}
      {doing && doing.act !== 'regenerate' && (
        <Act title={t(`desk.${doing.act}.title`, { accession: doing.order.accession })} text={t(`desk.${doing.act}.text`, { mobile: doing.order.payment?.mobile ?? '' })}
          path={`/api/desk/orders/${doing.order.id}/${doing.act}`} reason={doing.act !== 'pincode'} button={t(`desk.${doing.act}`)}
          done={() => done(t(`desk.${doing.act}.said`, { accession: doing.order.accession }))} close={() => setDoing(null)} />
      )}
    </section>
  );
}

const ACTS = ['unlock', 'regenerate', 'paid', 'pincode'] as const;

function Line({ order, act }: { readonly order: DeskOrder; readonly act: (act: Doing['act']) => void }) {
  const { patient, number, payment } = order;
  return (
    <tr>
      <th scope="row" data-label={t('desk.order')}><span class="dk-main">{order.accession}</span><span class="dk-sub">{when(order.placedAt)}</span></th>
      <td data-label={t('desk.patient')}><span class="dk-main">{patient.name}</span><span class="dk-sub"><span class="sg-nowrap">{born(patient.birthDate)}</span>{patient.id && <> · <span class="sg-nowrap">{patient.id}</span></>}</span></td>
      <td data-label={t('desk.studies.of')}>{order.studies.length === 0 ? <span class="sg-muted">{t('desk.studies.announced')}</span> : (
        <ul class="dk-studies">{order.studies.map((study) => (
          <li key={study.id}>
            <span class="dk-main">{study.description || study.modalities.join(', ') || t('desk.study.unnamed')}</span>
            <span class="dk-sub">{[study.date && words.value.short(study.date), t(`desk.study.${study.state}`), study.byHand && t('desk.byhand')].filter(Boolean).join(' · ')}</span>
            <Why of={study.why} />
          </li>
        ))}</ul>
      )}</td>
      <td data-label={t('desk.number')}>{number ? <Number of={number} /> : <span class="sg-muted">{t('desk.number.none')}</span>}</td>
      <td data-label={t('desk.payment')}>{payment ? <>
        <span class="dk-main">{t(payment.byHand ? 'desk.payment.paid.byhand' : `desk.payment.${payment.state}`)}</span>
        {payment.pincodeFailures > 0 && <span class="dk-sub">{t('desk.pincode.wrong', { count: payment.pincodeFailures })}</span>}
      </> : <span class="sg-muted">{t('desk.payment.none')}</span>}</td>
      <td class="dk-acts">{ACTS.filter((one) => order.acts.includes(one)).map((one) => (
        <button type="button" class="sg-button sg-button-plain sg-button-small" key={one} onClick={() => act(one)}>{t(`desk.${one}`)}<span class="sg-visually-hidden"> {order.accession}</span></button>
      ))}</td>
    </tr>
  );
}

/** Its state by word and drawing; why it opens nothing. */
function Number({ of }: { readonly of: NonNullable<DeskOrder['number']> }) {
  const good = of.state === 'valid';
  return <>
    <span class={good ? 'dk-good' : 'dk-bad'}><Icon of={good ? 'done' : 'alert'} />{t(`desk.number.${of.state}`)}</span>
    {of.why && of.state === 'refused' && <span class="dk-sub">{why(of.why)}</span>}
    {of.failures > 0 && <span class="dk-sub">{t('desk.dates.wrong', { count: of.failures })}</span>}
    {of.codeFailures > 0 && of.verification !== 'payment' && <span class="dk-sub">{t('desk.codes.wrong', { count: of.codeFailures })}</span>}
    {good && of.validUntil && <span class="dk-sub">{t('desk.until', { date: lastDay(of.validUntil) })}</span>}
  </>;
}

