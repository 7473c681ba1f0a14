// Each page and state as people with other settings meet it: large text, wide spacing, a narrow window, forced colours,
// dark, a keyboard, two fingers. Runs within the journey, on the system that it has started.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fair, overflow, phone, type } from './stack.mjs';
import { walk } from './walk.mjs';

/** What WCAG 1.4.12 lets a reader set. */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Styles of the reader: a browser's own, so the pages' CSP has no say. */
async function dress(page, css) {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}

/** Text that its own box cuts off, and things to press that lie outside the window. */
function cut(page) {
  return page.evaluate(() => {
    const faults = [];
    for (const element of document.querySelectorAll('body *')) {
      if (!element.checkVisibility() || element.closest('.sg-visually-hidden, .lb-stage, svg, .sg-skip')) continue;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
      if (words && /hidden|clip/.test(style.overflow) && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
        faults.push(`cut: ${element.textContent.trim().slice(0, 40)}`);
      }
      if (element.matches('a, button, input, summary') && (box.left < -1 || box.right > document.documentElement.clientWidth + 1)) {
        faults.push(`outside: ${element.outerHTML.slice(0, 80)}`);
      }
    }
    return faults;
  });
}

/** Things to press next to another: 24 px is the norm's floor, ours is 44 where they are not words in a sentence. */
function small(page) {
  return page.evaluate(() => [...document.querySelectorAll('button, .sg-button, input, summary, .sg-choices a, .sg-contact a, .sg-foot a')]
    .filter((element) => element.checkVisibility())
    .filter((element) => { const { width, height } = element.getBoundingClientRect(); return width < 43.5 || height < 43.5; })
    .map((element) => element.outerHTML.slice(0, 80)));
}

/** Where colours are the system's, borders and words carry everything. */
function bare(page) {
  return page.evaluate(() => [...document.querySelectorAll('.sg-button, .sg-input, .sg-card, dialog, .lb-tool, .st-series button, .sg-summary, .sg-banner')]
    .filter((element) => element.checkVisibility())
    .filter((element) => { const style = getComputedStyle(element); return style.borderTopStyle === 'none' || style.borderTopWidth === '0px'; })
    .map((element) => element.outerHTML.slice(0, 80)));
}

/** Things to press that lie behind something else, wherever the page is scrolled to. */
function covered(page) {
  return page.evaluate(() => {
    const faults = [];
    const dialog = document.querySelector('dialog[open]');
    for (const element of (dialog ?? document).querySelectorAll('a, button, input, summary')) {
      if (!element.checkVisibility() || element.matches('.sg-skip')) continue;
      element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const box = element.getClientRects()[0];
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (!top || !(element.contains(top) || top.contains(element))) faults.push(`covered: ${element.outerHTML.slice(0, 80)}`);
    }
    scrollTo(0, 0);
    return faults;
  });
}

const USUAL = { viewport: phone.viewport, css: '', media: { colorScheme: 'light', forcedColors: 'none' } };
const MODES = {
  '320 px with wide spacing': { ...USUAL, viewport: { width: 320, height: 640 }, css: SPACING, checks: [cut, covered] },
  'text at 200 %': { ...USUAL, css: 'html { font-size: 200% }', checks: [cut, covered] },
  'forced colours': { ...USUAL, media: { colorScheme: 'light', forcedColors: 'active' }, checks: [bare] },
  dark: { ...USUAL, media: { colorScheme: 'dark', forcedColors: 'none' }, checks: [small], axe: true },
};

async function wear(page, { viewport, css, media }) {
  await page.setViewportSize(viewport);
  await page.emulateMedia(media);
  await dress(page, css);
}

