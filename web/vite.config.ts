import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const pages = ['index', 'code', 'wait', 'study', 'ended', 'help', 'conditions', '404'];

export default defineConfig({
  resolve: { alias: { '@catalogues': here('../shared/src/main/resources/org/studygate/i18n') } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the CSP allows no data: but pictures
    modulePreload: { polyfill: false },
    rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, here(`${page}.html`)])) },
  },
});
