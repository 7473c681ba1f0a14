
/** Where bytes lie in the film: `start` counts from its first byte. */
export type Piece = { readonly start: number; readonly length: number };
export type FilmPicture = Piece & { readonly width: number; readonly height: number };
/** One JPEG of many small pictures, of those from `first` on. */
export type Sheet = Piece & { readonly first: number };
/** Where a small picture lies within its sheet. */
export type Tile = { readonly sheet: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type FilmHead = {
  readonly pictures: readonly FilmPicture[];
  readonly sheets: readonly Sheet[];
  readonly middle: number;
  readonly sheetsEnd: number;
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
};

const FIXED = 28;
const OF_A_SHEET = 8;
const OF_A_PICTURE = 8;
const MAGIC = 'SGFM';
const MOST = 100_000;

/** How long the head is, as soon as its fixed part is there; null before. Throws at what is no film. */
export function headLength(bytes: Uint8Array): number | null {
  if (bytes.length < FIXED) return null;
  const view = viewOf(bytes);
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== MAGIC || view.getUint8(4) !== 1 || view.getUint8(5) !== 1) throw new Error('no film of a kind that is known here');
  const [pictures, sheets] = [view.getUint32(12, true), view.getUint32(16, true)];
  if (pictures > MOST || sheets > pictures) throw new Error('a film without measure');
  return FIXED + sheets * OF_A_SHEET + pictures * OF_A_PICTURE;
}

/** The table of contents (docs/film.md). `bytes` begin where the film begins and hold its whole head. */
export function readHead(bytes: Uint8Array): FilmHead {
  const length = headLength(bytes);
  if (length === null || bytes.length < length) throw new Error('a part of a head');
  const view = viewOf(bytes);
  const [side, columns, rows] = [view.getUint16(6, true), view.getUint8(8), view.getUint8(9)];
  const [n, s, middle, sheetsEnd] = [view.getUint32(12, true), view.getUint32(16, true), view.getUint32(20, true), view.getUint32(24, true)];
  if (side === 0 || columns === 0 || rows === 0 || middle >= n) throw new Error('a head that contradicts itself');
  const table = FIXED + s * OF_A_SHEET;
  const said = Array.from({ length: n }, (_, i) => {
    const at = table + i * OF_A_PICTURE;
    return { length: view.getUint32(at, true), width: view.getUint16(at + 4, true), height: view.getUint16(at + 6, true) };
  });
  let at = length;
  const next = (size: number): Piece => {
    const piece = { start: at, length: size };
    at += size;
    return piece;
  };
  const first = next(said[middle]!.length);
  const sheets = Array.from({ length: s }, (_, i) => ({
    first: view.getUint32(FIXED + i * OF_A_SHEET, true), ...next(view.getUint32(FIXED + i * OF_A_SHEET + 4, true)),
  }));
  if (at !== sheetsEnd) throw new Error('sheets that end elsewhere');
  const pictures = said.map((picture, i) => ({ ...picture, ...(i === middle ? first : next(picture.length)) }));
  return { pictures, sheets, middle, sheetsEnd, side, columns, rows };
}

/** The small picture of that very place; null where it was not drawn. */
export function tileOf(head: FilmHead, index: number): Tile | null {
  const picture = head.pictures[index];
  const sheet = sheetOf(head, index);
  if (!picture || picture.length === 0 || sheet < 0) return null;
  const cell = index - head.sheets[sheet]!.first;
  const scale = Math.min(1, head.side / Math.max(picture.width, picture.height));
  const size = (long: number) => Math.max(1, Math.round(long * scale));
  return {
    sheet, x: (cell % head.columns) * head.side, y: Math.floor(cell / head.columns) * head.side, width: size(picture.width), height: size(picture.height),
  };
}

export function sheetOf({ sheets, columns, rows }: FilmHead, index: number): number {
  return sheets.findIndex(({ first }) => index >= first && index < first + columns * rows);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
