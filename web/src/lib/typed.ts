/**
 * What people type and paste, read for what they mean. Letters and digits count, in whatever case,
 * width or script a keyboard gives them; blanks, dashes, dots and what nobody sees do not. The
 * server reads alike, by one table of examples (`test/typed.json`).
 */
export function parts(typed: string): string[] {
  return ourDigits(typed)
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((part) => part !== '');
}

/** The digits of a code or pincode. */
export function digits(typed: string): string {
  return parts(typed).join('').replace(/[^0-9]/g, '');
}

/** The same in plain letters and in the digits 0 to 9; Unicode keeps the ten of a script together. */
export function ourDigits(typed: string): string {
  return typed
    .normalize('NFKD')
    .replace(/[\p{Cf}\p{M}]/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => {
      const place = digit.codePointAt(0)!;
      let value = 0;
      while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(place - value - 1))) value++;
      return String(value);
    });
}
