import { cache, Enums, eventTarget, getShouldUseCPURendering, imageLoader, init as beginCore, metaData, RenderingEngine, type StackViewport, type Types, utilities } from '@cornerstonejs/core';
import {
  addTool, AngleTool, annotation as notes, EllipticalROITool, Enums as ToolEnums, init as beginTools, LengthTool, PanTool, ProbeTool, RectangleROITool, ReferenceLinesTool,
  ToolGroupManager, WindowLevelTool, ZoomTool,
} from '@cornerstonejs/tools';
import type { Picture, Vector } from './metadata.ts';
import { type Lines, lines, type Measure, type MeasureTool, type Shape, type Tool } from './measures.ts';
import type { Originals } from './originals.ts';
import { type Measured, rangeOf } from './values.ts';
import type { Window } from '../../viewer/shading.ts';

/** Where something is in a port, in pixels of the page. */
export type Spot = readonly [number, number];
export type Turned = { readonly rotation: number; readonly flipHorizontal: boolean; readonly flipVertical: boolean };

const ENGINE = 'studygate';
const GROUP = 'studygate';
/** Pictures kept ready to be drawn; a phone has less. */
const KEPT_BYTES = matchMedia('(pointer: coarse)').matches ? 128 * 2 ** 20 : 320 * 2 ** 20;
const MEASURES: Readonly<Record<MeasureTool, string>> = {
  length: LengthTool.toolName, angle: AngleTool.toolName, ellipse: EllipticalROITool.toolName, rectangle: RectangleROITool.toolName, probe: ProbeTool.toolName,
};
const TOOLS: Readonly<Record<Exclude<Tool, 'scroll'>, string>> = { ...MEASURES, window: WindowLevelTool.toolName, pan: PanTool.toolName, zoom: ZoomTool.toolName };
const STYLES = {
  color: '#ffcf5c', colorHighlighted: '#7fd1c9', colorSelected: '#7fd1c9', lineWidth: '2', textBoxColor: '#ffcf5c', textBoxColorHighlighted: '#7fd1c9',
  textBoxColorSelected: '#7fd1c9', textBoxBackground: 'rgb(0 0 0 / 70%)', textBoxFontSize: '14px', textBoxFontFamily: 'system-ui, sans-serif', textBoxLinkLineWidth: '1',
};

/**
 * Cornerstone3D: the only file beside `originals.ts` that knows it. One engine a page; each picture comes from us, under
 * a name that never changes.
 */
export class Engine {
  readonly #pictures = new Map<string, Picture>();
  readonly #handed = new Map<string, Types.IImage>();
  readonly #events = new AbortController();
  readonly #say: Lines;
  readonly #modules: (type: string, image: unknown) => unknown;
  #originals: Promise<Originals> | null = null;
  #engine: RenderingEngine | null = null;

  private constructor(say: Lines) {
    this.#say = say;
    this.#modules = (type, image) => (typeof image === 'string' && image.startsWith('studygate:') ? modules(type, this.#pictures.get(image) ?? null, image) : undefined);
  }

  /** `changed` hears of each measure that is drawn, moved or gone. */
  static async begin(say: Lines, changed: () => void): Promise<Engine> {
    await beginCore({ rendering: { webGlContextCount: 2 } } as Parameters<typeof beginCore>[0]);
    beginTools();
    const engine = new Engine(say);
    engine.#begin(changed);
    return engine;
  }

  /** Whether pictures are drawn without a graphics card. */
  get slow(): boolean {
    return getShouldUseCPURendering();
  }