export function states(stack) {
  test('every page in every state: narrow, widely spaced, large, in forced colours, dark', async () => {
    const found = [];
    let count = 0;
    for await (const { name, page, scripted } of walk(stack, phone)) {
      count++;
      for (const [mode, { checks, axe, ...look }] of Object.entries(MODES)) {
        if (!scripted) continue;
        await wear(page, look);
        const wide = await overflow(page);
        if (wide > 0) found.push(`${name}, ${mode}: ${wide} px too wide`);
        for (const check of checks) found.push(...(await check(page)).map((fault) => `${name}, ${mode}: ${fault}`));
        if (axe) await fair(page, `${name}, ${mode}`).catch((fault) => found.push(fault.message));
      }
      if (scripted) await wear(page, USUAL);
      else assert.ok(await overflow(page) <= 0, name);
    }
    assert.deepEqual(found, []);
    assert.ok(count >= 30, `${count} states`);
  });

  test('the keyboard alone: from the hospital to the end of the visit, with the focus always in sight', async () => {
    const { context, page } = await stack.open({ viewport: { width: 390, height: 640 } });
    const [ct] = await stack.patients();
    await stack.post('/local/clock', { advance: 'PT25H' });
    const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };

    /** Tab until the wanted element has the focus; each on the way shows its ring and lies in the window. */
    async function tabTo(selector, most = 40) {
      const before = [];
      for (let i = 0; i < most; i++) {
        await press('Tab');
        const seen = await page.evaluate((wanted) => {
          const element = document.activeElement;
          if (!element || element === document.body) return { body: true };
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const x = Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2));
          const y = box.top + Math.min(box.height, innerHeight) / 2;
          const top = document.elementFromPoint(x, y);
          return {
            found: element.matches(wanted), html: element.outerHTML.slice(0, 90),
            ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            covered: top !== null && !element.contains(top) && !top.contains(element),
          };
        }, selector);
        if (seen.body) continue;
        before.push(seen.html);
        assert.ok(seen.ring, `no ring: ${seen.html}`);
        assert.ok(seen.inside, `out of sight: ${seen.html}`);
        assert.ok(!seen.covered, `covered: ${seen.html}`);
        if (seen.found) return;
      }
      assert.fail(`${selector} was not reached: ${before.join('\n')}`);
    }

    await page.goto(stack.base);
    await page.waitForSelector('.sg-choices');
    await tabTo('#skip');
    await press('Enter');
    await tabTo('.sg-choices a[href*=noord]');
    await press('Enter');
    await page.waitForSelector('#notice');
    await tabTo('#language summary');
    await press('Enter');
    await tabTo('#language button[lang=fr]');
    await press('Enter');
    await page.getByText('Votre date de naissance').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.matches('#language summary')), true, 'focus returns to the switch');
    await tabTo('button[type=submit]');
    await press('Enter');
    await page.waitForSelector('#summary:focus');
    await tabTo('#summary a');
    await press('Enter');
    await page.waitForSelector('#reference:focus');
    await page.keyboard.type(ct.number.toLowerCase().replaceAll('-', ' '));
    for (const part of ['7', 'mars', '1958']) {
      await press('Tab');
      await page.keyboard.type(part);
    }
    const seen = await stack.sent('+32470123456');
    await press('Enter');
    await page.waitForSelector('#code');
    await tabTo('#code');
    await page.keyboard.type(await stack.lastCode('+32470123456', seen));
    await press('Enter');
    await page.waitForSelector('.lb-stage');
    await page.getByText('Image 151 sur 300').waitFor();

    await tabTo('.lb-stage');
    await press('ArrowRight', 'ArrowRight', 'ArrowLeft');
    await page.getByText('Image 152 sur 300').waitFor();
    await press('+', '+');
    await page.getByText('225').waitFor();
    const where = () => page.evaluate(() => document.querySelector('canvas.lb-picture').style.transform);
    const before = await where();
    await press('Shift+ArrowRight');
    assert.notEqual(await where(), before, 'Shift and an arrow move the picture');
    await page.getByText('Image 152 sur 300').waitFor();
    await press('r');
    await page.waitForFunction(() => document.querySelector('canvas.lb-picture').style.transform.includes('scale(1)'));
    await tabTo('#lb-light-button');
    await press('Enter');
    assert.equal(await page.getAttribute('#lb-light-button', 'aria-expanded'), 'true');
    await press('Shift+Tab');
    while (!await page.evaluate(() => document.activeElement.matches('.lb-light input'))) await press('Shift+Tab');
    await press('ArrowRight');
    await page.waitForSelector('canvas.lb-picture[data-grade=exact]');

    await tabTo('#report');
    await press('Enter');
    await page.waitForSelector('.rp-text p');
    await tabTo('#print');
    await press('Shift+Tab');
    await page.focus('#skip');
    await tabTo('.rp-back a');
    await press('Enter');
    await page.waitForSelector('.lb-stage');
    await tabTo('#accesses');
    await press('Enter');
    await page.waitForSelector('#sheet li');
    for (let i = 0; i < 4; i++) {
      await press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null), true, 'the focus stays in the dialog');
    }
    await press('Escape');
    await page.waitForSelector('#sheet', { state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.matches('#accesses')), true, 'focus returns to its button');
    await stack.passes(page, 'PT13M30S');
    await page.waitForSelector('#ending');
    assert.equal(await page.evaluate(() => document.activeElement.closest('#ending') !== null), true);
    await press('Enter');
    await page.waitForSelector('#ending', { state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement.matches('#accesses')), true, 'focus returns where it was');
    await press('Control+Home');
    await page.focus('#skip');
    await tabTo('#leave');
    await press('Enter');
    await page.waitForURL(/\/ended/);
    await context.close();
  });

  test('two fingers enlarge and carry the picture, one moves it or changes it, and the page still scrolls', async () => {
    const { context, page } = await stack.open({ ...phone });
    const [, two] = await stack.patients();
    await page.goto(`${stack.base}/?d=noord`);
    await page.waitForSelector('#notice');
    await page.click('#notice button');
    await type(page, two.number, ['30', '11', '1974']);
    await page.waitForSelector('canvas.lb-picture[data-grade]');
    const cdp = await context.newCDPSession(page);
    const touch = (kind, ...points) => cdp.send('Input.dispatchTouchEvent', { type: kind, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const drag = async (from, to, steps = 8) => {
      await touch('touchStart', ...from);
      for (let i = 1; i <= steps; i++) {
        await touch('touchMove', ...from.map(([x, y], finger) => [x + ((to[finger][0] - x) * i) / steps, y + ((to[finger][1] - y) * i) / steps]));
      }
      await touch('touchEnd');
    };
    const place = () => page.evaluate(() => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(document.querySelector('canvas.lb-picture')).transform);
      return { scale: a, x: e, y: f };
    });
    const box = await page.locator('.lb-stage').boundingBox();
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    assert.deepEqual(await place(), { scale: 1, x: 0, y: 0 });

    await drag([[x - 30, y], [x + 30, y]], [[x - 90, y], [x + 90, y]]);
    const large = await place();
    assert.ok(Math.abs(large.scale - 3) < 0.05, `three times as far apart is three times as large: ${large.scale}`);
    assert.ok(Math.abs(large.x) < 2 && Math.abs(large.y) < 2, 'about the middle of the fingers');
    await page.waitForSelector('.lb-pan:not([hidden])');
    await drag([[x, y]], [[x + 60, y + 25]]);
    const carried = await place();
    assert.ok(Math.abs(carried.x - large.x - 60) < 2 && Math.abs(carried.y - large.y - 25) < 2, `one finger moves it: ${JSON.stringify(carried)}`);
    assert.equal(await page.evaluate(() => scrollY), 0, 'the page stays');
    await page.locator('.lb-pan button').first().click();
    assert.notEqual((await place()).x, carried.x, 'a button moves it too');
    await drag([[x - 90, y], [x + 90, y]], [[x - 20, y], [x + 20, y]]);
    assert.deepEqual(await place(), { scale: 1, x: 0, y: 0 }, 'whole again, in its place');
    assert.equal(await page.isVisible('.lb-pan'), false);
    assert.equal(await page.evaluate(() => visualViewport.scale), 1, 'the page itself is not enlarged');

    await cdp.send('Input.synthesizeScrollGesture', { x, y: y + 100, yDistance: -200, speed: 4000 });
    await page.waitForFunction(() => scrollY > 50);
    await context.close();
  });
}
