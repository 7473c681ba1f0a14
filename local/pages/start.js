'use strict';
const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function people() {
  const config = await (await fetch('/local/config.json')).json();
  for (const link of document.querySelectorAll('[data-stripe]')) link.href = config.stripe.dashboard;
  const names = Object.fromEntries(config.departments.map(({ id, name }) => [id, name]));
  byId('people').replaceChildren(...config.references.map((reference, at) =>
    element('article', { className: 'card' },
      element('span', { className: 'tag', textContent: names[reference.department] }),
      element('h3', { textContent: reference.what }),
      element('p', {}, 'Number ', number(reference.number)),
      element('p', {}, 'Date of birth ', element('span', { className: 'group', textContent: day(reference.dateOfBirth) })),
      element('p', { className: 'go row' }, element('a', { className: 'button', href: letter(reference), textContent: 'Scan the code' }),
        element('a', { className: 'button plain', href: `/local/letter?of=${at}`, textContent: 'Open the letter' })))));
  cast(config);
  const [first] = config.departments;
  byId('send').textContent = [
    `export AWS_ACCESS_KEY_ID=${first.accessKey} AWS_SECRET_ACCESS_KEY=${first.secretKey} AWS_REGION=${config.s3.region}`,
    `aws --endpoint-url ${config.s3.endpoint} s3 cp --recursive my-study/ s3://${config.s3.inbox}/in/${first.id}/my-study/`,
    `aws --endpoint-url ${config.s3.endpoint} s3 cp order.json s3://${config.s3.inbox}/in/${first.id}/my-study/order.json`,
  ].join('\n');
}

const ROLES = { professional: 'Physician', 'department-staff': 'Staff', 'department-admin': 'Administrator', 'service-desk': 'Service desk' };
let accounts = [];
/** How far the functions' clock is ahead of this machine's. */
let ahead = 0;

function copying(text, label) {
  const button = element('button', { type: 'button', className: 'button plain small', textContent: 'Copy', ariaLabel: `Copy ${label}` });
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2_000);
  });
  return button;
}

function cast(config) {
  const names = Object.fromEntries(config.departments.map(({ id, name }) => [id, name]));
  accounts = config.accounts;
  byId('password').textContent = accounts[0]?.password ?? '…';
  byId('accounts').replaceChildren(...accounts.map((account, at) =>
    element('article', { className: 'card' },
      element('span', { className: 'tag', textContent: [ROLES[account.role], names[account.department]].filter(Boolean).join(' · ') }),
      element('h3', { textContent: account.name }),
      element('p', { textContent: account.what }),
      element('p', { className: 'row' }, element('span', { className: 'name', textContent: account.username }), copying(() => account.username, `the name of ${account.name}`)),
      account.totpSecret
        ? element('p', { className: 'row' }, 'App ', element('span', { className: 'number', id: `code-${at}` }), element('span', { className: 'muted', id: `left-${at}` }), copying(() => byId(`code-${at}`).textContent.replace(' ', ''), `the code of ${account.name}`))
        : element('p', { className: 'muted', textContent: account.factor === 'sms' ? 'Code by SMS' : 'No second factor yet' }))));
}

async function codes() {
  const now = Date.now() + ahead;
  const left = 30 - Math.floor(now / 1000) % 30;
  for (const [at, account] of accounts.entries()) {
    if (!account.totpSecret) continue;
    const code = await totp(account.totpSecret, now);
    byId(`code-${at}`).textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
    byId(`left-${at}`).textContent = `${left} s`;
  }
}

byId('accounts').closest('main').querySelector('[data-copy-of]').addEventListener('click', () => navigator.clipboard.writeText(byId('password').textContent));

async function clock() {
  const { now } = await (await fetch('/local/clock')).json();
  ahead = new Date(now).getTime() - Date.now();
  byId('now').textContent = new Intl.DateTimeFormat(navigator.languages, { dateStyle: 'long', timeStyle: 'medium' }).format(new Date(now));
}

function where({ country, abroad }) {
  byId('country').textContent = country ?? 'not known';
  byId('abroad').href = abroad;
}

async function queues() {
  const all = await (await fetch('/local/queues.json')).json();
  const sum = (field) => Object.values(all).reduce((total, one) => total + one[field], 0);
  const busy = sum('waiting') + sum('inFlight');
  byId('queues').textContent = (busy ? `${busy} objects are on their way.` : 'Nothing is on its way.')
    + (sum('deadLetters') ? ` ${sum('deadLetters')} dead letters: see local/data/studygate.log.` : '');
}

for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', async () => { await post('/local/clock', { advance: button.dataset.advance }); await clock(); });
}
for (const button of document.querySelectorAll('[data-country]')) {
  button.addEventListener('click', async () => where(await (await post('/local/country', { country: button.dataset.country })).json()));
}
byId('reset').addEventListener('click', async () => {
  byId('reset').disabled = true;
  byId('reset-state').textContent = 'Working: the demo is sent through the inbox again, which takes a minute or two …';
  const answer = await post('/local/reset', { demo: true });
  byId('reset-state').textContent = answer.ok ? 'Done.' : 'That failed; see local/data/studygate.log.';
  byId('reset').disabled = false;
  await Promise.all([people(), clock()]);
});
people();
clock();
queues();
fetch('/local/country').then((answer) => answer.json()).then(where);
setInterval(clock, 10_000);
setInterval(codes, 1_000);
setInterval(queues, 3_000);
