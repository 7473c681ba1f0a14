// Fails the build when a page asks for more than its budget, gzipped: HTML, scripts, styles; for professionals the words of the longest language too.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = { default: 40, study: 55, professional: 60 };
/** Of professionals' pages the list counts, which comes by itself with the shell. */
const LAZY = { professional: [/^studies-/] };
const LIGHTBOX = 1200;
const dist = new URL('../dist/', import.meta.url);
const assets = readdirSync(new URL('assets/', dist));
const size = (path) => gzipSync(readFileSync(new URL(path, dist))).length;
const sizes = (paths) => paths.reduce((sum, path) => sum + size(path), 0);
let failed = false;
for (const page of readdirSync(dist).filter((name) => name.endsWith('.html'))) {
  const html = readFileSync(new URL(page, dist), 'utf8');
  const name = page.replace('.html', '');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
  const lazy = (LAZY[name] ?? []).flatMap((one) => assets.filter((file) => one.test(file))).map((file) => `assets/${file}`);
  const words = name in LAZY ? Math.max(...assets.filter((file) => /^professional-[\w-]+\.js$/.test(file) && !html.includes(file)).map((file) => size(`assets/${file}`))) : 0;
  const total = (sizes([page, ...new Set([...named, ...lazy])]) + words) / 1024;
  const budget = BUDGET[name] ?? BUDGET.default;
  const over = total > budget;
  failed ||= over;
  console.log(`${over ? 'OVER ' : '     '}${name.padEnd(12)} ${total.toFixed(1).padStart(6)} kB of ${budget}`);
}
/** What draws and measures for professionals, without what only originals need: a script and all that it imports. */
const imported = (file, seen = new Set()) => {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(new URL(`assets/${file}`, dist), 'utf8');
  for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) imported(next, seen);
  return seen;
};
const engine = assets.find((file) => /^engine-[\w-]+\.js$/.test(file));
const light = [...imported(engine)].map((file) => `assets/${file}`);
const weight = sizes(light) / 1024;
const within = readdirSync(dist).filter((name) => name.endsWith('.html')).every((page) => !readFileSync(new URL(page, dist), 'utf8').includes(engine));
failed ||= weight > LIGHTBOX || !within;
console.log(`${weight > LIGHTBOX || !within ? 'OVER ' : '     '}${'light box'.padEnd(12)} ${weight.toFixed(1).padStart(6)} kB of ${LIGHTBOX}${within ? '' : ', and a page asks for it at once'}`);
if (failed) process.exit(1);
