// How long a professional waits for each step of signing in. The first rounds warm up and are not counted.
import { account, appCode } from '../../local/journey/account.mjs';
import { Stack } from '../../local/journey/stack.mjs';

const rounds = Number(process.argv[2]);
const warm = 20;
const stack = new Stack();
stack.base = process.env.STUDYGATE;
if (stack.base === undefined) await stack.serve('--empty');
const names = ['Karim Haddad', 'Sofie Lambert', 'Tom Janssens'];
const times = { login: [], password: [], challenge: [], studies: [] };

async function call(name, path, session, body) {
  const began = performance.now();
  const answer = await fetch(stack.base + path, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: { 'Content-Type': 'application/json', 'X-Studygate': '1', ...(session ? { Cookie: session } : {}) },
  });
  const told = await answer.json();
  times[name].push(performance.now() - began);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${told.code}`);
  return answer.headers.getSetCookie().find((one) => one.startsWith('session='))?.split(';')[0] ?? session;
}

try {
  for (let round = 0; round < warm + rounds; round++) {
    const who = await account(stack, names[round % names.length]);
    if (round === warm) for (const all of Object.values(times)) all.length = 0;
    const code = await appCode(stack, who);
    let session = await call('login', '/api/account/login', undefined, { username: who.username });
    session = await call('password', '/api/account/password', session, { password: who.password });
    session = await call('challenge', '/api/account/challenge', session, { code });
    await call('studies', '/api/studies', session);
  }
  const at = (all, percent) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * percent / 100))].toFixed(1);
  for (const [name, all] of Object.entries(times)) console.log(`${name.padEnd(10)} p50 ${at(all, 50)} ms, p99 ${at(all, 99)} ms`);
} finally {
  if (stack.run) await stack.stop();
}
