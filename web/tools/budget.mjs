// Fails the build when a page asks for more than its budget, gzipped: HTML, scripts, styles, one language.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = { default: 40, study: 55 };
const dist = new URL('../dist/', import.meta.url);
const size = (path) => gzipSync(readFileSync(new URL(path, dist))).length;
let failed = false;
for (const page of readdirSync(dist).filter((name) => name.endsWith('.html'))) {
  const html = readFileSync(new URL(page, dist), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
  const total = (size(page) + named.reduce((sum, path) => sum + size(path), 0)) / 1024;
  const name = page.replace('.html', '');
  const budget = BUDGET[name] ?? BUDGET.default;
  const over = total > budget;
  failed ||= over;
  console.log(`${over ? 'OVER ' : '     '}${name.padEnd(12)} ${total.toFixed(1).padStart(6)} kB of ${budget}`);
}
if (failed) process.exit(1);
