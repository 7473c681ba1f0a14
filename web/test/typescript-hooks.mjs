import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';

export async function load(url, context, next) {
  if (url.endsWith('.json')) {
    return { format: 'json', shortCircuit: true, source: await readFile(fileURLToPath(url)) };
  }
  if (!url.endsWith('.ts')) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path, { target: 'es2023' });
  return { format: 'module', shortCircuit: true, source: code };
}
