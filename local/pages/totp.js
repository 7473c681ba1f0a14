'use strict';
const STEP = 30;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text) {
  let bits = '';
  for (const letter of text) bits += BASE32.indexOf(letter).toString(2).padStart(5, '0');
  return Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
}

/** RFC 6238 with what every authenticator app does: SHA-1, six digits, 30 seconds. */
async function totp(secret, millis) {
  const key = await crypto.subtle.importKey('raw', base32(secret), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const step = new DataView(new ArrayBuffer(8));
  step.setBigUint64(0, BigInt(Math.floor(millis / 1000 / STEP)));
  const hash = new DataView(await crypto.subtle.sign('HMAC', key, step.buffer));
  const at = hash.getUint8(19) & 15;
  return String((hash.getUint32(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
