// One running system and one browser for all that walks through it: the journey, the states, the benches, the picture.
import { AxeBuilder, chromium } from './tools.mjs';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = new URL('../../', import.meta.url).pathname;
export const languages = readdirSync(join(root, 'shared/src/main/resources/org/studygate/i18n'));
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const desktop = { viewport: { width: 1440, height: 900 } };

const listens = (port) => new Promise((resolve) => {
  const server = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});

/**
 * The first of three free neighbours: the pages, S3, the stand-in for Stripe. They lie below those that an operating
 * system gives away by itself, so that no connection of anybody takes one between this look and the listening.
 */
export async function freePorts() {
  for (let tries = 0; tries < 50; tries++) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if ((await listens(port)) && (await listens(port + 1)) && (await listens(port + 2))) return port;
  }
  throw new Error('no three ports in a row are free');
}

export async function until(what, check, seconds = 240, more = () => '') {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await check();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what} did not come in ${seconds} s\n${more()}`);
}

export class Stack {
  folder = mkdtempSync(join(tmpdir(), 'studygate-'));
  base;
  browser;
  run;
  output = '';

  /** STUDYGATE=http://127.0.0.1:8080 takes a system that runs already and leaves it running. */
  async start(browserArguments = []) {
    this.base = process.env.STUDYGATE;
    if (this.base === undefined) await this.serve();
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...browserArguments] });
    return this;
  }

  /** A system of its own, without a browser. STUDYGATE_DEMO names what one has kept that took in the demo, to begin with. */
  async serve(...options) {
    const demo = process.env.STUDYGATE_DEMO;
    if (demo && options.length === 0) cpSync(demo, join(this.folder, 'data'), { recursive: true });
    this.base = `http://127.0.0.1:${await freePorts()}`;
    await this.launch(420, ...options);
  }

  async launch(seconds, ...options) {
    this.output = '';
    this.run = spawn(join(root, 'run'), ['--port', new URL(this.base).port, '--data', join(this.folder, 'data'), ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.run.stdout, this.run.stderr]) stream.on('data', (text) => { this.output += text; });
    await this.until('the system', () => {
      assert.equal(this.run.exitCode, null, this.output);
      return this.output.includes('Studygate runs');
    }, seconds);
  }

  async halt(signal = 'SIGTERM') {
    if (this.run.exitCode !== null || this.run.signalCode !== null) return;
    const ended = new Promise((resolve) => this.run.once('exit', resolve));
    this.run.kill(signal);
    await ended;
    await this.until('the end of all processes', () => spawnSync('pgrep', ['-f', this.folder], { encoding: 'utf8' }).stdout.trim() === '', 15);
  }

  async stop() {
    await this.browser?.close();
    if (this.run) await this.halt();
    for (const line of this.failures()) console.log(`# ${line.slice(0, 2000)}`);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What its functions could not do, for whoever looks for why a walk ended. */
  failures() {
    const log = join(this.folder, 'data/studygate.log');
    return existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter((line) => line.includes('"request-failed"')).slice(0, 5) : [];
  }

  until(what, check, seconds) {
    return until(what, check, seconds, () => this.output);
  }

  async json(path, init) {
    return (await fetch(this.base + path, init)).json();
  }

  post(path, body) {
    return this.json(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  }

  login(reference, dateOfBirth) {
    return fetch(`${this.base}/api/patient/login`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Studygate': '1' }, body: JSON.stringify({ reference, dateOfBirth }),
    });
  }

  /** awscli as a department's IT calls it, with its own credentials. */
  aws({ accessKey, secretKey }, s3, ...words) {
    return spawnSync(join(root, '.venv/bin/aws'), ['--endpoint-url', s3.endpoint, ...words], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: this.folder, AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_REGION: s3.region },
    });
  }

  quiet() {
    return this.until('quiet queues', async () =>
      Object.values(await this.json('/local/queues.json')).every(({ waiting, inFlight }) => waiting + inFlight === 0));
  }

  /** A patient's own browser, with what it complained of. */
  async open(options) {
    const context = await this.browser.newContext({ locale: 'nl-BE', ...options });
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (line) => { if (line.type() === 'error' && !/401|404|429/.test(line.text())) faults.push(line.text()); });
    return { context, page, faults };
  }

  async patients() {
    return (await this.json('/local/config.json')).references;
  }

  async sent(to) {
    return (await this.json('/local/inbox.json')).filter((message) => message.to === to).length;
  }

  async lastCode(to, seen) {
    const sms = await this.until('the SMS', async () => {
      const all = (await this.json('/local/inbox.json')).filter((message) => message.to === to);
      return all.length > seen && all.at(-1);
    }, 30);
    assert.match(sms.text, /\n@127\.0\.0\.1 #\d{6}$/);
    return /\d{6}/.exec(sms.text)[0];
  }

  /** Time passes for every function, and the page looks again: a moment after it was told to, as it may then go to another page. */
  async passes(page, advance) {
    await this.post('/local/clock', { advance });
    await page.evaluate(() => { setTimeout(() => document.dispatchEvent(new Event('visibilitychange'))); });
  }
}

export async function type(page, number, [day, month, year]) {
  await page.fill('#reference', number);
  await page.fill('#birth-day', day);
  await page.fill('#birth-month', month);
  await page.fill('#birth-year', year);
  await page.click('button[type=submit]');
}

export async function settled(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
}

export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** WCAG 2.2 AA as far as a machine can tell, and nothing wider than the window. */
export async function fair(page, state) {
  await settled(page);
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), [], `axe: ${state}`);
  const wide = await overflow(page);
  assert.ok(wide <= 0, `${state} is ${wide} px too wide`);
}
