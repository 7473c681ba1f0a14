'use strict';

/** What a hospital prints: whom it is from, the number, where to type it. Never the date of birth. */
async function write() {
  const { references } = await (await fetch('/local/config.json')).json();
  const found = references[Number(new URLSearchParams(location.search).get('of'))];
  if (!found) {
    byId('letter').replaceChildren(element('p', { textContent: 'There is no such letter.' }));
    return;
  }
  const { hospital, name, phone, address, logo } = await (await fetch(`/api/departments/${found.department}`)).json();
  const page = new URL(letter(found), location.href).href;
  byId('letter').replaceChildren(
    element('header', {}, ...(logo ? [element('img', { src: logo, alt: '', width: 64, height: 64 })] : []),
      element('p', {}, element('strong', { textContent: hospital }), element('br'), name, element('br'), address ?? '')),
    element('h1', { textContent: 'Your exam online' }),
    element('p', { textContent: 'You can see your images on the internet, on a phone or a computer.' }),
    element('ol', {},
      element('li', {}, 'Go to ', element('a', { href: page, textContent: new URL('/', location.href).host }), ' and choose your hospital.'),
      element('li', {}, 'Type this number:', element('p', { className: 'large' }, number(found.number))),
      element('li', { textContent: 'Type your date of birth. It is not in this letter.' })),
    element('p', {}, 'Questions? Call ', element('strong', { className: 'group', textContent: phone }), '.'),
    element('p', { className: 'muted', textContent: 'The images are not for diagnosis.' }),
    element('p', { className: 'screen' }, element('a', { className: 'button', href: page, textContent: 'Scan the code' })));
}

byId('print').addEventListener('click', () => print());
void write();
