'use strict';
const byId = (id) => document.getElementById(id);
const element = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};
const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function people() {
  const config = await (await fetch('/local/config.json')).json();
  for (const link of document.querySelectorAll('[data-stripe]')) link.href = config.stripe.dashboard;
  const names = Object.fromEntries(config.departments.map(({ id, name }) => [id, name]));
  byId('people').replaceChildren(...config.references.map(({ number, dateOfBirth, what, department }) =>
    element('article', { className: 'card' },
      element('span', { className: 'tag', textContent: names[department] }),
      element('h3', { textContent: what }),
      element('p', {}, 'Number ', element('span', { className: 'number', textContent: number })),
      element('p', {}, 'Date of birth ', element('span', { className: 'number', textContent: dateOfBirth })),
      element('p', { className: 'go' }, element('a', { className: 'button', href: `/?d=${department}#${encodeURIComponent(number)}`, textContent: 'Open the letter' })))));
  const [first] = config.departments;
  byId('send').textContent = [
    `export AWS_ACCESS_KEY_ID=${first.accessKey} AWS_SECRET_ACCESS_KEY=${first.secretKey} AWS_REGION=${config.s3.region}`,
    `aws --endpoint-url ${config.s3.endpoint} s3 cp --recursive my-study/ s3://${config.s3.inbox}/in/${first.id}/my-study/`,
    `aws --endpoint-url ${config.s3.endpoint} s3 cp order.json s3://${config.s3.inbox}/in/${first.id}/my-study/order.json`,
  ].join('\n');
}

async function clock() {
  const { now } = await (await fetch('/local/clock')).json();
  byId('now').textContent = now.slice(0, 19).replace('T', ' ') + ' UTC';
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
setInterval(clock, 10_000);
setInterval(queues, 3_000);
