import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullDay } from '../../src/lib/calendar.ts';

const made = (more: Partial<Parameters<typeof fullDay>[0]> = {}) => fullDay({
  uid: '1', now: new Date('2026-11-27T06:00:00.123Z'), day: '2026-12-31', title: 'See my exam', text: 'Take your letter.',
  place: 'AZ Noord', address: 'https://studygate.example.org/?d=noord', ...more,
});

test('a day that lasts the whole day and ends with the next', () => {
  const lines = made().split('\r\n');
  assert.equal(lines[0], 'BEGIN:VCALENDAR');
  assert.deepEqual(lines.slice(-3), ['END:VEVENT', 'END:VCALENDAR', '']);
  assert.ok(lines.includes('DTSTART;VALUE=DATE:20261231') && lines.includes('DTEND;VALUE=DATE:20270101'));
  assert.ok(lines.includes('DTSTAMP:20261127T060000Z'));
});

test('text cannot add a line of its own, and no line is longer than 75 bytes', () => {
  const text = made({ title: 'a;b,c\\d\r\nEND:VEVENT', text: 'Žalec, slike — ü'.repeat(20) });
  assert.ok(text.includes('SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT'));
  for (const line of text.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line);
  assert.ok(text.replaceAll('\r\n ', '').includes('Žalec\\, slike — ü'.repeat(20)), 'folding loses nothing');
});
