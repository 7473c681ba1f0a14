'use strict';
const byId = (id) => document.getElementById(id);
const element = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

/** A date as whoever looks writes it; one of which only the year is known stays as it is. */
const day = (iso) => (iso.length < 10 ? iso : new Intl.DateTimeFormat(navigator.languages, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`)));

/** A number breaks between its groups alone, and no single character is left over: the last two groups stay together. */
function number(text) {
  const groups = text.split(/(?<=[-\s])/);
  const last = groups.at(-1);
  if (groups.length > 1 && last.length === 1) groups.splice(-2, 2, groups.at(-2) + last);
  return element('span', { className: 'number' }, ...groups.flatMap((group) => [element('span', { className: 'group', textContent: group }), document.createElement('wbr')]));
}

const letter = ({ number: text, department }) => `/?d=${department}#${encodeURIComponent(text)}`;
