/** The last day of something: of a moment that it ends with, the day before, where the reader is. */
export function lastDayOf(end: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(end)) return end;
  const at = new Date(Date.parse(end) - 1);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
