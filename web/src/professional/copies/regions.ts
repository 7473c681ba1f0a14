/** What of pictures is blackened. Numbers are pixels of the picture as it was taken. */
export type Picture = { readonly uid: string; readonly rows: number; readonly columns: number; readonly frames: number; readonly from: number; readonly pictures: readonly string[] };
export type Region = { readonly key: number; readonly uid: string; readonly all: boolean; readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Told = { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly instances?: readonly string[] };
type Point = { readonly x: number; readonly y: number };

const LEAST = 4;

/** Within the picture, whole pixels, and never nothing. */
export function fitted(region: Region, { rows, columns }: Picture): Region {
  const whole = (value: number, least: number, most: number) => Math.min(Math.max(Math.round(Number.isFinite(value) ? value : least), least), most);
  const x = whole(region.x, 0, columns - 1);
  const y = whole(region.y, 0, rows - 1);
  return { ...region, x, y, width: whole(region.width, 1, columns - x), height: whole(region.height, 1, rows - y) };
}

/** Between where a finger came down and where it went up; nothing where it only touched. */
export function between(from: Point, to: Point, picture: Picture, key: number): Region | null {
  const box = { key, uid: picture.uid, all: false, x: Math.floor(Math.min(from.x, to.x)), y: Math.floor(Math.min(from.y, to.y)), width: Math.ceil(Math.abs(to.x - from.x)), height: Math.ceil(Math.abs(to.y - from.y)) };
  return box.width < LEAST || box.height < LEAST ? null : fitted(box, picture);
}

/** For whoever draws by no hand: a strip at the top, where names stand most. */
export function strip(picture: Picture, key: number): Region {
  return fitted({ key, uid: picture.uid, all: false, x: 0, y: 0, width: picture.columns, height: Math.max(1, picture.rows / 10) }, picture);
}

/** Those of this picture: its own, and what holds for all of its size. */
export function of(regions: readonly Region[], picture: Picture, pictures: readonly Picture[]): readonly Region[] {
  return regions.filter((region) => region.uid === picture.uid || (region.all && alike(region, pictures).some(({ uid }) => uid === picture.uid)));
}

/** As the server takes them: of all pictures, or of those named. */
export function told(regions: readonly Region[], pictures: readonly Picture[]): readonly Told[] {
  return regions.map((region) => {
    const { x, y, width, height } = region;
    const instances = region.all ? alike(region, pictures).map(({ uid }) => uid) : [region.uid];
    return instances.length === pictures.length ? { x, y, width, height } : { x, y, width, height, instances };
  });
}

function alike({ uid }: Region, pictures: readonly Picture[]): readonly Picture[] {
  const own = pictures.find((picture) => picture.uid === uid);
  return pictures.filter(({ rows, columns }) => rows === own?.rows && columns === own.columns);
}

export type Frame = { readonly picture: Picture; readonly frame: number };

/** By what a frame is remembered. */
export function keyOf({ picture, frame }: Frame): string {
  return `${picture.uid} ${frame}`;
}

/** How many there are to be looked at. */
export function count(pictures: readonly Picture[]): number {
  return pictures.reduce((all, { frames }) => all + frames, 0);
}

/** The one behind it, of the next picture where it was the last of its own. */
export function after({ picture, frame }: Frame, pictures: readonly Picture[]): Frame | null {
  if (frame < picture.frames) return { picture, frame: frame + 1 };
  const next = pictures[pictures.indexOf(picture) + 1];
  return next ? { picture: next, frame: 1 } : null;
}
