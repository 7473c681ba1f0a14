import { signal } from '@preact/signals';
import { type Catalogues, keep, preferred, speak } from '../lib/languages.ts';
import { type Holes, Words } from '../lib/words.ts';

/** Patients' pages load none of these. An area is loaded with the first page that speaks of it. */
const AREAS = {
  professional: import.meta.glob('@catalogues/*/professional.json'),
  signin: import.meta.glob('@catalogues/*/signin.json'),
  account: import.meta.glob('@catalogues/*/account.json'),
  lightbox: import.meta.glob('@catalogues/*/lightbox.json'),
  access: import.meta.glob('@catalogues/*/access.json'),
  print: import.meta.glob('@catalogues/*/print.json'),
  share: import.meta.glob('@catalogues/*/share.json'),
  copies: import.meta.glob('@catalogues/*/copies.json'),
  desk: import.meta.glob('@catalogues/*/desk.json'),
  policy: import.meta.glob('@catalogues/*/policy.json'),
  study: import.meta.glob('@catalogues/*/study.json'),
} as Record<Area, Catalogues>;
export type Area = 'professional' | 'signin' | 'account' | 'lightbox' | 'access' | 'copies' | 'print' | 'share' | 'desk' | 'policy' | 'study';

const needed = new Set<Area>();

export const words = signal(new Words('en', {}));

/** A component that says something is drawn anew in another language by itself. */
export function t(key: string, holes?: Holes): string {
  return words.value.t(key, holes);
}

export async function need(areas: readonly Area[]): Promise<void> {
  if (areas.every((area) => needed.has(area))) return;
  words.value = await speak(needed.size > 0 ? words.value.language : preferred(), AREAS, [...new Set([...needed, ...areas])]);
  for (const area of areas) needed.add(area);
}

export async function choose(language: string): Promise<void> {
  keep(language);
  words.value = await speak(language, AREAS, [...needed]);
}
