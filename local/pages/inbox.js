'use strict';
const list = document.getElementById('messages');
const element = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};
let shown = -1;

function message({ kind, to, subject, text, html, at }) {
  const head = element('header', {}, `${kind === 'sms' ? 'SMS' : 'Mail'} to ${to} · ${at.slice(0, 19).replace('T', ' ')} UTC`);
  if (kind === 'sms') return element('article', { className: 'message' }, head, element('div', { className: 'bubble', textContent: text }));
  const frame = element('iframe', { title: subject, sandbox: '', srcdoc: html });
  const plain = element('details', {}, element('summary', { textContent: 'As plain text' }), element('pre', { textContent: text }));
  return element('article', { className: 'message' }, head, element('p', {}, element('strong', { textContent: subject })), frame, plain);
}

async function look() {
  try {
    const messages = await (await fetch('/local/inbox.json')).json();
    if (messages.length === shown) return;
    shown = messages.length;
    list.replaceChildren(...(shown === 0
      ? [element('div', { className: 'empty' }, element('p', { textContent: 'Nothing was sent yet. Sign in as a patient whose hospital asks for a code.' }))]
      : messages.reverse().map(message)));
  } catch {
    // the system is stopping or starting: the next look tells
  }
}
look();
setInterval(look, 1_000);
