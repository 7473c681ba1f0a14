import type { Answer } from './api.ts';

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** The next pause after so many in vain; a browser that finds its line again ends it at once. */
export function pause(tries: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]);
    addEventListener('online', end);
  });
}

/** Asks until somebody answers, as long as it is wanted, and tells when the line is lost and when it is back. */
export async function patiently<T>(ask: () => Promise<Answer<T>>, wanted: () => boolean, line: (up: boolean) => void,
  wait: (tries: number) => Promise<void> = pause): Promise<Answer<T>> {
  for (let tries = 0; ; tries++) {
    const answer = await ask();
    if (answer.kind !== 'unreachable' || !wanted()) {
      if (tries > 0) line(true);
      return answer;
    }
    if (tries === 0) line(false);
    await wait(tries);
  }
}
