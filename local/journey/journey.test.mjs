// The whole journey through ./run in a real browser: a hospital's files and order go into the inbox, the patient reads
// an SMS, types the code, sees the pictures and the report, signs out, and nothing is left. Each state is held to
// WCAG 2.2 AA by axe, at phone and desktop width, light and dark.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRequire } from 'node:module';

const root = new URL('../../', import.meta.url).pathname;
const require = createRequire(join(root, 'web/package.json'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');
const folder = mkdtempSync(join(tmpdir(), 'studygate-'));
const languages = ['nl', 'fr', 'de', 'en', 'es', 'nb', 'sl'];
let run;
let output = '';
let base;
let browser;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(what, check, seconds = 240) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await check();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what} did not come in ${seconds} s\n${output}`);
}

const json = async (path, init) => (await fetch(base + path, init)).json();
const post = (path, body) => json(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
const quiet = () => until('quiet queues', async () =>
  Object.values(await json('/local/queues.json')).every(({ waiting, inFlight }) => waiting + inFlight === 0));

const aws = ({ accessKey, secretKey }, s3, ...words) => spawnSync(join(root, '.venv/bin/aws'), ['--endpoint-url', s3.endpoint, 's3', ...words], {
  encoding: 'utf8',
  env: { PATH: process.env.PATH, HOME: folder, AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_REGION: s3.region },
});
const login = (reference, dateOfBirth) => fetch(`${base}/api/patient/login`, {
  method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1' }, body: JSON.stringify({ reference, dateOfBirth }),
});
const start = (port) => {
  output = '';
  run = spawn(join(root, 'run'), ['--port', String(port), '--data', join(folder, 'data')], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (text) => { output += text; });
};
const stop = async (signal) => {
  const ended = new Promise((resolve) => run.once('exit', resolve));
  run.kill(signal);
  await ended;
  await until('the end of all processes', () => spawnSync('pgrep', ['-f', folder], { encoding: 'utf8' }).stdout.trim() === '', 15);
};

before(async () => {
  const port = await freePort(); // S3 has the next one
  base = `http://127.0.0.1:${port}`;
  start(port);
  await until('the system', () => {
    assert.equal(run.exitCode, null, output);
    return output.includes('Studygate runs');
  }, 420);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  if (run?.exitCode === null && run.signalCode === null) {
    run.kill('SIGTERM');
    await new Promise((resolve) => run.once('exit', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

async function open(options) {
  const context = await browser.newContext({ locale: 'nl-BE', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (line) => { if (line.type() === 'error' && !/401|404|429/.test(line.text())) faults.push(line.text()); });
  return { context, page, faults };
}

async function fair(page, state) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), [], `axe: ${state}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${state} is ${wide} px too wide`);
}

async function type(page, number, [day, month, year]) {
  await page.fill('#reference', number);
  await page.fill('#birth-day', day);
  await page.fill('#birth-month', month);
  await page.fill('#birth-year', year);
  await page.click('button[type=submit]');
}

async function lastCode(to, seen) {
  const sms = await until('the SMS', async () => {
    const all = (await json('/local/inbox.json')).filter((message) => message.to === to);
    return all.length > seen && all.at(-1);
  }, 30);
  assert.match(sms.text, /\n@127\.0\.0\.1 #\d{6}$/);
  return /\d{6}/.exec(sms.text)[0];
}

const sent = async (to) => (await json('/local/inbox.json')).filter((message) => message.to === to).length;

for (const [name, options] of [
  ['phone, light', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' }],
  ['desktop, dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }],
]) {
  test(`a patient sees a CT of 300 slices and its report (${name})`, async () => {
    const { context, page, faults } = await open(options);
    const [who] = (await json('/local/config.json')).references;
    await page.goto(`${base}/?d=${who.department}#${encodeURIComponent(who.number)}`);
    await page.waitForSelector('#reference');
    assert.ok(!page.url().includes('#'), 'the number leaves the address');
    assert.notEqual(await page.inputValue('#reference'), '');
    await fair(page, 'entrance');
    await page.fill('#reference', '');
    await page.click('button[type=submit]');
    await page.waitForSelector('#summary');
    await fair(page, 'entrance with faults');
    assert.match(await page.title(), /^Fout/);
    await type(page, 'NOBODY-HAS-THIS-11', ['7', '3', '1958']);
    await page.getByText('Deze combinatie klopt niet').waitFor();
    await fair(page, 'refused');
    const before = await sent('+32470123456');
    await type(page, who.number, ['7', 'maart', '1958']);
    await page.waitForURL(/\/code/);
    await page.waitForSelector('#code');
    await fair(page, 'code');
    const code = await lastCode('+32470123456', before);
    await page.fill('#code', `${code.slice(0, 3)} ${code.slice(3)}`);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/study/);
    await page.waitForFunction(() => document.querySelector('img.lb-picture')?.naturalWidth === 512);
    await fair(page, 'study');
    await page.getByText('Niet voor diagnose').first().waitFor();
    assert.equal(await page.textContent('.lb-place'), 'Beeld 151 van 300');
    await page.focus('.lb-stage');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Beeld 152 van 300').waitFor();
    await page.click('#lb-light-button');
    await page.locator('.lb-light input').first().fill('40');
    await page.waitForFunction(() => document.querySelector('canvas.lb-picture')?.hidden === false);
    await page.getByText('Lees het verslag').click();
    await page.getByText('Besluit: normaal onderzoek.').waitFor();
    await fair(page, 'report');
    await page.keyboard.press('Escape');
    await page.getByText('Wie opende mijn onderzoek').click();
    await page.getByText('las het verslag').first().waitFor();
    await fair(page, 'who opened it');
    await page.keyboard.press('Escape');
    await page.getByText('Afmelden').first().click();
    await page.waitForURL(/\/ended/);
    await page.waitForSelector('h1');
    await fair(page, 'ended');
    assert.deepEqual(await context.cookies(), [], 'no cookie is left');
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    assert.ok(!/1958|0XBM|Peeters|\d{6}/.test(kept.replace(/\|\d+/, '')), `nothing typed is kept: ${kept}`);
    await page.goBack();
    await page.waitForURL((url) => !url.pathname.startsWith('/study'));
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('a visit is warned two minutes before its end and ends on the server', async () => {
  const { context, page } = await open({ viewport: { width: 390, height: 844 } });
  const who = (await json('/local/config.json')).references[1];
  await page.goto(`${base}/?d=${who.department}`);
  await page.waitForSelector('#reference');
  await type(page, who.number, ['30', '11', '1974']);
  await page.waitForURL(/\/study/);
  await page.waitForSelector('.lb-stage');
  await page.getByText('Andere onderzoeken').waitFor();
  await post('/local/clock', { advance: 'PT13M30S' });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForSelector('#ending');
  await fair(page, 'about to end');
  await page.getByText('Aangemeld blijven').click();
  await page.waitForSelector('#ending', { state: 'detached' });
  await post('/local/clock', { advance: 'PT20M' });
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForURL(/\/ended\?.*why=time/);
  await context.close();
});

test('every page speaks seven languages without running over at 320 px', async () => {
  const { context, page } = await open({ viewport: { width: 320, height: 640 } });
  for (const path of ['/?d=noord', '/wait?d=noord&from=2026-12-02', '/ended?d=noord', '/help?d=noord', '/conditions?d=noord', '/nothing-here', '/']) {
    await page.goto(base + path);
    for (const language of languages) {
      await page.waitForSelector('h1');
      await page.evaluate((code) => localStorage.setItem('studygate.language', code), language);
      await page.reload();
      await page.waitForFunction((code) => document.documentElement.lang === code && document.querySelector('main h1'), language);
      const text = await page.textContent('body');
      assert.ok(!/\{\w+\}/.test(text), `${path} in ${language} has a hole`);
      assert.ok(!/(frame|entrance|wait|ended|help|conditions)\.[a-z]/.test(text), `${path} in ${language} lacks a word`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} in ${language} is ${wide} px too wide`);
    }
  }
  await context.close();
});

test('a folder of own files with an order, sent with awscli, shows up for that patient alone', async () => {
  const { departments: [department, other], s3 } = await json('/local/config.json');
  const study = join(folder, 'my-study');
  mkdirSync(study);
  cpSync(join(root, '.tools/pydicom/test_files/MR_small_RLE.dcm'), join(study, 'any-name'));
  const number = 'OWN-2026-FOLDER-471133';
  writeFileSync(join(study, 'order'), JSON.stringify({
    type: 'order', accession: 'OWN-1', placedAt: new Date().toISOString(),
    patient: { familyName: 'Eigen', givenName: 'Eva', birthDate: '1980-02-29' },
    studies: [{ uid: '1.3.6.1.4.1.5962.1.2.4.20040826185059.5457', description: 'MR', expectedInstances: 1 }],
    reference: { number, verification: 'date-of-birth', report: false },
  }));
  const mine = aws(department, s3, 'cp', '--recursive', study, `s3://${s3.inbox}/in/${department.id}/my-study/`);
  assert.equal(mine.status, 0, mine.stderr);
  const foreign = aws(department, s3, 'cp', join(study, 'order'), `s3://${s3.inbox}/in/${other.id}/order`);
  assert.notEqual(foreign.status, 0, 'another department is out of reach');
  const read = aws(department, s3, 'cp', `s3://${s3.inbox}/in/${department.id}/my-study/order`, join(folder, 'back'));
  assert.notEqual(read.status, 0, 'what was put cannot be read back');
  await quiet();
  assert.equal((await login(number, '1980-02-28')).status, 401);
  const opened = await login(number, '1980-02-29');
  assert.deepEqual(await opened.json(), { next: 'open' });
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const { studies } = await json('/api/studies', { headers: { cookie } });
  assert.deepEqual(studies.map(({ description, hasImages, hasReport }) => ({ description, hasImages, hasReport })),
    [{ description: 'MR', hasImages: true, hasReport: false }]);
});

test('stopping leaves no process and a second start finds everything again', async () => {
  const children = spawnSync('pgrep', ['-f', folder], { encoding: 'utf8' }).stdout.trim();
  assert.notEqual(children, '');
  await stop('SIGTERM');
  const started = performance.now();
  start(new URL(base).port);
  await until('the second start', () => output.includes('Studygate runs'), 60);
  console.log(`# second start: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  assert.ok((await json('/local/inbox.json')).length > 0, 'messages are kept');
  const again = spawnSync(join(root, 'run'), ['--port', '1', '--data', join(folder, 'data')], { cwd: root, encoding: 'utf8' });
  assert.notEqual(again.status, 0);
  assert.match(again.stderr, /another \.\/run uses/);
});

test('what was put and not yet worked through when everything was killed is worked through after the next start', async () => {
  const { departments: [department], s3 } = await json('/local/config.json');
  const study = join(folder, 'killed');
  mkdirSync(study);
  const count = 16;
  const number = 'KILLED-2026-FOLDER-471133';
  const uid = '1.3.6.1.4.1.5962.1.2.4.20040826185059.5457'; // of the study in the file; the others begin alike
  const file = readFileSync(join(root, '.tools/pydicom/test_files/MR_small_RLE.dcm'), 'latin1').replaceAll(uid, uid.replace('.2.4.', '.2.9.'));
  const sop = '1.3.6.1.4.1.5962.1.1.4.1.1.20040826185059.5457';
  assert.ok(file.includes(sop));
  for (let i = 0; i < count; i++) {
    writeFileSync(join(study, `image-${i}`), file.replaceAll(sop, sop.replace(/5457$/, String(1000 + i))), 'latin1');
  }
  writeFileSync(join(study, 'order'), JSON.stringify({
    type: 'order', accession: 'KILLED-1', placedAt: new Date().toISOString(),
    patient: { familyName: 'Eigen', givenName: 'Eva', birthDate: '1980-02-29' },
    studies: [{ uid: uid.replace('.2.4.', '.2.9.'), description: 'MR', expectedInstances: count }],
    reference: { number, verification: 'date-of-birth', report: false },
  }));
  const sent = aws(department, s3, 'cp', '--recursive', study, `s3://${s3.inbox}/in/${department.id}/killed/`);
  assert.equal(sent.status, 0, sent.stderr);
  const left = Object.values(await json('/local/queues.json')).reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
  await stop('SIGKILL');
  assert.ok(left > 0, 'the kill came while something was queued');
  console.log(`# killed with ${left} messages in the queues`);
  const started = performance.now();
  start(new URL(base).port);
  await until('the start after the kill', () => output.includes('Studygate runs'), 60);
  await quiet();
  console.log(`# worked through ${((performance.now() - started) / 1000).toFixed(1)} s after the start`);
  const opened = await login(number, '1980-02-29');
  assert.deepEqual(await opened.json(), { next: 'open' });
  const headers = { cookie: opened.headers.get('set-cookie').split(';')[0] };
  const { studies: [{ id }] } = await json('/api/studies', { headers });
  const { series } = await json(`/api/studies/${id}`, { headers });
  assert.deepEqual(series.map(({ instances }) => instances), [count]);
  const queues = Object.values(await json('/local/queues.json'));
  assert.ok(queues.every(({ deadLetters }) => deadLetters === 0), JSON.stringify(queues));
});