  #begin(changed: () => void): void {
    cache.setMaxCacheSize(KEPT_BYTES);
    metaData.addProvider(this.#modules, 10_000);
    imageLoader.registerImageLoader('studygate', (id: string) => ({ promise: this.#given(id) }));
    const styles = notes.config.style.getDefaultToolStyles() as unknown as { global: object };
    notes.config.style.setDefaultToolStyles({ ...styles, global: { ...styles.global, ...STYLES } } as never);
    const group = ToolGroupManager.getToolGroup(GROUP) ?? ToolGroupManager.createToolGroup(GROUP)!;
    for (const tool of [WindowLevelTool, PanTool, ZoomTool, LengthTool, AngleTool, EllipticalROITool, RectangleROITool, ProbeTool, ReferenceLinesTool]) addTool(tool);
    for (const [shape, name] of Object.entries(MEASURES)) {
      group.addTool(name, { getTextLines: (data: Shape, target: string | readonly string[]) => this.#lines(shape as MeasureTool, data, target) });
      group.setToolPassive(name);
    }
    for (const name of [WindowLevelTool.toolName, PanTool.toolName, ZoomTool.toolName, ReferenceLinesTool.toolName]) group.addTool(name, {});
    const heard = { signal: this.#events.signal };
    for (const event of [ToolEnums.Events.ANNOTATION_COMPLETED, ToolEnums.Events.ANNOTATION_MODIFIED, ToolEnums.Events.ANNOTATION_REMOVED]) {
      (eventTarget as unknown as EventTarget).addEventListener(event, changed, heard);
    }
    this.#engine = new RenderingEngine(ENGINE);
    this.use('window');
  }

  close(): void {
    this.#events.abort();
    notes.state.removeAllAnnotations();
    ToolGroupManager.destroyToolGroup(GROUP);
    this.#engine?.destroy();
    this.#engine = null;
    metaData.removeProvider(this.#modules);
    this.#pictures.clear();
    this.#handed.clear();
    void this.#originals?.then((originals) => originals.close(), () => undefined);
    cache.purgeCache();
  }

  port(id: string, element: HTMLDivElement, heard: PortListener): Port {
    this.#engine!.enableElement({ viewportId: id, type: Enums.ViewportType.STACK, element, defaultOptions: { background: [0, 0, 0] } });
    ToolGroupManager.getToolGroup(GROUP)!.addViewport(id, ENGINE);
    return new Port(this, id, element, heard);
  }

  unport(id: string): void {
    ToolGroupManager.getToolGroup(GROUP)?.removeViewports(ENGINE, id);
    this.#engine?.disableElement(id);
  }

  viewport(id: string): StackViewport {
    return this.#engine!.getViewport(id) as unknown as StackViewport;
  }

  resize(): void {
    this.#engine?.resize(true, true);
  }

  /** What the main button of a mouse and one finger do; the other buttons always pan and zoom. */
  use(tool: Tool): void {
    const group = ToolGroupManager.getToolGroup(GROUP)!;
    const { MouseBindings } = ToolEnums;
    for (const name of Object.values(TOOLS)) group.setToolPassive(name, { removeAllBindings: true });
    if (tool !== 'scroll') group.setToolActive(TOOLS[tool], { bindings: [{ mouseButton: MouseBindings.Primary }, { numTouchPoints: 1 } as never] });
    group.setToolActive(PanTool.toolName, { bindings: [{ mouseButton: MouseBindings.Auxiliary }] });
    group.setToolActive(ZoomTool.toolName, { bindings: [{ mouseButton: MouseBindings.Secondary }] });
  }

  /** Where the plane of one port crosses the pictures of the others. */
  cross(source: string | null): void {
    const group = ToolGroupManager.getToolGroup(GROUP)!;
    if (source === null) {
      group.setToolDisabled(ReferenceLinesTool.toolName);
      return;
    }
    group.setToolConfiguration(ReferenceLinesTool.toolName, { sourceViewportId: source });
    group.setToolEnabled(ReferenceLinesTool.toolName);
  }

  describe(id: string, picture: Picture): void {
    this.#pictures.set(id, picture);
  }

  has(id: string): boolean {
    return cache.isLoaded(id);
  }

  /** Values that have come: drawn when their place is wanted. */
  async keep(id: string, made: Measured): Promise<void> {
    if (this.has(id)) return;
    this.#handed.set(id, imageOf(id, made, this.#pictures.get(id) ?? null, this.slow));
    await imageLoader.loadAndCacheImage(id);
    this.#handed.delete(id);
  }

  /** The same for what only its object holds. */
  async read(id: string, key: string, frame: number, address: () => Promise<string | null>): Promise<void> {
    if (this.has(id)) return;
    this.#originals ??= import('./originals.ts').then(({ Originals }) => new Originals());
    const image = await (await this.#originals).image(key, frame, address);
    const picture = this.#pictures.get(id);
    if (!picture) this.#pictures.set(id, { ...UNKNOWN, rows: image.rows, columns: image.columns });
    const [row, column] = (picture ?? UNKNOWN).spacing;
    this.#handed.set(id, { ...image, imageId: id, rowPixelSpacing: row, columnPixelSpacing: column });
    await imageLoader.loadAndCacheImage(id);
    this.#handed.delete(id);
  }

  image(id: string): Types.IImage | undefined {
    return cache.getImage(id);
  }

  measures(): readonly Measure[] {
    return notes.state.getAllAnnotations().flatMap(({ annotationUID, metadata, data }) => {
      const tool = Object.entries(MEASURES).find(([, name]) => name === metadata?.toolName)?.[0] as MeasureTool | undefined;
      const image = metadata?.referencedImageId;
      if (!tool || !image || !annotationUID) return [];
      return [{ id: annotationUID, tool, image, lines: this.#lines(tool, data as unknown as Shape, `imageId:${image}`) ?? [] }];
    });
  }

  remove(id: string | null): void {
    if (id === null) notes.state.removeAllAnnotations();
    else notes.state.removeAnnotation(id);
    this.#engine?.render();
  }

  /** A measure of points that somebody has set with the keys. */
  set(port: string, tool: MeasureTool, points: readonly Vector[]): void {
    const viewport = this.viewport(port);
    const made = points.map((point): Types.Point3 => [...point]);
    const options = { referencedImageId: viewport.getCurrentImageId() } as never;
    if (tool === 'length') LengthTool.hydrate(port, made, options);
    else if (tool === 'angle') AngleTool.hydrate(port, made, options);
    else if (tool === 'probe') ProbeTool.hydrate(port, made, options);
    else {
      const [one, other] = [viewport.worldToCanvas(made[0]!), viewport.worldToCanvas(made[1]!)];
      const [x, y] = [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
      const world = (spots: readonly Spot[]) => spots.map((spot) => viewport.canvasToWorld([...spot]));
      const [left, right, top, bottom] = [Math.min(one[0], other[0]), Math.max(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[1], other[1])];
      if (tool === 'ellipse') EllipticalROITool.hydrate(port, world([[x, bottom], [x, top], [left, y], [right, y]]), options);
      else RectangleROITool.hydrate(port, world([[left, top], [right, top], [left, bottom], [right, bottom]]), options);
    }
    viewport.render();
  }

  async #given(id: string): Promise<Types.IImage> {
    const image = this.#handed.get(id);
    if (!image) throw new Error('not here yet');
    return image;
  }

  /** Some tools name one image, some a list of it. */
  #lines(tool: MeasureTool, data: Shape, targets: string | readonly string[]): string[] | undefined {
    const target = typeof targets === 'string' ? targets : targets[0] ?? '';
    const id = target.replace('imageId:', '');
    const image = this.image(id) as (Types.IImage & { readonly real?: boolean }) | undefined;
    const counted = data.cachedStats?.[target] ?? null;
    const value = counted?.index && image?.voxelManager?.getAtIJK(counted.index[0], counted.index[1], 0); // its own looks for it in a slice that a picture has not
    return lines(tool, data, counted && { ...counted, value }, this.#pictures.get(id) ?? null, image?.real ?? true, this.#say);
  }
}

const UNKNOWN: Picture = {
  rows: 0, columns: 0, spacing: [1, 1], scale: 'unknown', position: null, across: null, down: null, frameOfReference: null, letters: null, modality: '', unit: '',
  facts: { patient: '', patientId: '', birthDate: '', sex: '', institution: '', study: '', series: '', at: '', thickness: '', location: '', technique: '' },
};

export type PortListener = {
  /** Something is drawn anew: another picture, another place, another window. */
  drawn(): void;
};

/** One place where a stack is shown. */
export class Port {
  readonly id: string;
  readonly #engine: Engine;
  readonly #element: HTMLDivElement;
  readonly #ended = new AbortController();
  #images: readonly string[] = [];
  /** Where it stood when it was fitted last. */
  #fit: readonly [number, number, number] | null = null;

  constructor(engine: Engine, id: string, element: HTMLDivElement, heard: PortListener) {
    this.id = id;
    this.#engine = engine;
    this.#element = element;
    for (const event of [Enums.Events.IMAGE_RENDERED, Enums.Events.CAMERA_MODIFIED, Enums.Events.VOI_MODIFIED]) {
      element.addEventListener(event, () => heard.drawn(), { signal: this.#ended.signal });
    }
  }

  close(): void {
    this.#ended.abort();
    this.#engine.unport(this.id);
  }

  get #viewport(): StackViewport {
    return this.#engine.viewport(this.id);
  }

  /** Which picture is drawn. */
  get shown(): string | null {
    return this.#images.length === 0 ? null : this.#viewport.getCornerstoneImage()?.imageId ?? null;
  }

  /** Draws one of these, whose values are here. */
  async show(images: readonly string[], index: number): Promise<void> {
    const viewport = this.#viewport;
    if (images !== this.#images) {
      this.#images = images;
      await viewport.setStack([...images], index);
    } else {
      await viewport.setImageIdIndex(index);
    }
    viewport.render();
  }

  clear(): void {
    this.#images = [];
  }

  /** null: as the file wants it. */
  light(window: Window | null): void {
    const viewport = this.#viewport;
    const image = viewport.getCornerstoneImage();
    if (!image) return;
    const { invert } = viewport.getProperties();
    const wanted = window ?? ownOf(image);
    if (!window) viewport.resetProperties();
    viewport.setProperties({ voiRange: rangeOf(wanted), ...(this.#engine.slow ? {} : { VOILUTFunction: functionOf(wanted) }), ...(invert === undefined ? {} : { invert }) });
    (viewport as unknown as { voiUpdatedWithSetProperties: boolean }).voiUpdatedWithSetProperties = window !== null; // slices of a series may have their own
    viewport.render();
  }

  /** What is drawn now, and whether it is what the file wants. */
  get window(): { readonly window: Window; readonly own: boolean } | null {
    const viewport = this.#viewport;
    const image = this.#images.length > 0 ? viewport.getCornerstoneImage() : null;
    const range = image && viewport.getProperties().voiRange;
    if (!range) return null;
    const own = ownOf(image);
    const its = rangeOf(own);
    const near = (one: number, other: number) => Math.abs(one - other) < 0.01 * Math.max(1, own.width / 100);
    if (near(range.lower, its.lower) && near(range.upper, its.upper)) return { window: own, own: true };
    return { window: { center: (range.lower + range.upper) / 2 + 0.5, width: range.upper - range.lower + 1, function: 'LINEAR' }, own: false };
  }

  get inverted(): boolean {
    return this.#viewport.getProperties().invert ?? false;
  }

  invert(): void {
    this.#viewport.setProperties({ invert: !this.inverted });
    this.#viewport.render();
  }

  get turned(): Turned {
    const { rotation = 0, flipHorizontal = false, flipVertical = false } = this.#viewport.getViewPresentation();
    return { rotation, flipHorizontal, flipVertical };
  }

  turn(turned: Partial<Turned>): void {
    const viewport = this.#viewport;
    if (this.#engine.slow) {
      const { rotation, ...flips } = turned;
      if (rotation !== undefined) viewport.setViewPresentation({ ...viewport.getViewPresentation(), rotation });
      if (Object.keys(flips).length > 0) viewport.setCamera(flips); // the other way turns a camera that is not there
    } else {
      viewport.setViewPresentation({ ...viewport.getViewPresentation(), ...turned });
    }
    viewport.render();
  }

  zoom(factor: number): void {
    this.#enlarge(factor);
    this.#viewport.render();
  }

  #enlarge(factor: number): void {
    const viewport = this.#viewport;
    viewport.setZoom(Math.min(40, Math.max(0.2, viewport.getZoom() * factor)));
  }

  /** What lay at one place comes to lie at another, larger or smaller. */
  carry(factor: number, from: Spot, to: Spot): void {
    const held = this.world(from);
    this.#enlarge(factor);
    const [x, y] = this.spot(held);
    this.pan(to[0] - x, to[1] - y);
  }

  pan(x: number, y: number): void {
    const viewport = this.#viewport;
    const [left, top] = viewport.getPan();
    viewport.setPan([left + x, top + y]);
    viewport.render();
  }

  /** Whether nobody has moved or enlarged it. */
  get fitted(): boolean {
    if (this.#images.length === 0 || !this.#fit) return false;
    const [x, y, zoom] = this.#stand();
    return Math.abs(zoom / this.#fit[2] - 1) < 0.01 && Math.hypot(x - this.#fit[0], y - this.#fit[1]) < 2;
  }

  refit(): void {
    this.#viewport.resetCamera();
    this.#fit = this.#stand();
    this.#viewport.render();
  }

  #stand(): readonly [number, number, number] {
    const [x, y] = this.#viewport.getPan();
    return [x, y, this.#viewport.getZoom()];
  }

  reset(): void {
    const viewport = this.#viewport;
    this.turn({ rotation: 0, flipHorizontal: false, flipVertical: false });
    this.refit();
    viewport.resetProperties();
    (viewport as unknown as { voiUpdatedWithSetProperties: boolean }).voiUpdatedWithSetProperties = false;
    viewport.render();
  }

  /** Three corners of the picture that is drawn: its top left, top right and bottom left. */
  corners(): readonly [Spot, Spot, Spot] | null {
    if (this.#images.length === 0) return null;
    const viewport = this.#viewport;
    const data = viewport.getImageData();
    if (!data) return null;
    const { origin, direction, spacing, dimensions } = data;
    const spot = (x: number, y: number): Spot => {
      const world = ([0, 1, 2] as const).map((i) => origin[i] + direction[i]! * spacing[0] * (x - 0.5) + direction[i + 3]! * spacing[1] * (y - 0.5)) as Types.Point3;
      const [left, top] = viewport.worldToCanvas(world);
      return [left, top];
    };
    return [spot(0, 0), spot(dimensions[0], 0), spot(0, dimensions[1])];
  }

  world(spot: Spot): Vector {
    const [x, y, z] = this.#viewport.canvasToWorld([...spot]);
    return [x, y, z];
  }

  spot(world: Vector): Spot {
    const [x, y] = this.#viewport.worldToCanvas([...world]);
    return [x, y];
  }

  get size(): Spot {
    return [this.#element.clientWidth, this.#element.clientHeight];
  }
}

type Own = Types.IImage & { own?: Window };

function ownOf(image: Own): Window {
  if (image.own) return image.own;
  const first = (value: number | number[]) => (Array.isArray(value) ? value[0]! : value);
  const [center, width] = [first(image.windowCenter), first(image.windowWidth)];
  if (width > 0) return { center, width, function: 'LINEAR' };
  return { center: (image.minPixelValue + image.maxPixelValue) / 2, width: Math.max(1, image.maxPixelValue - image.minPixelValue), function: 'LINEAR_EXACT' };
}

function functionOf(window: Window): Enums.VOILUTFunctionType {
  return window.function === 'SIGMOID' ? Enums.VOILUTFunctionType.SAMPLED_SIGMOID : Enums.VOILUTFunctionType.LINEAR;
}

function imageOf(id: string, made: Measured, picture: Picture | null, slow: boolean): Types.IImage {
  const { rows, columns, colour, low, high, window } = made;
  const [row, column] = (picture ?? UNKNOWN).spacing;
  const values = colour && slow ? withAlpha(made.values) : made.values;
  const components = colour ? values.length / (rows * columns) : 1;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({ width: columns, height: rows, scalarData: values as Types.PixelDataTypedArray, numberOfComponents: components });
  const { lower, upper } = rangeOf(window);
  return {
    imageId: id, rows, columns, height: rows, width: columns, color: colour, rgba: components === 4, numberOfComponents: components, invert: made.inverted,
    minPixelValue: low, maxPixelValue: high, slope: 1, intercept: 0, windowCenter: (lower + upper + 1) / 2, windowWidth: upper - lower + 1,
    voiLUTFunction: functionOf(window), photometricInterpretation: colour ? 'RGB' : made.inverted ? 'MONOCHROME1' : 'MONOCHROME2',
    rowPixelSpacing: row, columnPixelSpacing: column, sizeInBytes: values.byteLength, dataType: values.constructor.name as Types.PixelDataTypedArrayString,
    preScale: { enabled: true, scaled: true, scalingParameters: { rescaleSlope: 1, rescaleIntercept: 0, modality: picture?.modality ?? '' } }, isPreScaled: true,
    getPixelData: () => voxelManager.getScalarData(), getCanvas: () => undefined as never, voxelManager, own: window, real: made.real,
  } as unknown as Types.IImage;
}

/** Without a graphics card pixels are copied to the canvas as they are. */
function withAlpha(values: Measured['values']): Uint8Array {
  const out = new Uint8Array((values.length / 3) * 4);
  for (let i = 0, at = 0; i < values.length; i += 3, at += 4) [out[at], out[at + 1], out[at + 2], out[at + 3]] = [values[i]!, values[i + 1]!, values[i + 2]!, 255];
  return out;
}

/** What Cornerstone asks of a picture of ours. */
function modules(type: string, known: Picture | null, id: string): unknown {
  const picture = known ?? UNKNOWN;
  const { rows, columns, spacing: [row, column], position, across, down } = picture;
  switch (type) {
    case 'imagePlaneModule': return {
      rows, columns, rowPixelSpacing: row, columnPixelSpacing: column, pixelSpacing: [row, column], usingDefaultValues: picture.scale === 'unknown',
      rowCosines: [...across ?? [1, 0, 0]], columnCosines: [...down ?? [0, 1, 0]], imageOrientationPatient: [...across ?? [1, 0, 0], ...down ?? [0, 1, 0]],
      imagePositionPatient: [...position ?? [0, 0, 0]], frameOfReferenceUID: picture.frameOfReference ?? id.replace(/\/[^/]*\/\d+$/, ''),
    };
    case 'imagePixelModule': {
      const image = cache.getImage(id);
      const colour = image?.color ?? false;
      return { rows, columns, samplesPerPixel: colour ? 3 : 1, photometricInterpretation: image?.photometricInterpretation ?? 'MONOCHROME2', bitsAllocated: colour ? 8 : 16, bitsStored: colour ? 8 : 16, highBit: colour ? 7 : 15, pixelRepresentation: colour ? 0 : 1 };
    }
    case 'generalSeriesModule': return { modality: picture.modality === 'PT' ? 'OT' : picture.modality }; // nobody here counts SUV
    case 'modalityLutModule': return { rescaleSlope: 1, rescaleIntercept: 0 };
    case 'voiLutModule': case 'calibrationModule': case 'sopCommonModule': case 'scalingModule': return {};
    default: return undefined;
  }
}
