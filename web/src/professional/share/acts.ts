import type { Line } from './told.ts';

/** What was shared at once: its recipients have a bucket each. */
export type ActOf = { readonly key: string; readonly lines: readonly Line[]; readonly studies: Line['studies'] };

export function actsOf(lines: readonly Line[]): readonly ActOf[] {
  const acts = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${line.from} ${line.by.id}`;
    acts.set(key, [...acts.get(key) ?? [], line]);
  }
  return [...acts].map(([key, of]) => ({ key, lines: of, studies: [...new Map(of.flatMap(({ studies }) => studies).map((study) => [study.id, study])).values()] }));
}
