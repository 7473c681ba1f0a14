// From the last answer of the login to a picture that is drawn, on the "phone" of docs/performance.md.
import { Stack } from '../../local/journey/stack.mjs';
import { firstPicture, middle, slowPhoneLine, through } from './phone.mjs';

const BAR_MS = 1000;
const rounds = Math.min(9, Number(process.argv[2] ?? 5));
const slower = Number(process.argv[3] ?? 4);
const line = await slowPhoneLine();
const stack = new Stack();
try {
  await stack.start(through(line));
  const patients = await stack.patients();
  const medians = [];
  for (const [name, who, birth, to] of [
    ['CT of 300 slices, code by SMS', patients[0], ['7', '3', '1958'], '+32470123456'],
    ['two exams, date of birth only', patients[1], ['30', '11', '1974'], null],
  ]) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const { context, first } = await firstPicture(stack, line, { who, birth, to, slower });
      times.push(first);
      if (round === rounds - 1) {
        const start = line.log.find(({ path }) => path === '/study')?.asked ?? 0;
        for (const { path, asked, done, bytes } of line.log) {
          console.log(`    ${String(Math.round(asked - start)).padStart(5)} to ${String(Math.round(done - start)).padStart(5)} ms ${String(bytes).padStart(7)} bytes  ${path.replace(/[\w.]{24,}/g, '…')}`);
        }
      }
      await context.close();
    }
    const median = middle(times);
    medians.push(median);
    console.log(`${name}: median ${median} ms of ${rounds} (${times.sort((a, b) => a - b).join(', ')}), bar ${BAR_MS}`);
  }
  process.exitCode = medians.every((median) => median < BAR_MS) ? 0 : 1;
} finally {
  await stack.stop();
  line.close();
}
