// A system that takes in the demo and stops: what it has kept, for walks to begin with (STUDYGATE_DEMO).
//   node local/journey/demo.mjs DIR
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from './stack.mjs';

const stack = new Stack();
try {
  await stack.serve();
  await stack.quiet();
  await stack.halt();
  renameSync(join(stack.folder, 'data'), process.argv[2]);
} finally {
  await stack.stop();
}
