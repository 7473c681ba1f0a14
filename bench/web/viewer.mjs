// What a hand at the slider sees of a CT of 300 slices, on the "phone" of docs/performance.md; and how soon exact pixels
// are there, on the phone and with nothing slowed down. Beside it, for the ratio, Cornerstone3D with the same originals.
import { Stack } from '../../local/journey/stack.mjs';
import { cornerstone } from './cornerstone.mjs';
import { firstPicture, middle, slowPhoneLine, through } from './phone.mjs';

const PLACES = 135;
const DRAG_MS = 4000;
const LATER_MS = 2500;
/** A real CT's film has 7.5 MB, and shall be there in eight seconds; one of more bytes takes longer in proportion. */
const MS_A_MEGABYTE = 8000 / 7.5;
/** So are a real CT's slices 150 kB of exact pixels, and shall be there in as many milliseconds each. */
const MS_A_KILOBYTE = 1;
const FURTHER = 30;
const PLANES = /\/planes-\d+\.bin$/;
const FILM = /\/film-\d+\.bin$/;
const rounds = Math.min(9, Number(process.argv[2] ?? 3));
const slower = Number(process.argv[3] ?? 4);
const line = await slowPhoneLine();
const stack = new Stack();

/** The slider at so many places, evenly in time; what was drawn, and when the last place was sharp. */
const drag = (page, from, to) => page.evaluate(async ([places, millis, first, last]) => {
  const slider = document.querySelector('.lb-steps .lb-slider');
  const canvas = document.querySelector('canvas.lb-picture');
  const drawn = [];
  let sharp = 0;
  let ended = Infinity;
  const start = performance.now();
  const observer = new MutationObserver(() => {
    const [now, image] = [performance.now() - start, Number(canvas.dataset.image)];
    if (drawn.at(-1)?.image !== image) drawn.push({ now, image });
    drawn.at(-1).sharp = canvas.dataset.grade === 'medium';
    if (image === last && canvas.dataset.grade === 'medium' && !sharp) sharp = now;
  });
  observer.observe(canvas, { attributeFilter: ['data-image', 'data-grade'] });
  for (let i = 0; i < places; i++) {
    const due = (i * millis) / (places - 1);
    while (performance.now() - start < due) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - (performance.now() - start))));
    slider.value = String(Math.round(first + ((last - first) * i) / (places - 1)));
    slider.dispatchEvent(new Event('input'));
    ended = performance.now() - start;
  }
  while (!sharp && performance.now() - start < ended + 5000) await new Promise((resolve) => setTimeout(resolve, 5));
  observer.disconnect();
  const within = drawn.filter(({ now }) => now <= ended + 50);
  const gaps = within.map(({ now }, i) => now - (i === 0 ? 0 : within[i - 1].now));
  return {
    drawn: within.length, sharp: within.filter((one) => one.sharp).length, gap: Math.round(Math.max(...gaps, ended - (within.at(-1)?.now ?? 0))),
    rest: sharp ? Math.max(0, Math.round(sharp - ended)) : Infinity,
  };
}, [PLACES, DRAG_MS, from, to]);

