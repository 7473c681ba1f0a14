// The whole journey through ./run in a real browser: a hospital's files and order go into the inbox, the patient reads
// an SMS, types the code, sees the pictures and the report, signs out, and nothing is left. Each state is held to
// WCAG 2.2 AA by axe, at phone and desktop width, light and dark.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { desktop, fair, languages, overflow, phone, root, Stack, type } from './stack.mjs';
import { payments } from './payments.mjs';
import { states } from './states.mjs';
import { leaveReport } from './walk.mjs';

const stack = new Stack();
const { folder } = stack;

const aws = (who, s3, ...words) => stack.aws(who, s3, 's3', ...words);

before(() => stack.start());
after(() => stack.stop());

for (const [name, options] of [
  ['phone, light', { ...phone, colorScheme: 'light' }],
  ['desktop, dark', { ...desktop, colorScheme: 'dark' }],
]) {
  test(`a patient sees a CT of 300 slices and its report (${name})`, async () => {
    await stack.post('/local/clock', { advance: 'PT61S' }); // a minute lies between two codes of a number
    const { context, page, faults } = await stack.open(options);
    const [who] = await stack.patients();
    await page.goto(`${stack.base}/?d=${who.department}#${encodeURIComponent(who.number)}`);
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
    const before = await stack.sent('+32470123456');
    await type(page, who.number, ['7', 'maart', '1958']);
    await page.waitForURL(/\/code/);
    await page.waitForSelector('#code');
    await fair(page, 'code');
    const code = await stack.lastCode('+32470123456', before);
    await page.fill('#code', `${code.slice(0, 3)} ${code.slice(3)}`);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/study/);
    await page.waitForSelector('canvas.lb-picture[data-grade=medium]');
    await fair(page, 'study');
    await page.getByText('Niet voor diagnose').first().waitFor();
    assert.equal(await page.textContent('.lb-place'), 'Beeld 151 van 300');
    await page.focus('.lb-stage');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Beeld 152 van 300').waitFor();
    await page.waitForURL(/\/152$/);
    await page.reload();
    await page.getByText('Beeld 152 van 300').waitFor();
    await page.click('#lb-light-button');
    await page.locator('.lb-light input').first().fill('40');
    await page.waitForSelector('canvas.lb-picture[data-grade=exact]');
    assert.ok(page.workers().some((worker) => /\/assets\/exact\.worker-/.test(worker.url())), 'exact pixels are drawn beside the page');
    await page.getByText('Lees het verslag').click();
    await page.getByText('Besluit: normaal onderzoek.').waitFor();
    await fair(page, 'report');
    await leaveReport(page);
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
  const { context, page } = await stack.open({ viewport: { width: 390, height: 844 } });
  const [, who] = await stack.patients();
  await page.goto(`${stack.base}/?d=${who.department}`);
  await page.waitForSelector('#reference');
  await type(page, who.number, ['30', '11', '1974']);
  await page.waitForURL(/\/study/);
  await page.waitForSelector('.lb-stage');
  await page.getByText('Onderzoeken van deze aanvraag').waitFor();
  await stack.passes(page, 'PT13M30S');
  await page.waitForSelector('#ending');
  await fair(page, 'about to end');
  await page.getByText('Aangemeld blijven').click();
  await page.waitForSelector('#ending', { state: 'detached' });
  await stack.passes(page, 'PT20M');
  await page.waitForURL(/\/ended\?.*why=time/);
  await context.close();
});

test('every page speaks every language without running over at 320 px', async () => {
  const { context, page } = await stack.open({ viewport: { width: 320, height: 640 } });
  for (const path of ['/?d=noord', '/wait?d=noord&from=2026-12-02', '/ended?d=noord', '/help?d=noord', '/conditions?d=noord', '/nothing-here', '/']) {
    await page.goto(stack.base + path);
    for (const language of languages) {
      await page.waitForSelector('h1');
      await page.evaluate((code) => localStorage.setItem('studygate.language', code), language);
      await page.reload();
      await page.waitForFunction((code) => document.documentElement.lang === code && document.querySelector('main h1'), language);
      const text = await page.textContent('body');
      assert.ok(!/\{\w+\}/.test(text), `${path} in ${language} has a hole`);
      assert.ok(!/(frame|entrance|wait|ended|help|conditions)\.[a-z]/.test(text), `${path} in ${language} lacks a word`);
      const wide = await overflow(page);
      assert.ok(wide <= 0, `${path} in ${language} is ${wide} px too wide`);
    }
  }
  await context.close();
});

