// Lighthouse's own phone on three pages, the first as anybody opens it, the others within a visit.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { freePorts, Stack, type } from '../../local/journey/stack.mjs';
import { chromium } from '../../local/journey/tools.mjs';
import { slowLine } from './proxy.mjs';

const BARS = { performance: 0.95, accessibility: 1, 'best-practices': 1 };
const line = await slowLine({ bitsPerSecond: 1e9, delay: 0 }); // Lighthouse slows by itself; what is wanted is CloudFront's compression
const folder = mkdtempSync(join(tmpdir(), 'studygate-lighthouse-'));
const stack = new Stack();
let context;
try {
  await stack.start();
  await stack.post('/local/clock', { advance: 'PT25H' }); // codes are counted by the day
  const port = await freePorts();
  // Lighthouse opens its page in the browser's own profile: the visit has to be there
  context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', locale: 'nl-BE',
    args: ['--no-sandbox', `--remote-debugging-port=${port}`, `--proxy-server=http://127.0.0.1:${line.port}`, '--proxy-bypass-list=<-loopback>'],
  });
  const page = await context.newPage();
  const [who] = await stack.patients();
  const to = '+32470123456';
  let missed = false;

  async function measure(path) {
    const found = await lighthouse(stack.base + path, { port, onlyCategories: Object.keys(BARS), disableStorageReset: true, logLevel: 'error' });
    const { categories, audits, finalDisplayedUrl } = found.lhr;
    if (new URL(finalDisplayedUrl).pathname !== new URL(stack.base + path).pathname) throw new Error(`${path} led to ${finalDisplayedUrl}`);
    const scores = Object.entries(BARS).map(([name, bar]) => {
      const { score } = categories[name];
      missed ||= score < bar;
      return `${name} ${Math.round(score * 100)}`;
    });
    console.log(`${path.padEnd(16)} ${scores.join(', ')}; largest paint ${audits['largest-contentful-paint'].displayValue}, blocking ${audits['total-blocking-time'].displayValue}, shift ${audits['cumulative-layout-shift'].displayValue}`);
    for (const [name, bar] of Object.entries(BARS)) {
      for (const { id, weight } of categories[name].auditRefs) {
        const { score, title } = audits[id];
        if (weight > 0 && score !== null && score < Math.min(0.9, bar)) console.log(`    ${name}: ${id} ${score} (${title})`);
      }
    }
  }

  await measure('/?d=noord');
  await page.goto(`${stack.base}/?d=noord`);
  await page.waitForSelector('#reference');
  const seen = await stack.sent(to);
  await type(page, who.number, ['7', '3', '1958']);
  await page.waitForSelector('#code');
  await measure('/code?d=noord');
  await page.fill('#code', await stack.lastCode(to, seen));
  await page.click('button[type=submit]');
  await page.waitForSelector('.lb-stage');
  await measure('/study?d=noord');
  process.exitCode = missed ? 1 : 0;
} finally {
  await context?.close();
  await stack.stop();
  line.close();
  rmSync(folder, { recursive: true, force: true });
}
