/** A film as docs/film.md describes it, made of whatever pictures a test has. */
export type Made = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number } | null;

export function filmOf(pictures: readonly Made[], sheetOf: (first: number) => Uint8Array): { bytes: Uint8Array<ArrayBuffer>; sheetsEnd: number; middle: number } {
  const n = pictures.length;
  const far = (index: number) => Math.abs(index - n / 2);
  const middle = [...pictures.keys()].filter((i) => pictures[i]).sort((one, other) => far(one) - far(other))[0]!;
  const firsts = Array.from({ length: Math.ceil(n / 16) }, (_, i) => 16 * i).sort((one, other) => Math.abs(one + 8 - middle) - Math.abs(other + 8 - middle));
  const sheets = firsts.map((first) => ({ first, jpeg: sheetOf(first) }));
  const head = new DataView(new ArrayBuffer(28 + 8 * sheets.length + 8 * n));
  for (const [at, letter] of [...'SGFM'].entries()) head.setUint8(at, letter.charCodeAt(0));
  head.setUint8(4, 1);
  head.setUint8(5, 1);
  head.setUint16(6, 128, true);
  head.setUint8(8, 4);
  head.setUint8(9, 4);
  const sheetsEnd = head.byteLength + pictures[middle]!.jpeg.length + sheets.reduce((sum, { jpeg }) => sum + jpeg.length, 0);
  for (const [at, value] of [[12, n], [16, sheets.length], [20, middle], [24, sheetsEnd]] as const) head.setUint32(at, value, true);
  sheets.forEach(({ first, jpeg }, i) => {
    head.setUint32(28 + 8 * i, first, true);
    head.setUint32(32 + 8 * i, jpeg.length, true);
  });
  pictures.forEach((picture, i) => {
    const at = 28 + 8 * sheets.length + 8 * i;
    head.setUint32(at, picture?.jpeg.length ?? 0, true);
    head.setUint16(at + 4, picture?.width ?? 0, true);
    head.setUint16(at + 6, picture?.height ?? 0, true);
  });
  const parts = [new Uint8Array(head.buffer), pictures[middle]!.jpeg, ...sheets.map(({ jpeg }) => jpeg),
    ...pictures.flatMap((picture, i) => (picture && i !== middle ? [picture.jpeg] : []))];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, sheetsEnd, middle };
}