/** The file with the date of birth that its order says: without one nothing tells that they are of one patient. */
function ofEva(file) {
  const empty = '\x10\x000\x00DA\x00\x00';
  assert.ok(file.includes(empty));
  return file.replace(empty, '\x10\x000\x00DA\x08\x0019800229');
}

test('a folder of own files with an order, sent with awscli, shows up for that patient alone', async () => {
  const { departments: [department, other], s3 } = await stack.json('/local/config.json');
  const study = join(folder, 'my-study');
  mkdirSync(study);
  writeFileSync(join(study, 'any-name'), ofEva(readFileSync(join(root, '.tools/pydicom/test_files/MR_small_RLE.dcm'), 'latin1')), 'latin1');
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
  await stack.quiet();
  assert.equal((await stack.login(number, '1980-02-28')).status, 401);
  const opened = await stack.login(number, '1980-02-29');
  assert.deepEqual(await opened.json(), { next: 'open' });
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const { studies } = await stack.json('/api/studies', { headers: { cookie } });
  assert.deepEqual(studies.map(({ description, hasImages, hasReport }) => ({ description, hasImages, hasReport })),
    [{ description: 'MR', hasImages: true, hasReport: false }]);
});

states(stack);
payments(stack);

test('stopping leaves no process and a second start finds everything again', { skip: process.env.STUDYGATE !== undefined }, async () => {
  const children = spawnSync('pgrep', ['-f', folder], { encoding: 'utf8' }).stdout.trim();
  assert.notEqual(children, '');
  await stack.halt();
  const started = performance.now();
  await stack.launch(60);
  console.log(`# second start: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  assert.ok((await stack.json('/local/inbox.json')).length > 0, 'messages are kept');
  const again = spawnSync(join(root, 'run'), ['--port', '1', '--data', join(folder, 'data')], { cwd: root, encoding: 'utf8' });
  assert.notEqual(again.status, 0);
  assert.match(again.stderr, /another \.\/run uses/);
});

test('what was put and not yet worked through when everything was killed is worked through after the next start', { skip: process.env.STUDYGATE !== undefined }, async () => {
  const { departments: [department], s3 } = await stack.json('/local/config.json');
  const study = join(folder, 'killed');
  mkdirSync(study);
  const count = 16;
  const number = 'KILLED-2026-FOLDER-471133';
  const uid = '1.3.6.1.4.1.5962.1.2.4.20040826185059.5457'; // of the study in the file; the others begin alike
  const file = ofEva(readFileSync(join(root, '.tools/pydicom/test_files/MR_small_RLE.dcm'), 'latin1')).replaceAll(uid, uid.replace('.2.4.', '.2.9.'));
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
  const [who] = await stack.patients();
  await stack.post('/local/clock', { advance: 'PT61S' }); // a minute lies between two codes of a number
  const codes = await stack.sent('+32470123456');
  assert.equal((await (await stack.login(who.number, '1958-03-07')).json()).next, 'otp');
  await stack.until('the SMS', async () => await stack.sent('+32470123456') === codes + 1, 10);
  const left = Object.values(await stack.json('/local/queues.json')).reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
  await stack.halt('SIGKILL');
  assert.ok(left > 0, 'the kill came while something was queued');
  console.log(`# killed with ${left} messages in the queues`);
  const started = performance.now();
  await stack.launch(60);
  assert.equal(await stack.sent('+32470123456'), codes + 1, 'what was sent is not forgotten');
  await stack.quiet();
  console.log(`# worked through ${((performance.now() - started) / 1000).toFixed(1)} s after the start`);
  const opened = await stack.login(number, '1980-02-29');
  assert.deepEqual(await opened.json(), { next: 'open' });
  const headers = { cookie: opened.headers.get('set-cookie').split(';')[0] };
  const { studies: [{ id }] } = await stack.json('/api/studies', { headers });
  const { series } = await stack.json(`/api/studies/${id}`, { headers });
  assert.deepEqual(series.map(({ instances }) => instances), [count]);
  const queues = Object.values(await stack.json('/local/queues.json'));
  assert.ok(queues.every(({ deadLetters }) => deadLetters === 0), JSON.stringify(queues));
});

test('a reset leaves nothing, and its log tells of no fault', { skip: process.env.STUDYGATE !== undefined }, async () => {
  await stack.post('/local/reset', { demo: false });
  assert.deepEqual(await stack.json('/local/inbox.json'), []);
  assert.deepEqual(await stack.patients(), []);
  const faults = readFileSync(join(folder, 'data/studygate.log'), 'utf8').split('\n').filter((line) => /stream-source-failed|queue-source-failed/.test(line));
  assert.deepEqual(faults, []);
});
