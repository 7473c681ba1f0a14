// Lets `node --test` read our TypeScript: the types are taken off by the transformer that Vite brings.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
