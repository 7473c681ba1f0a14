import type { Facts } from './shading.ts';

/** One frame within an object of exact pixels. */
export type Plane = {
  readonly from: number;
  readonly length: number;
  readonly columns: number;
  readonly rows: number;
  readonly channels: 1 | 3;
  readonly width: 1 | 2;
  readonly facts: Facts;
};

const START = 16;
const ENTRY = 12;

/** Reads the head of the object (docs/planes.md). A frame without exact pixels is null. */
export async function readHead(bytes: Uint8Array<ArrayBuffer>): Promise<readonly (Plane | null)[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < START || view.getUint32(0) !== 0x5347504c || view.getUint8(4) !== 1) throw new Error('no exact pixels');
  const count = view.getUint32(8, true);
  const size = view.getUint32(12, true);
  const table = START + ENTRY * count;
  if (table + size > bytes.length) throw new Error('half a head');
  const facts = JSON.parse(new TextDecoder().decode(await inflate(bytes.subarray(table, table + size)))) as readonly Facts[];
  const planes: (Plane | null)[] = [];
  let from = table + size;
  for (let i = 0; i < count; i++) {
    const at = START + ENTRY * i;
    const length = view.getUint32(at, true);
    planes.push(length === 0 ? null : {
      from,
      length,
      columns: view.getUint16(at + 4, true),
      rows: view.getUint16(at + 6, true),
      channels: view.getUint8(at + 8) === 3 ? 3 : 1,
      width: view.getUint8(at + 9) === 2 ? 2 : 1,
      facts: facts[view.getUint16(at + 10, true)]!,
    });
    from += length;
  }
  return planes;
}

/** The stored values of a frame, channel after channel, modulo their width. */
export async function unpack(packed: Uint8Array<ArrayBuffer>, plane: Plane): Promise<Uint16Array> {
  const { columns, rows, channels, width } = plane;
  const pixels = columns * rows;
  const bytes = await inflate(packed, pixels * channels * width);
  const values = new Uint16Array(pixels * channels);
  for (let channel = 0; channel < channels; channel++) {
    const low = bytes.subarray(channel * pixels * width);
    const high = width === 2 ? low.subarray(pixels) : null;
    restore(low, high, values.subarray(channel * pixels, (channel + 1) * pixels), columns, width === 2 ? 0xffff : 0xff, plane.facts?.signed ? 32 - 8 * width : 0);
  }
  return values;
}

/** Undoes the prediction; `sign` is how far to shift for the sign, 0 for values without one. */
function restore(low: Uint8Array, high: Uint8Array | null, values: Uint16Array, columns: number, mask: number, sign: number): void {
  let left = 0;
  for (let i = 0, x = 0; i < values.length; i++) {
    const folded = high ? low[i]! | (high[i]! << 8) : low[i]!;
    let predicted = left;
    if (i >= columns) {
      const above = (values[i - columns]! << sign) >> sign;
      predicted = x === 0 ? above : (3 * (left + above) - 2 * ((values[i - columns - 1]! << sign) >> sign)) >> 2;
    } else if (x === 0) {
      predicted = 0;
    }
    const value = (predicted + ((folded >>> 1) ^ -(folded & 1))) & mask;
    values[i] = value;
    left = (value << sign) >> sign;
    if (++x === columns) x = 0;
  }
}

/** Raw deflate into one array: of a known size where it is told, which is quicker. */
async function inflate(packed: Uint8Array<ArrayBuffer>, size?: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  void writer.write(packed).catch(() => undefined);
  void writer.close().catch(() => undefined);
  if (size === undefined) return new Uint8Array(await new Response(stream.readable).arrayBuffer());
  const bytes = new Uint8Array(size);
  const reader = stream.readable.getReader();
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (at + part.value.length > size) throw new Error('more than a frame');
    bytes.set(part.value, at);
    at += part.value.length;
  }
  if (at !== size) throw new Error('less than a frame');
  return bytes;
}