/** A preset is chosen, with nobody near the light before; then slice after slice, the next as soon as one is drawn. */
const expose = (page) => page.evaluate(async (slices) => {
  const canvas = document.querySelector('canvas.lb-picture');
  const stage = document.querySelector('.lb-stage');
  const drawn = (image, grade = 'exact') => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${grade} ${image} is not drawn`)), 20_000);
    const observer = new MutationObserver(() => {
      if (Number(canvas.dataset.image) !== image || canvas.dataset.grade !== grade) return;
      clearTimeout(late);
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(canvas, { attributes: true });
  });
  const slider = document.querySelector('.lb-steps .lb-slider');
  const began = 101;
  slider.value = String(began);
  slider.dispatchEvent(new Event('input'));
  await drawn(began, 'medium');
  await new Promise((resolve) => setTimeout(resolve, 500)); // the hand rests
  const start = performance.now();
  document.getElementById('lb-light-button').click();
  document.getElementById('viewer-preset-bones').click();
  const first = Math.round(await drawn(began) - start);
  const further = [];
  for (let i = 1; i <= slices; i++) {
    const asked = performance.now();
    stage.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    further.push(await drawn(began + i) - asked);
  }
  return { first, further: Math.round(further.sort((one, other) => one - other)[Math.floor(slices / 2)] * 10) / 10, worst: Math.round(further.at(-1)) };
}, FURTHER);

/** When nothing of the film was asked for any more for a second and a half, all of it is there. */
async function everything() {
  await stack.until('all of the film', () => {
    const parts = line.log.filter(({ path }) => FILM.test(path));
    return parts.length > 0 && performance.now() - parts.at(-1).done > 1500;
  }, 60);
  const parts = line.log.filter(({ path }) => FILM.test(path));
  return {
    requests: parts.length, megabytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6,
    all: Math.round(parts.at(-1).done - Math.min(...parts.map(({ asked }) => asked))),
  };
}

try {
  await stack.start(through(line));
  const theirs = await cornerstone(line);
  const [who] = await stack.patients();
  const patient = { who, birth: ['7', '3', '1958'], to: '+32470123456', slower };
  const found = { first: [], atOnce: [], later: [], all: [], exact: [], freely: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    const quiet = await firstPicture(stack, line, patient);
    found.first.push(quiet.first);
    await quiet.page.waitForTimeout(LATER_MS);
    found.later.push(await drag(quiet.page, 1, 300));
    found.all.push(await everything());
    await stack.until('exact pixels', () => line.log.some(({ path }) => PLANES.test(path)), 120);
    const before = line.log.length;
    const exact = await expose(quiet.page);
    const [slice] = line.log.slice(before).filter(({ path }) => PLANES.test(path)); // the one in hand comes by itself
    found.exact.push({ ...exact, kilobytes: slice.bytes / 1000 });
    await quiet.context.close();
    const busy = await firstPicture(stack, line, patient);
    found.first.push(busy.first);
    found.atOnce.push(await drag(busy.page, 151, 285));
    await busy.page.close();
    if (theirs) found.theirs.push(await theirs.round(stack, busy.context, slower, PLACES, DRAG_MS));
    await busy.context.close();
  }
  process.env.STUDYGATE = stack.base; // the same system, in a browser that nothing slows down
  const free = await new Stack().start();
  for (let round = 0; round < rounds; round++) {
    const { context, page } = await firstPicture(free, { log: [] }, { ...patient, slower: 1 });
    await page.waitForTimeout(LATER_MS);
    found.freely.push(await expose(page));
    await context.close();
  }
  await free.stop();
  const of = (list, name) => list.map((one) => one[name]);
  const say = (name, values, bar, good) => {
    const median = middle(values);
    console.log(`${name}: median ${median} (${values.join(', ')}), bar ${bar}`);
    return good(median);
  };
  const bars = [
    say('first picture, ms after the last answer of the login', found.first, 600, (one) => one < 600),
    ...[['at once', found.atOnce], ['over the whole series, 2.5 s later', found.later]].flatMap(([when, list]) => [
      say(`dragged ${when}: drawn of ${PLACES}`, of(list, 'drawn'), 120, (one) => one >= 120),
      say(`dragged ${when}: longest gap, ms`, of(list, 'gap'), 150, (one) => one <= 150),
      say(`dragged ${when}: sharp after the hand rests, ms`, of(list, 'rest'), 50, (one) => one <= 50),
    ]),
    ...[['', found.exact, 500, Math.round(Math.max(150, MS_A_KILOBYTE * middle(of(found.exact, 'kilobytes'))))], [', nothing slowed down', found.freely, 50, 10]].flatMap(([how, list, first, further]) => [
      say(`exact pixels, ms after the first touch${how}`, of(list, 'first'), first, (one) => one < first),
      say(`exact pixels, ms each further slice${how}`, of(list, 'further'), further, (one) => one < further),
    ]),
    say('every slice there, ms a megabyte from the first request of the film', found.all.map(({ all, megabytes }) => Math.round(all / megabytes)), Math.round(MS_A_MEGABYTE), (one) => one <= MS_A_MEGABYTE),
  ];
  console.log(`sharp among the drawn: at once ${of(found.atOnce, 'sharp').join(', ')}; whole series ${of(found.later, 'sharp').join(', ')}`);
  console.log(`exact pixels, slowest of ${FURTHER} slices of ${Math.round(middle(of(found.exact, 'kilobytes')))} kB, ms: ${of(found.exact, 'worst').join(', ')}; nothing slowed down ${of(found.freely, 'worst').join(', ')}`);
  console.log(`the film: ${of(found.all, 'megabytes').map((one) => one.toFixed(1)).join(', ')} MB in ${of(found.all, 'all').join(', ')} ms, ${of(found.all, 'requests').join(', ')} requests`);
  for (const [name, key] of [['first picture, ms from an empty cache', 'cold'], ['first picture, ms with its scripts in the cache', 'warm'],
    [`dragged at once: drawn of ${PLACES}`, 'drawn'], ['dragged at once: longest gap, ms', 'gap'], ['dragged at once: the last one, ms after the hand rests', 'rest'],
    ['another window, ms', 'touched']]) {
    if (theirs) console.log(`Cornerstone3D, ${name}: median ${middle(of(found.theirs, key))} (${of(found.theirs, key).join(', ')})`);
  }
  process.exitCode = bars.every(Boolean) ? 0 : 1;
} finally {
  await stack.stop();
  line.close();
}
