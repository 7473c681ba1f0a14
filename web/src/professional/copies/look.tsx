import { useRef, useState } from 'preact/hooks';
import { Act } from '../desk/parts.tsx';
import { Banner, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { between, fitted, of, type Picture, type Region, strip, told } from './regions.ts';

const ZOOMS = [1, 1.5, 2, 3, 4];
const SIDES = ['x', 'y', 'width', 'height'] as const;

/** One picture after the other; what carries text is covered, by hand or by its numbers, and then all of it is released at once. */
export function Look({ id, pictures, done }: { readonly id: string; readonly pictures: readonly Picture[]; readonly done: () => void }) {
  const [at, setAt] = useState(0);
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set([0]));
  const [regions, setRegions] = useState<readonly Region[]>([]);
  const [zoom, setZoom] = useState(0);
  const [drawing, setDrawing] = useState(true);
  const [masked, setMasked] = useState(false);
  const [sure, setSure] = useState(false);
  const keys = useRef(0);
  const picture = pictures[at]!;
  const here = of(regions, picture, pictures);
  const turn = (to: number) => {
    if (to < 0 || to >= pictures.length) return;
    setAt(to);
    setSeen(new Set([...seen, to]));
  };
  const closer = (by: number) => setZoom(Math.min(Math.max(zoom + by, 0), ZOOMS.length - 1));
  const add = (region: Region, focus: boolean) => {
    setRegions([...regions, region]);
    if (focus) requestAnimationFrame(() => document.getElementById(`region-${region.key}-x`)?.focus());
  };
  const change = (region: Region) => setRegions(regions.map((one) => (one.key === region.key ? region : one)));
  const drop = (region: Region) => {
    setRegions(regions.filter((one) => one.key !== region.key));
    document.getElementById('region-add')?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { ArrowRight: () => turn(at + 1), ArrowLeft: () => turn(at - 1), Home: () => turn(0), End: () => turn(pictures.length - 1), '+': () => closer(1), '-': () => closer(-1) }[event.key];
    if (!act || (event.key.startsWith('Arrow') && zoom > 0)) return; // a picture that is larger than its window is moved by them
    act();
    event.preventDefault();
  };
  const masks = regions.length > 0;
  return (
    <div class="cp">
      <div class="cp-bar lb" role="toolbar" aria-label={t('copies.tools')}>
        <button type="button" class="cp-tool" aria-disabled={at === 0} onClick={() => turn(at - 1)}><Icon of="previous" />{t('copies.previous')}</button>
        <p role="status">{t('copies.picture', { number: at + 1, of: pictures.length })}</p>
        <button type="button" class="cp-tool" id="onward" aria-disabled={at === pictures.length - 1} onClick={() => turn(at + 1)}>{t('copies.onward')}<Icon of="next" /></button>
        <button type="button" class="cp-tool" aria-disabled={zoom === ZOOMS.length - 1} onClick={() => closer(1)}><Icon of="plus" />{t('copies.larger')}</button>
        <button type="button" class="cp-tool" aria-disabled={zoom === 0} onClick={() => closer(-1)}><Icon of="minus" />{t('copies.smaller')}</button>
        <button type="button" class="cp-tool" aria-pressed={drawing} onClick={() => setDrawing(!drawing)}><Icon of="full" />{t('copies.draw')}</button>
        <button type="button" class="cp-tool" id="preview" aria-pressed={masked} onClick={() => setMasked(!masked)}><Icon of="eye" />{t('copies.preview')}</button>
      </div>
      <div class="cp-sides">
        <div class="cp-window lb" tabIndex={0} role="group" aria-label={t('copies.picture', { number: at + 1, of: pictures.length })} onKeyDown={press}>
          <Stage key={picture.uid} picture={picture} number={at + 1} of={pictures.length} regions={here} zoom={ZOOMS[zoom]!} drawing={drawing} masked={masked}
            draw={(from, to) => { const region = between(from, to, picture, ++keys.current); if (region) add(region, false); }} />
        </div>
        <div class="cp-regions sg-stack">
          <h2>{t('copies.regions')}</h2>
          {picture.frames > 1 && <p class="sg-hint">{t('copies.frames', { n: picture.frames })}</p>}
          {here.length === 0 && <p class="sg-muted">{t('copies.regions.none')}</p>}
          {here.map((region, place) => <Numbers key={region.key} region={region} number={place + 1} picture={picture} several={pictures.length > 1} change={change} drop={() => drop(region)} />)}
          <p><button type="button" class="sg-button sg-button-plain sg-button-small" id="region-add" onClick={() => add(strip(picture, ++keys.current), true)}><Icon of="plus" />{t('copies.add')}</button></p>
          <p class="cp-go"><button type="button" class="sg-button" id="release" onClick={() => setSure(true)}>{t(masks ? 'copies.mask' : 'copies.clean')}</button></p>
          <p class="sg-hint">{t('copies.seen', { seen: seen.size, of: pictures.length })}</p>
        </div>
      </div>
      {sure && (
        <Act title={t(masks ? 'copies.mask.title' : 'copies.clean.title')} text={masks ? t('copies.mask.text', { n: regions.length }) : t('copies.clean.text')} path={`/api/desk/copies/${id}/pixels`} reason={false}
          body={() => (masks ? { regions: told(regions, pictures) } : { clean: true })} button={t(masks ? 'copies.mask' : 'copies.clean')} done={done} close={() => setSure(false)}>
          {seen.size < pictures.length && <Banner tone="warn"><p>{t('copies.unseen', { seen: seen.size, of: pictures.length })}</p></Banner>}
        </Act>
      )}
    </div>
  );
}

