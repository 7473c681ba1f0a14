// Builds the page of main.js: for the figures only, the pages of Studygate have nothing of it.
import { fileURLToPath } from 'node:url';
import { build } from '../../../web/node_modules/vite/dist/node/index.js';

/** Readers of other formats, which die in a bundle or are never called; the same for what draws with WebGPU. */
const unused = {
  name: 'unused', enforce: 'pre',
  resolveId: (id) => (/vtk\.js\/(IO|Rendering\/WebGPU\/Profiles)\b|\/IO\/(XML|Misc|Geometry|Core)\//.test(id) ? '\0unused' : null),
  load: (id) => (id === '\0unused' ? 'export default {}; export const vtkXMLPolyDataReader = {};' : null),
};

export async function built(folder) {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)), base: '/cornerstone/', configFile: false, logLevel: 'error', plugins: [unused],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' }, worker: { format: 'es' },
  });
}
