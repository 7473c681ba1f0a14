import type { DocumentContents, Report, SeriesLine, StudyLine } from '../lib/answers.ts';
import { type Answer, get } from '../lib/api.ts';

export type Read = { readonly study: Pick<StudyLine, 'id' | 'date' | 'description' | 'patient'>; readonly report: Report;
  /** What a structured report says, and the series that it may speak of. */
  readonly contents: DocumentContents | null; readonly series: readonly SeriesLine[] };

/** The address of the report's own page: the exam's id stands behind `#`, which reaches no server. */
export function reportAddress(base: string, study: string): string {
  return `${base}#${encodeURIComponent(study)}`;
}

export function readReport(study: string): Promise<Answer<Report>> {
  return get<Report>(`/api/studies/${study}/report`);
}
