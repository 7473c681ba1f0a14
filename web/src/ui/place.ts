/**
 * Where somebody is in their exams. It stands behind `#`, which reaches no server, and names nobody: the exam's id, the
 * series' and the number of the picture, and whether the report lies open beside it.
 */
export type Place = { readonly study: string; readonly series: string | null; readonly picture: number | null; readonly report: boolean };

const WRITTEN = /^#([\w-]{1,100})(?:\/([\d.]{1,64})(?:\/(\d{1,6}))?)?(\/report)?$/;

export function placeIn(hash: string): Place | null {
  const found = WRITTEN.exec(hash);
  if (!found) return null;
  const [, study, series, picture, report] = found;
  return { study: study!, series: series ?? null, picture: picture ? Number(picture) : null, report: report !== undefined };
}

export function hashOf({ study, series, picture, report }: Place): string {
  return `#${[study, series, series && picture, report && 'report'].filter(Boolean).join('/')}`;
}
