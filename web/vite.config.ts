import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type Rollup } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const catalogues = here('../shared/src/main/resources/org/studygate/i18n');
const pages = ['index', 'code', 'pay', 'payment', 'pincode', 'wait', 'study', 'report', 'document', 'ended', 'help', 'conditions', '404', 'professional'];
const exams = ['study', 'report'];
/** The pages of a code become the study themselves (src/ui/enter.ts). */
const withStyles: Readonly<Record<string, readonly string[]>> = {
  study: exams, code: exams, report: ['report'], document: ['report'], pay: ['payment'], payment: ['payment'], pincode: ['payment', ...exams], main: ['professional'],
};
/** What a page's script asks for first: the browser asks while it still reads the script. */
const asked: Readonly<Record<string, readonly string[]>> = { study: ['/api/session'], main: ['/api/session'] };

/** What those read who have switched scripts off, in every language: English first, as the heading is. */
const noscript = readdirSync(catalogues)
  .map((code) => ({ code, ...JSON.parse(readFileSync(`${catalogues}/${code}/language.json`, 'utf8')) as { place: number; noscript: string } }))
  .sort((one, other) => (one.code === 'en' ? -1 : other.code === 'en' ? 1 : one.place - other.place))
  .map(({ code, noscript: sentence }) => `<p lang="${code}">${sentence}</p>`).join('\n          ');

/** Every page is the same frame around its own script: the HTML files name the script and nothing else. */
const frame: Plugin = {
  name: 'frame',
  transformIndexHtml: {
    order: 'pre',
    handler(html) {
      const [script, page] = /src\/(?:pages|professional)\/(\w+)\.tsx?/.exec(html) ?? [];
      if (script === undefined || page === undefined) throw new Error('a page names no script');
      const first = (asked[page] ?? []).map((path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`).join('');
      const styles = (withStyles[page] ?? []).map((own) => `<link rel="stylesheet" href="/styles/${own}.css">`).join('');
      return readFileSync(here('src/frame.html'), 'utf8')
        .replace('/src/PAGE', `/${script}`)
        .replace('<!-- styles of the page -->', first + styles)
        .replace('<!-- in every language -->', noscript);
    },
  },
};

/** Whoever types a number or a code will look at a study: its scripts and styles are fetched meanwhile. */
const ahead: Plugin = {
  name: 'ahead',
  transformIndexHtml: {
    order: 'post',
    handler(html, { path, bundle }) {
      if (!bundle || !/^\/(index|code|pincode)\.html$/.test(path)) return;
      const study = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === 'study');
      if (study?.type !== 'chunk') throw new Error('the study page has no script');
      const parts = withImports(bundle, study.fileName);
      const styles = parts.flatMap((file) => { const part = bundle[file]; return part?.type === 'chunk' ? [...part.viteMetadata?.importedCss ?? []] : []; });
      const worker = Object.keys(bundle).filter((file) => /\/film\.worker-[\w-]+\.js$/.test(file));
      return [...new Set([...parts, ...worker, ...styles])].filter((file) => !html.includes(file)).map((file) => ({
        tag: 'link', injectTo: 'head' as const,
        attrs: { rel: 'prefetch', href: `/${file}`, as: file.endsWith('.css') ? 'style' : 'script' },
      }));
    },
  },
};

/** What professionals' pages set anew comes after what all pages share; a build puts the shared styles last. */
const own: Plugin = {
  name: 'own',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const link = /\n *<link rel="stylesheet"[^>]*\/professional-[\w-]+\.css">/.exec(html)?.[0];
      return link ? html.replace(link, '').replace('\n  </head>', `${link}\n  </head>`) : html;
    },
  },
};

function withImports(bundle: Rollup.OutputBundle, file: string, seen: string[] = []): string[] {
  const part = bundle[file];
  if (part?.type !== 'chunk' || seen.includes(file)) return seen;
  seen.push(file);
  for (const one of part.imports) withImports(bundle, one, seen);
  return seen;
}

/** Cornerstone writes a style into markup, which our policy refuses; set as a property it says the same. */
const styled: Plugin = {
  name: 'styled',
  transform(code, id) {
    if (!/@cornerstonejs\/tools\/dist\/esm\/drawingSvg\/drawTextBox\.js/.test(id)) return null;
    const set = code.replaceAll("textElement.setAttribute('style', combinedStyle)", 'textElement.style.cssText = combinedStyle');
    if (set === code) throw new Error('Cornerstone draws its words in another way now');
    return { code: set, map: null };
  },
};

export default defineConfig({
  plugins: [frame, ahead, own, styled],
  resolve: { alias: { '@catalogues': catalogues, events: 'events/', url: 'url/' } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the CSP allows no data: but pictures
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.txt' }, // of everything of others that is in the pages
    rollupOptions: {
      // what every page begins with is one piece: many small ones pack worse
      output: { codeSplitting: { groups: [
        { name: 'base', test: /src\/(lib\/(api|dom|languages|words|typed|rules|noticed)|ui\/icons)\.ts$/ },
        { name: 'typing', test: /src\/lib\/(birthdate|reference)\.ts$/ },
      ] } },
      input: Object.fromEntries(pages.map((page) => [page, here(`${page}.html`)])),
    },
  },
});
