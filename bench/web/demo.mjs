// From "Starting …" of ./run, which has built everything by then, to the address that it prints when the demo is there.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, root } from '../../local/journey/stack.mjs';

const rounds = Number(process.argv[2] ?? 3);
const ticks = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

/** Processor time of a process and of its children, in seconds; Linux only. */
function spent(pid) {
  try {
    const own = (id) => readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, part) => sum + Number(part), 0) / ticks;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean));
    return `${own(pid).toFixed(1)} s of the JVM, ${children.reduce((sum, id) => sum + own(id), 0).toFixed(1)} s of DynamoDB Local and moto`;
  } catch {
    return 'not known here';
  }
}

async function round() {
  const folder = mkdtempSync(join(tmpdir(), 'studygate-demo-'));
  const run = spawn(join(root, 'run'), ['--reset', '--port', String(await freePorts()), '--data', join(folder, 'data')], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => run.once('exit', resolve));
  try {
    let output = '';
    let started;
    let up;
    await new Promise((resolve, reject) => {
      run.once('exit', () => reject(new Error(`./run ended:\n${output}`)));
      run.stdout.on('data', (text) => {
        output += text;
        const now = performance.now();
        if (started === undefined && output.includes('Starting')) started = now;
        if (up === undefined && output.includes('Sending')) up = now;
        if (output.includes('Studygate runs')) resolve();
      });
    });
    const ready = (performance.now() - started) / 1000;
    console.log(`ready after ${ready.toFixed(1)} s, the stack was up after ${((up - started) / 1000).toFixed(1)} s; processor time ${spent(run.pid)}; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
    return ready;
  } finally {
    run.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

const all = [];
for (let i = 0; i < rounds; i++) all.push(await round());
console.log(`median of ${rounds}: ${all.sort((a, b) => a - b)[Math.floor(rounds / 2)].toFixed(1)} s`);
