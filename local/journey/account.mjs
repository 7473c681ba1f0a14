// Somebody of the cast signs in, with the app that the local stack would be asked for.
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238: SHA-1, six digits, half a minute. */
export function totp(secret, millis) {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(millis / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export async function account(stack, name) {
  return (await stack.json('/local/config.json')).accounts.find((one) => one.name === name);
}

/** A code works once: half a minute passes before the next is asked for. */
export async function appCode(stack, { totpSecret }) {
  await stack.post('/local/clock', { advance: 'PT31S' });
  return totp(totpSecret, new Date((await stack.json('/local/clock')).now).getTime());
}

/** From the sign-in page to the list, as a person types it. */
export async function signIn(stack, page, who, stopped = async () => {}) {
  await page.goto(`${stack.base}/professional`);
  await page.fill('#username', who.username);
  await page.keyboard.press('Enter');
  await page.fill('#password', who.password);
  await stopped('password');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#code');
  await stopped('code');
  await page.fill('#code', await appCode(stack, who));
  await page.keyboard.press('Enter');
  await Promise.race([page.waitForURL(/\/professional\/studies/), page.waitForSelector('#later')]);
  if (await page.isVisible('#later')) {
    await stopped('groups');
    await page.locator('input[value=right]').first().check();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/professional\/studies/);
  }
}
