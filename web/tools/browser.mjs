// The browser tests, one file after the other. What failed is tried once more, its file alone: a browser that stopped
// answering looks like a page that fails.
//   node tools/browser.mjs [FILE…]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'studygate-browser-'));
const report = join(folder, 'report.tap');

function run(files) {
  return spawnSync(process.execPath, [
    '--import', './test/typescript.mjs', '--test', '--test-concurrency=1', '--test-timeout=420000',
    '--test-reporter=tap', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${report}`, ...files,
  ], { stdio: 'inherit' }).status === 0;
}

/** The files of the tests that failed; all of them where that cannot be told. */
function failed(files) {
  const lines = readFileSync(report, 'utf8').split('\n');
  const found = new Set();
  lines.forEach((line, i) => {
    if (!/^\s*not ok /.test(line)) return;
    const place = lines.slice(i, i + 6).map((one) => /location: '(.+?):\d+:\d+'/.exec(one)?.[1]).find(Boolean);
    if (place) found.add(relative(process.cwd(), place));
  });
  const known = files.filter((file) => found.has(file));
  return known.length > 0 ? known : files;
}

try {
  const files = process.argv.length > 2 ? process.argv.slice(2) : readdirSync('test/browser').filter((name) => name.endsWith('.test.ts')).sort().map((name) => join('test/browser', name));
  let good = run(files);
  if (!good) {
    const again = failed(files);
    console.log(`Once more: ${again.join(', ')}`);
    good = run(again);
  }
  process.exitCode = good ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
