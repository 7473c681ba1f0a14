import { fullDay } from '../lib/calendar.ts';
import { h, icon } from '../lib/dom.ts';
import { contactBlock } from '../ui/contact.ts';
import { department } from '../ui/department.ts';
import { DRAWINGS, ICONS } from '../ui/icons.ts';
import { Page } from '../ui/page.ts';

const page = await Page.open();
page.belongsTo(await department());
const from = new URLSearchParams(location.search).get('from');
const day = from !== null && /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : null;

/** Trying again is offered where it may help: before a day that is known it does not. */
page.show((words) => {
  const { t } = words;
  const drawing = icon(day ? DRAWINGS.calendar : DRAWINGS.waiting, 96);
  drawing.classList.add('sg-drawing');
  return {
    title: t('wait.title'),
    main: h('div', { class: 'sg-card sg-stack' }, drawing, h('h1', {}, t('wait.title')), h('p', {}, t('wait.text')),
      day
        ? [h('p', {}, h('strong', {}, t('wait.from', { date: words.date(day) }))), h('p', {}, t('wait.until'))]
        : h('p', {}, t('wait.later')),
      h('p', { class: 'sg-muted' }, t('wait.same')),
      day
        ? h('div', { class: 'sg-actions' },
            h('button', { class: 'sg-button', type: 'button', id: 'calendar', click: () => keep(day) }, icon(ICONS.calendar, 20), t('wait.calendar')))
        : h('a', { class: 'sg-button', href: page.address('/') }, icon(ICONS.again, 20), t('wait.again'))),
    aside: contactBlock(words, page.department),
  };
});

/** A file for any calendar: the day, the address of the entrance and what to have at hand. No number, no name. */
function keep(day: string): void {
  const { t } = page;
  const address = new URL(page.address('/'), location.href).href;
  const phone = page.department?.phone;
  const text = fullDay({
    uid: crypto.randomUUID(), now: new Date(), day, title: t('wait.event'), address, place: page.department?.hospital ?? '',
    text: [t('wait.event.text'), address, phone].filter(Boolean).join('\n'),
  });
  const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: 'text/calendar' })), download: `${day}.ics` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it only when the person has agreed
}
