import type { Page } from './page.ts';

const exams = () => import('./exams.ts');

/** While somebody types a code, what comes after it is fetched and read. */
export function approach(page: Page): void {
  page.ahead();
  void exams().then(({ warm }) => warm(), () => undefined);
}

/** The study in place of the sign-in, at once: another document would be a round trip and be read from nothing. */
export async function enter(page: Page): Promise<void> {
  const address = page.address('/study');
  const study = await exams().catch(() => null);
  if (!study) return location.replace(address);
  history.replaceState(null, '', address);
  await study.begin(true);
}
