import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('the types of answers are those of the contract', () => {
  const { status, stderr } = spawnSync('.venv/bin/python', ['web/tools/answers.py'], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