type Point = { readonly x: number; readonly y: number };

/** The picture with what covers it; coordinates are its own, however large it is drawn. */
function Stage({ picture, number, of: count, regions, zoom, drawing, masked, draw }: {
  readonly picture: Picture; readonly number: number; readonly of: number; readonly regions: readonly Region[]; readonly zoom: number; readonly drawing: boolean; readonly masked: boolean; readonly draw: (from: Point, to: Point) => void;
}) {
  const [from, start] = useState<Point | null>(null);
  const [to, drag] = useState<Point | null>(null);
  const { rows, columns } = picture;
  const point = (event: PointerEvent): Point => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    return { x: within(((event.clientX - box.left) / box.width) * columns, columns), y: within(((event.clientY - box.top) / box.height) * rows, rows) };
  };
  const end = (event: PointerEvent) => {
    if (from && event.type === 'pointerup') draw(from, point(event));
    start(null);
    drag(null);
  };
  const rubber = from && to && between(from, to, picture, 0);
  return (
    <div class="cp-stage" ref={(box) => { if (box) { box.style.width = `${zoom * 100}%`; box.style.aspectRatio = `${columns} / ${rows}`; } }}>
      <img src={picture.picture} alt={t('copies.alt', { number, of: count })} width={columns} height={rows} draggable={false} />
      <svg class={drawing ? 'cp-draw' : ''} viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true"
        onPointerDown={(event) => { if (!drawing || event.button !== 0) return; event.currentTarget.setPointerCapture(event.pointerId); start(point(event)); drag(null); event.preventDefault(); }}
        onPointerMove={(event) => { if (from) drag(point(event)); }} onPointerUp={end} onPointerCancel={end}>
        {[...regions, ...(rubber ? [rubber] : [])].map((region) => <rect key={region.key} class={masked ? 'cp-masked' : 'cp-region'} x={region.x} y={region.y} width={region.width} height={region.height} />)}
      </svg>
    </div>
  );
}

/** The same by numbers: what a hand draws can be typed, and made exact. */
function Numbers({ region, number, picture, several, change, drop }: { readonly region: Region; readonly number: number; readonly picture: Picture; readonly several: boolean; readonly change: (region: Region) => void; readonly drop: () => void }) {
  return (
    <fieldset class="cp-numbers">
      <legend>{t('copies.region', { number })}</legend>
      <div class="cp-fields">{SIDES.map((side) => (
        <div key={side}>
          <label class="sg-label" for={`region-${region.key}-${side}`}>{t(`copies.${side}`)}</label>
          <input class="sg-input" id={`region-${region.key}-${side}`} type="number" inputMode="numeric" min={side === 'x' || side === 'y' ? 0 : 1} max={side === 'x' || side === 'width' ? picture.columns : picture.rows} value={region[side]}
            onChange={(event) => { const next = fitted({ ...region, [side]: event.currentTarget.valueAsNumber }, picture); event.currentTarget.value = String(next[side]); change(next); }} />
        </div>
      ))}</div>
      {several && <label class="dk-check"><input type="checkbox" checked={region.all} onChange={(event) => change({ ...region, all: event.currentTarget.checked })} /><span>{t('copies.all')}</span></label>}
      <button type="button" class="sg-link" onClick={drop}>{t('copies.drop')}<span class="sg-visually-hidden"> {number}</span></button>
    </fieldset>
  );
}
