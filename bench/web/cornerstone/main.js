// A stack of originals in Cornerstone3D as plainly as its documentation has it, drawn without a graphics card; the objects
// are uncompressed, so that no codec has to come. What a measurement wants to know is noted on `window.told`.
import { cache, Enums, getRenderingEngine, imageLoader, init, metaData, RenderingEngine, setUseCPURendering } from '@cornerstonejs/core';

const AT_ONCE = 6;
const told = window.told = { first: 0, places: [], rendered: 0 };
const json = async (path) => (await fetch(path, { cache: 'no-store' })).json();

const { studies } = await json('/api/studies');
const study = await json(`/api/studies/${studies[0].id}`);
const [series] = study.series;
const { instances } = await json(`/api/studies/${study.id}/series/${series.uid}?from=0.1&limit=1500`);
const known = new Map(instances.map((one) => [`studygate:${one.uid}`, one]));
const ids = [...known.keys()];

metaData.addProvider((type, id) => {
  const one = known.get(id);
  if (!one) return undefined;
  const { pixels } = one;
  switch (type) {
    case 'imagePixelModule':
      return { samplesPerPixel: 1, photometricInterpretation: pixels.photometric, rows: pixels.rows, columns: pixels.columns, bitsAllocated: pixels.bitsAllocated,
        bitsStored: pixels.bitsStored, highBit: pixels.bitsStored - 1, pixelRepresentation: pixels.signed ? 1 : 0 };
    case 'generalSeriesModule': return { modality: series.modality, seriesInstanceUID: series.uid };
    case 'imagePlaneModule':
      return { imageOrientationPatient: [1, 0, 0, 0, 1, 0], rowCosines: [1, 0, 0], columnCosines: [0, 1, 0], imagePositionPatient: [0, 0, ids.indexOf(id)],
        rows: pixels.rows, columns: pixels.columns, rowPixelSpacing: 1, columnPixelSpacing: 1, pixelSpacing: [1, 1], frameOfReferenceUID: series.uid };
    case 'voiLutModule': return { windowCenter: [one.window?.center ?? 40], windowWidth: [one.window?.width ?? 400] };
    case 'modalityLutModule': return { rescaleSlope: pixels.slope, rescaleIntercept: pixels.intercept };
    default: return undefined;
  }
}, 10_000);

async function load(imageId) {
  const { url, pixels, window: own } = known.get(imageId);
  const bytes = await (await fetch(url, { cache: 'no-store' })).arrayBuffer();
  const stored = new (pixels.signed ? Int16Array : Uint16Array)(bytes.slice(pixels.offset, pixels.offset + 2 * pixels.rows * pixels.columns));
  const values = Int16Array.from(stored, (value) => value * pixels.slope + pixels.intercept);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return {
    imageId, getPixelData: () => values, imageFrame: { pixelData: values }, rows: pixels.rows, columns: pixels.columns, height: pixels.rows, width: pixels.columns,
    slope: 1, intercept: 0, preScale: { enabled: true, scaled: true, scalingParameters: { rescaleSlope: pixels.slope, rescaleIntercept: pixels.intercept, modality: series.modality } },
    minPixelValue: low, maxPixelValue: high, windowCenter: own?.center ?? 40, windowWidth: own?.width ?? 400, voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    color: false, rgba: false, numberOfComponents: 1, invert: false, photometricInterpretation: pixels.photometric, columnPixelSpacing: 1, rowPixelSpacing: 1,
    sizeInBytes: values.byteLength, dataType: 'Int16Array',
  };
}
imageLoader.registerImageLoader('studygate', (imageId) => ({ promise: load(imageId) }));

await init();
setUseCPURendering(true);
cache.setMaxCacheSize(1024 ** 3);
const engine = new RenderingEngine('bench');
const element = document.querySelector('#stage');
engine.enableElement({ viewportId: 'stack', type: Enums.ViewportType.STACK, element });
const viewport = engine.getViewport('stack');
element.addEventListener(Enums.Events.IMAGE_RENDERED, () => {
  const at = viewport.getCurrentImageIdIndex();
  told.rendered = performance.now();
  if (!cache.isLoaded(ids[at])) return; // an empty viewport is rendered too
  if (told.places.at(-1)?.at !== at) told.places.push({ now: told.rendered, at });
  if (!told.first) told.first = told.rendered;
});
const middle = Math.floor(ids.length / 2);
await viewport.setStack(ids, middle);
viewport.render();

/** What is nearest to the place that is looked at comes next, six at once, as its tools fetch ahead. */
window.ahead = async () => {
  const wanted = new Set(ids);
  const next = async () => {
    while (wanted.size > 0) {
      const now = viewport.getCurrentImageIdIndex();
      const nearest = [...wanted].reduce((one, other) => (Math.abs(ids.indexOf(other) - now) < Math.abs(ids.indexOf(one) - now) ? other : one));
      wanted.delete(nearest);
      await imageLoader.loadAndCacheImage(nearest).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
};
window.viewport = viewport;
window.engine = getRenderingEngine('bench');
