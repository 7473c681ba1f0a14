import { useEffect, useRef, useState } from 'preact/hooks';
import { Act } from '../desk/parts.tsx';
import { Banner, Icon } from '../ui.tsx';
import { t } from '../words.ts';
import { useFrames } from './frames.ts';
import { after, between, count, fitted, keyOf, of, type Picture, type Region, strip, told } from './regions.ts';

const ZOOMS = [1, 1.5, 2, 3, 4];
/** Between two frames that run by, in milliseconds: as long as somebody needs to see that one differs. */
const PACE = 150;
const SIDES = ['x', 'y', 'width', 'height'] as const;

/** One picture after the other, and each of its frames; what carries text is covered, by hand or by its numbers, and then all of it is released at once. */
export function Look({ id, pictures, done }: { readonly id: string; readonly pictures: readonly Picture[]; readonly done: () => void }) {
  const [at, setAt] = useState(0);
  const [frame, setFrame] = useState(1);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [running, run] = useState(false);
  const [regions, setRegions] = useState<readonly Region[]>([]);
  const [zoom, setZoom] = useState(0);
  const [drawing, setDrawing] = useState(true);
  const [masked, setMasked] = useState(false);
  const [sure, setSure] = useState(false);
  const keys = useRef(0);
  const picture = pictures[at]!;
  const here = of(regions, picture, pictures);
  const now = { picture, frame };
  const key = keyOf(now);
  const all = count(pictures);
  const { address, lost, broken, again } = useFrames(id, pictures, now);
  const turn = (to: number) => {
    if (to < 0 || to >= pictures.length) return;
    setAt(to);
    setFrame(1);
  };
  const scroll = (to: number) => setFrame(Math.min(Math.max(to, 1), picture.frames));
  useEffect(() => {
    if (!running || !seen.has(key)) return;
    const next = after(now, pictures);
    if (!next) return run(false);
    const timer = setTimeout(() => {
      setAt(pictures.indexOf(next.picture));
      setFrame(next.frame);
    }, PACE);
    return () => clearTimeout(timer);
  }, [running, key, seen]);
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
    const act = { ArrowRight: () => turn(at + 1), ArrowLeft: () => turn(at - 1), ArrowDown: () => scroll(frame + 1), ArrowUp: () => scroll(frame - 1), Home: () => turn(0), End: () => turn(pictures.length - 1), '+': () => closer(1), '-': () => closer(-1) }[event.key];
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
        {all > 1 && <button type="button" class="cp-tool" id="run" aria-pressed={running} onClick={() => run(!running)}>{t('copies.run')}</button>}
        <button type="button" class="cp-tool" aria-disabled={zoom === ZOOMS.length - 1} onClick={() => closer(1)}><Icon of="plus" />{t('copies.larger')}</button>
        <button type="button" class="cp-tool" aria-disabled={zoom === 0} onClick={() => closer(-1)}><Icon of="minus" />{t('copies.smaller')}</button>
        <button type="button" class="cp-tool" aria-pressed={drawing} onClick={() => setDrawing(!drawing)}><Icon of="full" />{t('copies.draw')}</button>
        <button type="button" class="cp-tool" id="preview" aria-pressed={masked} onClick={() => setMasked(!masked)}><Icon of="eye" />{t('copies.preview')}</button>
      </div>
      {picture.frames > 1 && (
        <div class="cp-frames lb">
          <input type="range" id="frame" min={1} max={picture.frames} value={frame} aria-label={t('copies.frame', { number: frame, of: picture.frames })} onInput={(event) => { run(false); scroll(event.currentTarget.valueAsNumber); }} />
          <span aria-hidden="true">{t('copies.frame', { number: frame, of: picture.frames })}</span>
        </div>
      )}
      {lost && <Banner tone="danger" role="alert"><p>{t('desk.failed')}</p><p><button type="button" class="sg-button sg-button-small" id="again" onClick={again}>{t('shell.again')}</button></p></Banner>}
      <div class="cp-sides">
        <div class="cp-window lb" tabIndex={0} role="group" aria-label={t('copies.picture', { number: at + 1, of: pictures.length })} onKeyDown={press}>
          <Stage key={picture.uid} picture={picture} shown={key} address={address} alt={[t('copies.alt', { number: at + 1, of: pictures.length }), picture.frames > 1 && t('copies.frame', { number: frame, of: picture.frames })].filter(Boolean).join(', ')}
            loaded={() => setSeen(new Set([...seen, key]))} broken={broken} regions={here} zoom={ZOOMS[zoom]!} drawing={drawing} masked={masked}
            draw={(from, to) => { const region = between(from, to, picture, ++keys.current); if (region) add(region, false); }} />
        </div>
        <div class="cp-regions sg-stack">
          <h2>{t('copies.regions')}</h2>
          {picture.frames > 1 && <p class="sg-hint">{t('copies.frames', { n: picture.frames })}</p>}
          {here.length === 0 && <p class="sg-muted">{t('copies.regions.none')}</p>}
          {here.map((region, place) => <Numbers key={region.key} region={region} number={place + 1} picture={picture} several={pictures.length > 1} change={change} drop={() => drop(region)} />)}
          <p><button type="button" class="sg-button sg-button-plain sg-button-small" id="region-add" onClick={() => add(strip(picture, ++keys.current), true)}><Icon of="plus" />{t('copies.add')}</button></p>
          <p class="cp-go"><button type="button" class="sg-button" id="release" onClick={() => setSure(true)}>{t(masks ? 'copies.mask' : 'copies.clean')}</button></p>
          <p class="sg-hint">{t('copies.seen', { seen: seen.size, of: all })}</p>
        </div>
      </div>
      {sure && (
        <Act title={t(masks ? 'copies.mask.title' : 'copies.clean.title')} text={masks ? t('copies.mask.text', { n: regions.length }) : t('copies.clean.text')} path={`/api/desk/copies/${id}/pixels`} reason={false}
          body={() => (masks ? { regions: told(regions, pictures) } : { clean: true })} button={t(masks ? 'copies.mask' : 'copies.clean')} done={done} close={() => setSure(false)}>
          {seen.size < all && <Banner tone="warn"><p>{t('copies.unseen', { seen: seen.size, of: all })}</p></Banner>}
        </Act>
      )}
    </div>
  );
}

type Point = { readonly x: number; readonly y: number };

/** The picture with what covers it; coordinates are its own, however large it is drawn. */
function Stage({ picture, shown, address, alt, loaded, broken, regions, zoom, drawing, masked, draw }: {
  readonly picture: Picture; readonly shown: string; readonly address: string | null; readonly alt: string; readonly loaded: () => void; readonly broken: () => void; readonly regions: readonly Region[]; readonly zoom: number; readonly drawing: boolean; readonly masked: boolean; readonly draw: (from: Point, to: Point) => void;
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
      {address && <img key={shown} src={address} alt={alt} width={columns} height={rows} draggable={false} onLoad={loaded} onError={broken} />}
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
