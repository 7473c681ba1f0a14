/** A day for any calendar program (RFC 5545): one event that lasts the whole day. */
export type Day = {
  readonly uid: string;
  readonly now: Date;
  /** As 2026-12-04. */
  readonly day: string;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly address: string;
};

export function fullDay({ uid, now, day, title, text, place, address }: Day): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const plain = (date: string) => date.replaceAll('-', '');
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Studygate//Pages//EN', 'BEGIN:VEVENT', `UID:${uid}`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, '')}`, `DTSTART;VALUE=DATE:${plain(day)}`, `DTEND;VALUE=DATE:${plain(next)}`,
    `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, `LOCATION:${escaped(place)}`, `URL:${address}`,
    'TRANSP:TRANSPARENT', 'END:VEVENT', 'END:VCALENDAR',
  ].map(folded).join('\r\n') + '\r\n';
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

const LONGEST = 75;

/** No line is longer than 75 bytes; the rest goes on after a line break and a blank, never within a character. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let bytes = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (bytes + size > LONGEST) {
      lines.push(current);
      current = ' ';
      bytes = 1;
    }
    current += character;
    bytes += size;
  }
  return [...lines, current].join('\r\n');
}
