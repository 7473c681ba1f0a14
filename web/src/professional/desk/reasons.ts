const MESSAGE: ReadonlySet<string> = new Set(['field-too-long', 'bad-accession', 'bad-uid', 'bad-time', 'bad-date', 'unknown-type', 'unknown-state', 'empty-report', 'bad-file']);

/** The key of the few words that say why: those of the code itself, or of its kind. What is not of any is a DICOM file that cannot be read. */
export function reasonKey(code: string, known: (key: string) => boolean): string {
  const own = `desk.why.${code}`;
  if (known(own)) return own;
  if (code.startsWith('not-drawn-')) return 'desk.why.not-drawn';
  return MESSAGE.has(code) ? 'desk.why.bad-json' : 'desk.why.unreadable';
}
