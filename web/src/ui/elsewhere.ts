import type { Environments } from '../lib/answers.ts';
import { getPublic } from '../lib/api.ts';

/** Where there are environments of other countries, whoever is in the wrong one is asked; where there are none, nothing more is loaded. */
export async function elsewhere(path: string, letter = false): Promise<void> {
  const answer = await getPublic<Environments>('/api/environments');
  if (answer.kind !== 'ok' || !answer.value.here) return;
  const environment = await import('../lib/environment.ts').catch(() => null);
  await environment?.belong(path, answer.value, letter).catch(() => undefined);
}
