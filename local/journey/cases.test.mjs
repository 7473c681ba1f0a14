// The cases alone, on a system without the demo: node --test local/journey/cases.test.mjs
import { after, before } from 'node:test';
import { cases } from './cases.mjs';
import { Stack } from './stack.mjs';

const stack = new Stack();
before(() => stack.serve('--empty'));
after(() => stack.stop());
cases(stack);
