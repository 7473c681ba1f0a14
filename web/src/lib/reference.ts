import { parts } from './typed.ts';

/**
 * Reference numbers as they are typed. Ours have 16 characters and a check character of Crockford's
 * base 32; hospitals' own numbers may look like anything and are judged by the server alone.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 17;
const LONGEST = 40;

/** Capitals and digits, nothing between them; O is 0, I and L are 1. The server normalises alike. */
export function normalise(typed: string): string {
  return parts(typed).join('').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
}

/** Times x in GF(32) with x^5 + x^3 + 1, so every single error and every swap of neighbours shows. */
function twice(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b101001 : shifted;
}

/** The 17th character for 16 characters of the alphabet. */
export function checkCharacter(sixteen: string): string {
  let fold = 0;
  for (const character of sixteen) fold = twice(fold) ^ ALPHABET.indexOf(character);
  return ALPHABET.charAt(twice(fold));
}

export type Judged =
  | { kind: 'empty' }
  | { kind: 'mistyped' }
  | { kind: 'sendable'; value: string };

/** What can be told to be wrong here: ours by its check character, and what no number looks like. */
export function judge(typed: string): Judged {
  const value = normalise(typed);
  if (value === '') return { kind: 'empty' };
  if (value.length > LONGEST || /[^0-9A-Z]/.test(value)) return { kind: 'mistyped' };
  if (hasOurShape(value) && checkCharacter(value.slice(0, 16)) !== value.charAt(16)) {
    return { kind: 'mistyped' };
  }
  return { kind: 'sendable', value };
}

function hasOurShape(value: string): boolean {
  return value.length === LENGTH && [...value].every((c) => ALPHABET.includes(c));
}

/** 7H2K 9F3Q …: how ours is printed, so that a person can compare it with the letter. */
export function grouped(value: string): string {
  return hasOurShape(value) ? (value.match(/.{1,4}/g) ?? []).join(' ') : value;
}
