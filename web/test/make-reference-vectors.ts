/** Writes reference-vectors.json, which the Java side reads too: `node --import ./test/typescript.mjs test/make-reference-vectors.ts` */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { checkCharacter } from '../src/lib/reference.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const swing = (text: string, n: number) =>
  n % 3 === 0 ? text : n % 3 === 1 ? text.toLowerCase().replace(/(.{4})(?=.)/g, '$1-') : text.replace(/(.{4})(?=.)/g, '$1 ').replace(/0/g, 'O').replace(/1/g, n % 2 ? 'I' : 'l');
const vectors = Array.from({ length: 20 }, (_, n) => {
  const bytes = createHash('sha256').update(`vector ${n}`).digest();
  const body = n === 0 ? '0'.repeat(16) : n === 1 ? 'Z'.repeat(16) : [...bytes.subarray(0, 16)].map((b) => ALPHABET.charAt(b % 32)).join('');
  const number = body + checkCharacter(body);
  return { typed: swing(number, n), normalised: number, check: number.charAt(16) };
});
writeFileSync(new URL('reference-vectors.json', import.meta.url), JSON.stringify(vectors, null, 2) + '\n');
