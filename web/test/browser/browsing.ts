// The built pages in a real browser, on a server that says what a test wants: what the tests of pages share.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { RULES } from '../../src/lib/rules.ts';
import type { Catalogue } from '../../src/lib/words.ts';
import { Stub } from './stub.ts';

const CATALOGUES = new URL('../../../shared/src/main/resources/org/studygate/i18n/', import.meta.url);
/** The department's own comes last, so that the next state begins in it. */
const LANGUAGES = [...readdirSync(CATALOGUES).filter((language) => language !== 'nl'), 'nl'];

/** What patients read comes last: where two rooms have the same key, it is theirs. */
const ROOMS = [...readdirSync(new URL('en/', CATALOGUES)).map((file) => file.replace('.json', '')).filter((room) => room !== 'language' && room !== 'notice'), 'pages', 'payment', 'study'];

/** What is counted here is counted in digits of a pincode. */
export const words = Object.fromEntries(LANGUAGES.map((language) => [language, Object.fromEntries(ROOMS.flatMap((room) =>
  Object.entries(JSON.parse(readFileSync(new URL(`${language}/${room}.json`, CATALOGUES), 'utf8')) as Catalogue)
    .map(([key, entry]) => [key, typeof entry === 'string' ? entry : (entry.other ?? '').replace('{n}', String(RULES.pincodeDigits))])))])) as
  Record<string, Record<string, string>>;

export const department = {
  id: 'noord', name: 'Radiologie', hospital: 'Ziekenhuis Noord', phone: '+32 3 123 45 67', email: 'radiologie@noord.example',
  website: 'https://noord.example', address: 'Lindelaan 1, 2000 Antwerpen', languages: ['nl', 'en'], conditionsVersion: '1',
};
export type Opened = { context: BrowserContext; page: Page; faults: string[]; foreign: string[]; addresses: string[] };

/** One browser and one server for all tests of a file. Loopback only. */
export class Browsing {
  readonly stub = new Stub();
  #base = '';
  #browser: Browser | null = null;
  readonly #args: readonly string[];

  /** `args` besides, of the browser. */
  constructor(args: readonly string[] = []) {
    this.#args = args;
  }

  async begin(): Promise<string> {
    assert.ok(existsSync(new URL('../../dist/pay.html', import.meta.url)), 'npm run build comes first');
    this.#base = await this.stub.open();
    // the cache that Back takes a page from whole is part of what is tested; the library switches it off
    this.#browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', ...this.#args], ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    return this.#base;
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    await this.stub.close();
  }

  async open(options: object = {}): Promise<Opened> {
    const context = await this.#browser!.newContext({ locale: 'nl-BE', viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const opened: Opened = { context, page, faults: [], foreign: [], addresses: [] };
    page.on('pageerror', (error) => opened.faults.push(String(error)));
    page.on('console', (line) => { if (line.type() === 'error' && !/status of [45]\d\d/.test(line.text())) opened.faults.push(line.text()); });
    page.on('framenavigated', (frame) => opened.addresses.push(frame.url()));
    page.on('request', (request) => { if (new URL(request.url()).origin !== this.#base) opened.foreign.push(request.url()); });
    return opened;
  }
}

const AXE = readFileSync(createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
type Ran = { readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] };

/** A page that is frozen, as in the cache that Back takes pages from, never answers what it was asked: no state waits for ever. */
async function within<T>(state: string, asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`the page does not answer: ${state}`)), 60_000); });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** The focus comes to what has this id, or to such an element: a moment after the page is drawn. */
export async function focused(page: Page, what: string): Promise<void> {
  await page.waitForFunction((wanted) => [document.activeElement?.id, document.activeElement?.tagName].includes(wanted), what);
}

/** Light with all rules; then the same elements in other colours, where only the contrast is new. */
export async function fair(page: Page, state: string): Promise<void> {
  await page.evaluate(`${AXE};0`);
  for (const [colorScheme, runOnly] of [['light', TAGS], ['dark', ['color-contrast']]] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await within(`axe, ${state}`, page.evaluate((only) => (window as unknown as { axe: { run: (options: object) => Promise<Ran> } }).axe.run({
      runOnly: only, resultTypes: ['violations'],
    }), runOnly));
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), [], `axe: ${state}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

export async function everyLanguage(page: Page, state: string, heading: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const language of LANGUAGES) {
    const seen = await within(`${state} in ${language}`, page.evaluate(async (code) => {
      document.querySelector<HTMLElement>(`#language button[lang=${code}]`)!.click();
      while (document.documentElement.lang !== code || document.querySelector('#language button[aria-current]')?.getAttribute('lang') !== code) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      const root = document.documentElement;
      return { heading: document.querySelector('main h1')?.textContent, text: document.body.textContent, wide: root.scrollWidth - root.clientWidth };
    }, language));
    assert.equal(seen.heading, words[language]![heading], `${state} in ${language}`);
    assert.ok(!/\{\w+\}|undefined|NaN|\bnull\b/.test(seen.text), `${state} in ${language} has a hole`);
    assert.ok(!/(frame|error|pay|payment|pincode|help|entrance|code)\.[a-z]+\b(?!\.example)/.test(seen.text.replace(/checkout\.\w+/g, '')), `${state} in ${language} lacks a word`);
    for (const key of Object.keys(words[language]!)) assert.ok(!key.includes('.') || !seen.text.includes(key), `${state} in ${language} says ${key}`);
    assert.ok(seen.wide <= 0, `${state} in ${language} is ${seen.wide} px too wide`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
}

export async function shots(page: Page, state: string): Promise<void> {
  const folder = process.env['STUDYGATE_SHOTS'];
  if (!folder) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [[390, 844], [844, 390], [1440, 900]] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${folder}/${state.replace(/\W+/g, '-')}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
}

export const heading = (page: Page, key: string) => page.locator('main h1', { hasText: words['nl']![key]! }).waitFor();

