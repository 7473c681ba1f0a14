// The browser tools are dependencies of the pages: one lock file holds them.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
export const { chromium } = require('playwright-core');
export const { AxeBuilder } = require('@axe-core/playwright');
