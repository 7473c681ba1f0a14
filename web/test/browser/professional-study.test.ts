// The professionals' light box in a real browser: what is drawn, measured and said, with a graphics card in software and
// without any, by hand and by keys, at each width.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { filmOf } from '../film-bytes.ts';
import { Browsing, department, fair, shots } from './browsing.ts';
import { drawn, gray8, hounsfield, jpegs, type MadeSeries, PRIOR, serve, SIDE, SLICES, SPACING, SQUARE, STUDY, volume } from './lightbox.ts';

const CARD = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NONE = ['--disable-gpu', '--disable-3d-apis'];
const WIDE = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
const REAL = new URL('../../../.tools/pydicom/test_files/', import.meta.url);
type Spot = { readonly x: number; readonly y: number };

for (const [way, args] of [['with a graphics card', CARD], ['without one', NONE]] as const) {
  if (process.env['STUDYGATE_WAY'] && !way.startsWith(`${process.env['STUDYGATE_WAY']} `)) continue;
  describe(way, () => {
    /** What no card has a part in. */
    const once = way === 'without one' ? test : () => {};
    const browsing = new Browsing(args);
    const { stub } = browsing;
    let base: string;
    const made: Record<string, MadeSeries> = {};

    before(async () => {
      base = await browsing.begin();
      stub.behind = new Set();
      const { page, context } = await browsing.open(WIDE);
      await page.goto(`${base}/404`);
      made['axial'] = await volume(page, '1.2');
      made['former'] = await volume(page, '1.3', (index) => ({ '00200052': ['1.10'], '00200032': [-32, -51, 100 + 2 * index] }));
      made['coronal'] = await volume(page, '1.4', (index) => ({ '00200037': [1, 0, 0, 0, 0, -1], '00200032': [-32, -24 + 2 * index, 40] }), 12, 'Coronaal');
      made['detector'] = await volume(page, '1.5', () => ({ '00080060': ['DX'], '00280030': [], '00181164': [...SPACING], '00281054': [], '00200032': [], '00200037': [], '00200020': ['L', 'F'] }), 1, 'Thorax');
      made['nowhere'] = await volume(page, '1.6', () => ({ '00080060': ['OT'], '00280030': [], '00281054': [], '00200032': [], '00200037': [] }), 1, 'Schermbeeld');
      await context.close();
    });
    after(() => browsing.end());

    async function open(series: readonly string[] = ['axial'], more: object = {}, options: object = WIDE, answers: Readonly<Record<string, unknown>> = {}) {
      const opened = await browsing.open(options);
      serve(stub, [{ id: STUDY, series: series.map((name) => made[name]!), more }, { id: PRIOR, series: [made['former']!], more: { date: '2025-01-02' } }], answers);
      await opened.page.goto(`${base}/professional/studies/${STUDY}`);
      await drawn(opened.page, Math.floor(made[series[0]!]!.frames.length / 2) + 1);
      await settled(opened.page);
      return opened;
    }

    test('a study opens in its middle, drawn of stored values in the window of the file', async () => {
      const { page, context, faults, foreign } = await open();
      assert.equal(await page.locator('.vw').getAttribute('data-slow'), way === 'without one' ? 'true' : null);
      const where = await square(page, way);
      for (const [x, y] of [[40, 50], [64, 50], [50, 90], [4, 4]] as const) {
        const level = await grayAt(page, at(where, x, y));
        const wanted = gray8(hounsfield(x, y, SLICES / 2));
        assert.ok(Math.abs(level - wanted) <= 2, `${x}, ${y}: ${level}, not ${wanted}`);
      }
      assert.equal(await page.locator('.vw-number').textContent(), 'Image 13 of 24');
      assert.deepEqual([faults, foreign], [[], []]);
      await context.close();
    });

    once('a copy is of nobody: a number for a name, no date of birth, no report by button or key', async () => {
      const nobody = { name: '5 Anonymous', birthDate: null, id: null, sex: null, anonymized: true };
      const { page, context, faults } = await open(['axial'], { date: null, description: '', accession: null, patient: nobody, reasons: [{ kind: 'reference' }] });
      await page.locator('.vw-about', { hasText: '5 Anonymous · Anonymized exam' }).waitFor();
      await page.locator('.vw-tl', { hasText: '5 Anonymous' }).waitFor();
      assert.equal(await page.locator('#report').count(), 0);
      await page.focus('.vw-cell');
      await page.keyboard.press('t');
      await page.keyboard.press('m'); // answered behind it
      await page.waitForSelector('.vw-sheeted');
      assert.doesNotMatch(await page.locator('.vw').innerText(), /report|Peeters|1958/i);
      await fair(page, 'a copy');
      await shots(page, 'light box with a copy');
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('windows: a preset by key, own numbers, and back to what was sent', async () => {
      const { page, context, faults } = await open();
      const where = await square(page, way);
      const seen = (center: number, width: number) => page.waitForFunction(([spot, wanted]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('.vw-port canvas')!;
        const ratio = canvas.width / canvas.clientWidth;
        return Math.abs(canvas.getContext('2d')!.getImageData(Math.round(spot.x * ratio), Math.round(spot.y * ratio), 1, 1).data[0]! - wanted) <= 2;
      }, [at(where, 64, 50), gray8(62, center, width)] as const);
      await page.focus('.vw-cell');
      await page.keyboard.press('4'); // bones
      await seen(400, 1800);
      await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('#presets')!.selectedOptions[0]!.textContent === '4 Bones');
      await page.fill('#window-center', '100');
      await page.press('#window-center', 'Enter');
      await page.waitForFunction(() => /C 100 · W 1/.test(document.querySelector('.vw-bl')!.textContent!));
      await page.fill('#window-width', '500');
      await page.press('#window-width', 'Enter');
      await seen(100, 500);
      await page.focus('.vw-cell');
      await page.keyboard.press('ArrowDown');
      await drawn(page, 14);
      await page.waitForFunction(() => /Image 14 of 24.*C 100 · W 500/.test(document.querySelector('.vw-bl')!.textContent!)); // the next image in the same light
      await page.keyboard.press('i');
      await page.waitForFunction(() => /Invert/.test(document.querySelector('.vw-bl')!.textContent!));
      await page.keyboard.press('i');
      await page.keyboard.press('1');
      await seen(40, 400);
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('to other images by wheel, keys, slider and drag; which one is always said', async () => {
      const { page, context, faults } = await open();
      await page.hover('.vw-port');
      await page.mouse.wheel(0, 120);
      await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('.vw-stage')!.dataset['image']) > 13);
      await page.focus('.vw-cell');
      await page.keyboard.press('Home');
      await drawn(page, 1);
      await page.keyboard.press('PageDown');
      await drawn(page, 11);
      await page.keyboard.press('End');
      await drawn(page, 24);
      await page.fill('.vw-foot input', '5');
      await drawn(page, 5);
      await page.waitForFunction(() => document.querySelector('.vw-place')!.textContent === 'Image 5 of 24');
      await page.click('.vw-bar button:has-text("Scroll")');
      const box = (await page.locator('.vw-port').boundingBox())!;
      await drag(page, { x: box.x + 300, y: box.y + 100 }, { x: box.x + 300, y: box.y + 160 });
      await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('.vw-stage')!.dataset['image']) > 5);
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('lengths, angles and densities are those of the body', async () => {
      const { page, context, faults } = await open();
      await page.click('#measures');
      await page.waitForSelector('.vw-side');
      await settled(page);
      const where = await square(page, way);
      const spot = (x: number, y: number) => onPage(page, at(where, x, y));
      await page.click('.vw-bar button:has-text("Length")');
      await drag(page, await spot(30, 50), await spot(90, 50));
      await near(page, 0, /Length.*?([\d.]+) mm/, 60 * SPACING[1], 0.01);
      await drag(page, await spot(50, 55), await spot(50, 105));
      await near(page, 1, /Length.*?([\d.]+) mm/, 50 * SPACING[0], 0.01);
      await page.click('.vw-bar button:has-text("Angle")');
      await drag(page, await spot(90, 110), await spot(50, 110));
      await click(page, await spot(50, 85)); // 25 rows of 0.8 mm up, 40 columns of 0.5 mm along: a right angle
      await near(page, 2, /Angle.*?([\d.]+)°/, 90, 0.5 / 90);
      await page.click('.vw-bar button:has-text("Ellipse")');
      await drag(page, await spot(84.5, 84.5), await spot(96, 96));
      await near(page, 3, /Mean (-?[\d.]+) HU/, 100, 0.005);
      await near(page, 3, /SD ([\d.]+) HU/, 10, 0.05);
      await page.click('.vw-bar button:has-text("Rectangle")');
      await drag(page, await spot(33, 43), await spot(47, 57));
      await near(page, 4, /Mean (-?[\d.]+) HU/, 300, 0.5 / 300);
      await near(page, 4, /Area ([\d.]+) mm/, 14 * 14 * SPACING[0] * SPACING[1], 0.05);
      await page.click('.vw-bar button:has-text("Value")');
      await click(page, await spot(64, 20));
      await near(page, 5, /Value.*?(-?[\d.]+) HU/, 62, 0.001);
      await fair(page, 'measurements');
      await shots(page, `professional measurements ${way}`);
      await page.locator('.vw-measure button').last().click();
      await page.waitForFunction(() => document.querySelectorAll('.vw-measure').length === 5);
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('the same by keys alone: from the address to a length that is removed again', async () => {
      const { page, context, faults } = await open();
      const where = await square(page, way);
      assert.ok(await page.evaluate(() => document.activeElement!.classList.contains('vw-cell')), 'the image has the focus');
      await page.keyboard.press('l');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.keyboard.press('m');
      const millimetres = (120 / where.each.x) * SPACING[1];
      await near(page, 0, /Length.*?([\d.]+) mm/, millimetres, 0.01);
      await page.keyboard.press('Escape');
      await page.waitForSelector('.vw-side', { state: 'detached' });
      await page.focus('.vw-cell');
      await page.keyboard.press('Delete');
      await page.keyboard.press('?');
      await page.waitForSelector('dialog[open]');
      await fair(page, 'help');
      await shots(page, `professional help ${way}`);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog', { state: 'detached' });
      await page.focus('.vw-cell');
      await page.keyboard.press('m');
      await page.waitForSelector('text=You have not measured anything yet').catch(async (fault: unknown) => { throw new Error(await page.locator('main').innerText(), { cause: fault }); });
      assert.deepEqual(faults, []);
      await context.close();
    });

    once('what the department says of diagnosis stands by its images, for whoever did not come by a number', async () => {
      const told = (diagnosis: object) => ({ 'GET /api/departments/noord': { ...department, logo: null, brand: { light: '#0b5c63', dark: '#7fd1c9' }, partialBirthDates: false, serviceDesk: null, statements: { diagnosis } } });
      const long = `${'Use a calibrated display. '.repeat(8)}\n\nAsk us.`;
      for (const [said, more, look] of [
        [{ nl: 'Alleen voor overleg.' }, {}, async (page: Page) => { await page.waitForSelector('.vw-said [lang=nl]:has-text("Alleen voor overleg.")'); }],
        [{ en: 'https://noord.example/display' }, {}, async (page: Page) => { await page.waitForSelector('.vw-said a[href="https://noord.example/display"]'); }],
        [{ en: long }, {}, async (page: Page) => {
          await page.click('#statement');
          await page.waitForSelector('dialog[open] >> text=Ask us.');
          await fair(page, 'statement');
          await page.keyboard.press('Escape');
          await page.waitForSelector('dialog', { state: 'detached' });
        }],
        [{ en: 'For consultation.' }, { reasons: [{ kind: 'reference' }] }, async (page: Page) => {
          await page.waitForSelector('#not-for-diagnosis');
          assert.equal(await page.locator('.vw-said').count(), 0);
        }],
      ] as const) {
        const { page, context, faults } = await open(['nowhere'], more, WIDE, told(said));
        await look(page);
        assert.deepEqual(faults, []);
        await context.close();
      }
    });

    once('what was opened without a right says so as long as it is shown, and until when', async () => {
      const { page, context, faults } = await open(['axial'], { reasons: [{ kind: 'glass', by: null, until: '2026-11-28T20:00:00Z' }] });
      await page.locator('#glass', { hasText: '2026' }).waitFor();
      await fair(page, 'glass');
      assert.deepEqual(faults, []);
      await context.close();
    });

    once('what is typed into a field of the window stays, whatever is drawn meanwhile', async () => {
      const { page, context, faults } = await open();
      await page.focus('#window-width');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('70');
      await page.hover('.vw-port');
      await page.mouse.wheel(0, 120); // another image is drawn
      await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('.vw-stage')!.dataset['image']) > 13);
      await page.keyboard.type('0');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /W 700/.test(document.querySelector('.vw-bl')!.textContent!));
      assert.deepEqual(faults, []);
      await context.close();
    });

    once('a length is in millimetres only where somebody knows them', async () => {
      for (const [name, wanted] of [['detector', /^Length.*(29\.[789]|30(\.[123])?) mm \(at the detector\)/], ['nowhere', /^Length.*N\/A/]] as const) {
        const { page, context, faults } = await open([name]);
        await page.click('#measures');
        await page.waitForSelector('.vw-side');
        await settled(page);
        const where = await square(page, way);
        await page.click('.vw-bar button:has-text("Length")');
        await drag(page, await onPage(page, at(where, 30, 50)), await onPage(page, at(where, 90, 50)));
        await page.waitForFunction((source) => new RegExp(source).test(document.querySelector<HTMLElement>('.vw-measure button')?.innerText.replaceAll('\n', ' ') ?? ''), wanted.source);
        assert.equal(await page.locator('.vw-ruler').count(), name === 'detector' ? 1 : 0);
        assert.deepEqual(await letters(page), name === 'detector' ? ['H', 'L', 'F', 'R'] : null);
        assert.deepEqual(faults, []);
        await context.close();
      }
    });

    test('turned and flipped, the letters go with the body', async () => {
      const { page, context, faults } = await open();
      assert.deepEqual(await letters(page), ['A', 'L', 'P', 'R']);
      await page.focus('.vw-cell');
      for (const [key, wanted] of [['r', ['R', 'A', 'L', 'P']], ['R', ['A', 'L', 'P', 'R']], ['h', ['A', 'R', 'P', 'L']], ['v', ['P', 'R', 'A', 'L']], ['0', ['A', 'L', 'P', 'R']]] as const) {
        await page.keyboard.press(key);
        await page.waitForFunction((all) => ['n', 'e', 's', 'w'].every((side, i) => document.querySelector(`.vw-${side}`)!.textContent === all[i]), wanted);
      }
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('beside a former exam, scrolled together; four windows, and lines where they cross', async () => {
      const prior = [{ id: PRIOR, date: '2025-01-02', description: 'CT hoofd', modalities: ['CT'] }];
      const { page, context, faults } = await open(['axial', 'coronal'], { prior });
      await page.click('.vw-history button[title^="Compare with"]');
      await drawn(page, 13, 1);
      await page.locator('.vw-cell').first().focus();
      await page.keyboard.press('ArrowDown');
      await drawn(page, 14, 0);
      await drawn(page, 14, 1);
      await fair(page, 'beside a former exam');
      await shots(page, `professional beside ${way}`);
      await page.keyboard.press('c');
      await page.keyboard.press('ArrowDown');
      await drawn(page, 15, 0);
      await drawn(page, 14, 1);
      await page.keyboard.press('F4');
      await drawn(page, 7, 2);
      assert.equal(await page.locator('.vw-cell').count(), 4);
      await page.locator('.vw-cell').first().focus();
      await page.keyboard.press('x');
      await page.waitForSelector('.vw-cell:nth-child(3) svg line', { state: 'attached' });
      await fair(page, 'four windows');
      await page.waitForFunction((tall) => [1, 2, 3].every((which) => { // each picture fills its window: what lies at its edges is seen
        const cell = document.querySelector(`.vw-cell:nth-child(${which})`)!;
        const height = (Number.parseFloat(cell.querySelector('.vw-bl p:last-child')!.textContent!) / 100) * tall;
        return height <= 1.02 * cell.clientHeight && height > 0.8 * cell.clientHeight;
      }), SIDE * (SPACING[0] / SPACING[1]));
      await shots(page, `professional four windows ${way}`);
      await page.keyboard.press('F1');
      await page.waitForFunction(() => document.querySelectorAll('.vw-cell').length === 1);
      assert.deepEqual(faults, []);
      await context.close();
    });

    once('the report beside the images, documents, key images', async () => {
      const documents = [{ uid: '1.7', kind: 'key-objects', title: 'Of interest', state: null }, { uid: '1.8', kind: 'dose', title: 'Dose', state: null }];
      stub.objects.set('/store/keys.json', Buffer.from(JSON.stringify({ title: 'Of interest', language: '', date: '', time: '', completion: '', verification: '', preliminary: false, authors: [], verifiers: [], cut: false,
        lines: [{ level: 0, kind: 'image', name: '', value: '', unit: '', references: [{ uid: '1.2.4', series: '1.2', frames: [], presentation: '' }] }] })));
      const answers = {
        [`GET /api/studies/${STUDY}/report`]: { state: 'final', text: 'No fracture.\n\nNormal lungs.', contentsUrl: null, pdfUrl: '/store/report.pdf', signedBy: 'Dr. Els Claes', at: '2026-11-20T12:00:00Z', language: 'en', versions: [], expiresAt: '2026-11-27T10:01:00Z' },
        [`GET /api/studies/${STUDY}/documents/1.7`]: { uid: '1.7', kind: 'key-objects', title: 'Of interest', state: null, contentsUrl: '/store/keys.json', pdfUrl: null, url: '/x', expiresAt: '2026-11-27T10:01:00Z' },
        [`GET /api/studies/${STUDY}/documents/1.8`]: { uid: '1.8', kind: 'dose', title: 'Dose', state: null, contentsUrl: null, pdfUrl: null, url: '/x', expiresAt: '2026-11-27T10:01:00Z' },
      };
      const { page, context, faults } = await open(['axial'], { documents, report: { state: 'final', document: null } }, WIDE, answers);
      await page.focus('.vw-cell');
      await page.keyboard.press('k');
      await drawn(page, 5);
      await page.keyboard.press('t');
      await page.waitForSelector('text=Normal lungs.');
      await fair(page, 'report');
      await shots(page, `professional report ${way}`);
      await page.click('#documents');
      await page.click('text=Dose');
      await page.waitForSelector('text=This can only be opened with other software.');
      await page.click('#keys');
      await page.click('.vw-side >> text=Key image 1');
      await fair(page, 'key images');
      assert.equal(await page.locator('#not-for-diagnosis').count(), 0);
      assert.deepEqual(faults, []);
      await context.close();
    });

    once('who came by a reference number reads that it is not for diagnosis', async () => {
      const { page, context } = await open(['axial'], { reasons: [{ kind: 'reference' }] });
      await page.waitForSelector('#not-for-diagnosis');
      await fair(page, 'not for diagnosis');
      await context.close();
    });

    test('on a phone: the main tools, the others under More, and fingers', async () => {
      const { page, context, faults } = await open(['axial', 'coronal'], {}, { viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true, locale: 'en-GB' });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      await fair(page, 'phone');
      await page.screenshot({ path: `${process.env['STUDYGATE_SHOTS'] ?? '/tmp'}/professional-phone.png` });
      await page.click('#more');
      await page.waitForSelector('dialog[open]');
      await fair(page, 'more');
      await page.screenshot({ path: `${process.env['STUDYGATE_SHOTS'] ?? '/tmp'}/professional-phone-more.png` });
      await page.click('dialog button:has-text("Invert")');
      await page.click('dialog button:has-text("Close")');
      await page.waitForFunction(() => /Invert/.test(document.querySelector('.vw-bl')!.textContent!));
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('fingers: one windows, two zoom, one scrolls once that is chosen', async () => {
      const { page, context, faults } = await open(['axial'], {}, { viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true, locale: 'en-GB' });
      const box = (await page.locator('.vw-port').boundingBox())!;
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const level = () => page.locator('.vw-bl p', { hasText: /C -?\d+ · W \d+/ }).innerText();
      const ruler = async () => { // pixels of the page a millimetre
        const written = (await page.locator('.vw-ruler').textContent())!;
        return (await page.locator('.vw-ruler').boundingBox())!.width / Number.parseFloat(written) / (written.includes('cm') ? 10 : 1);
      };
      const first = await level();
      await page.click('.vw-bar button:has-text("Window")');
      await fingers(page, [middle], [{ x: middle.x + 40, y: middle.y + 30 }]);
      await page.waitForFunction((was) => !document.querySelector('.vw-bl')!.textContent!.includes(was), first);
      const [before, light] = [await ruler(), await level()];
      await fingers(page, [{ x: middle.x - 30, y: middle.y }, { x: middle.x + 30, y: middle.y }], [{ x: middle.x - 90, y: middle.y }, { x: middle.x + 90, y: middle.y }]);
      await page.waitForFunction((was) => { // three times as far apart: three times as large
        const drawn = document.querySelector<HTMLElement>('.vw-ruler');
        return drawn && Math.abs(drawn.getBoundingClientRect().width / Number.parseFloat(drawn.textContent!) / (drawn.textContent!.includes('cm') ? 10 : 1) / was - 3) < 0.1;
      }, before);
      assert.equal(await level(), light);
      await page.click('.vw-bar button:has-text("Scroll")');
      await fingers(page, [{ x: middle.x, y: middle.y - 40 }], [{ x: middle.x, y: middle.y + 40 }]);
      await page.waitForFunction(() => document.querySelector<HTMLElement>('.vw-stage')!.dataset['image'] !== '13');
      assert.deepEqual(faults, []);
      await context.close();
    });

    test('what has no exact pixels is read out of its object, whatever its syntax', { skip: !existsSync(REAL) && 'the test files of pydicom are not here' }, async () => {
      const files = ['MR_small', 'MR_small_implicit', 'MR_small_bigendian', 'MR_small_RLE', 'MR_small_jp2klossless', 'MR_small_jpeg_ls_lossless'].map((name) => readFileSync(new URL(`${name}.dcm`, REAL)));
      const { page, context, faults, foreign } = await browsing.open(WIDE);
      await page.goto(`${base}/404`);
      const plain = await jpegs(page, files.map(() => () => 90), 64);
      const film = filmOf(plain.map((jpeg) => ({ jpeg, width: 64, height: 64 })), () => plain[0]!);
      serve(stub, [{ id: STUDY, series: [{ uid: '1.8', modality: 'MR', description: 'MR', frames: files.map(() => null), metadata: [], film, planes: 'none', originals: files }] }]);
      await page.goto(`${base}/professional/studies/${STUDY}`);
      let wanted: number[] | null = null;
      for (let image = 1; image <= files.length; image++) {
        await page.focus('.vw-cell');
        await page.fill('.vw-foot input', String(image));
        await drawn(page, image);
        await settled(page);
        const grid = await page.evaluate(() => {
          const canvas = document.querySelector<HTMLCanvasElement>('.vw-port canvas')!;
          const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          return Array.from({ length: 400 }, (_, i) => data[4 * (Math.floor(height * (0.1 + 0.04 * Math.floor(i / 20))) * width + Math.floor(width / 2 + height * (-0.4 + 0.04 * (i % 20))))]!);
        });
        assert.ok(new Set(grid).size > 30, 'a picture');
        wanted ??= grid;
        grid.forEach((level, i) => assert.ok(Math.abs(level - wanted![i]!) <= 1, `${image}: ${level}, not ${wanted![i]} at ${i}`));
      }
      assert.deepEqual([faults.filter((fault) => !fault.startsWith('Invalid vr type')), foreign], [[], []]); // which is what the reader of others says of implicit files
      await context.close();
    });

    once('a page that is left shows and keeps nothing', async () => {
      const { page, context } = await open();
      await page.evaluate(() => { Object.assign(window, { kept: [...document.querySelectorAll('canvas')] }); });
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
      await page.waitForFunction(() => document.querySelectorAll('canvas').length === 0 && (window as unknown as { kept: HTMLCanvasElement[] }).kept.every((canvas) => {
        if (canvas.width === 0 || canvas.height === 0) return true;
        const context = canvas.getContext('2d');
        return !context || context.getImageData(0, 0, canvas.width, canvas.height).data.every((value, i) => i % 4 === 3 || value === 0);
      }));
      await context.close();
    });
  });
}

type Where = { readonly origin: Spot; readonly each: Spot };
/** Where the white square lies on the canvas, of which we know where it lies in the picture. */
async function square(page: Page, way: string): Promise<Where> {
  const half = way === 'without one' ? 200 : 218; // half way between it and what lies around, in grays or in values
  const box = await page.evaluate((level) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.vw-port canvas')!;
    const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const white = (x: number, y: number) => data[4 * (y * width + x)]! > level;
    let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (white(x, y)) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    const ratio = width / canvas.clientWidth;
    return { left: left / ratio, right: (right + 1) / ratio, top: top / ratio, bottom: (bottom + 1) / ratio };
  }, half);
  const each = { x: (box.right - box.left) / SQUARE.size, y: (box.bottom - box.top) / SQUARE.size };
  return { each, origin: { x: box.left - SQUARE.x * each.x, y: box.top - SQUARE.y * each.y } };
}
/** The middle of a pixel of the picture, on the canvas. */
function at({ origin, each }: Where, x: number, y: number): Spot {
  return { x: origin.x + (x + 0.5) * each.x, y: origin.y + (y + 0.5) * each.y };
}
async function onPage(page: Page, { x, y }: Spot): Promise<Spot> {
  const box = (await page.locator('.vw-port').first().boundingBox())!;
  return { x: box.x + x, y: box.y + y };
}
const grayAt = (page: Page, spot: Spot) => page.evaluate(({ x, y }) => {
  const canvas = document.querySelector<HTMLCanvasElement>('.vw-port canvas')!;
  const ratio = canvas.width / canvas.clientWidth;
  return canvas.getContext('2d')!.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data[0]!;
}, spot);
/** A hand rests: what it did has been drawn, and what comes next is no double click (Cornerstone waits 400 ms for one). */
const rest = (page: Page) => page.evaluate(async () => {
  for (const start = performance.now(); performance.now() - start < 500;) await new Promise((resolve) => requestAnimationFrame(resolve));
});
/** Fingers set down, moved in ten steps and lifted. */
async function fingers(page: Page, from: readonly Spot[], to: readonly Spot[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', spots: readonly Spot[]) => session.send('Input.dispatchTouchEvent', { type, touchPoints: spots.map(({ x, y }, id) => ({ x, y, id })) });
  await touch('touchStart', from);
  for (let step = 1; step <= 10; step++) await touch('touchMove', from.map(({ x, y }, i) => ({ x: x + (to[i]!.x - x) * step / 10, y: y + (to[i]!.y - y) * step / 10 })));
  await touch('touchEnd', []);
  await session.detach();
}

async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await rest(page);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await rest(page);
  await page.mouse.up();
  await rest(page);
}
async function click(page: Page, { x, y }: Spot): Promise<void> {
  await page.mouse.move(x - 5, y - 5);
  await page.mouse.move(x, y);
  await rest(page);
  await page.mouse.down();
  await page.mouse.up();
  await rest(page);
}
/** The number in the line of a measure, once it is there; off by no more than that part of what is wanted. */
async function near(page: Page, measure: number, pattern: RegExp, wanted: number, part: number): Promise<void> {
  const handle = await page.waitForFunction(([which, source]) => {
    const text = document.querySelectorAll<HTMLElement>('.vw-measure')[which]?.innerText ?? '';
    const found = new RegExp(source, 's').exec(text.replaceAll(',', ''));
    return found ? Number(found[1]) : false;
  }, [measure, pattern.source] as const).catch(async (fault: unknown) => { throw new Error(`${pattern} not in ${await page.locator('.vw-side').innerText()}`, { cause: fault }); });
  const value = Number(await handle.jsonValue());
  assert.ok(Math.abs(value - wanted) <= Math.abs(wanted) * part + 0.05, `${pattern}: ${value}, not ${wanted}`);
}
const letters = (page: Page) => page.evaluate(() => {
  const all = ['n', 'e', 's', 'w'].map((side) => document.querySelector(`.vw-${side}`)?.textContent ?? null);
  return all.includes(null) ? null : all;
});
/** What is drawn is what is said, and nothing has changed for some pictures of the screen. */
const settled = async (page: Page) => {
  await page.waitForFunction(() => /\d/.test(document.querySelector('.vw-bl')?.textContent?.split('of')[1] ?? '') && document.querySelector('.vw-film[hidden]') !== null);
  await page.evaluate(async () => { for (let i = 0; i < 6; i++) await new Promise((resolve) => requestAnimationFrame(resolve)); });
};
