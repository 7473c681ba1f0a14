import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, type Memory, turn } from '../../src/lib/environment.ts';

const be = { country: 'BE', name: 'Studygate België' };
const nl = { country: 'NL', name: 'Studygate Nederland', origin: 'https://nl.studygate.example' };
const fr = { country: 'FR', name: 'Studygate France', origin: 'https://fr.studygate.example' };
const nothing: Memory = { chosen: null, from: null, stay: false };
const told = (visitor: string | null) => ({ here: be, others: [nl, fr], visitor });
const kinds = (visitor: string | null, memory: Partial<Memory> = {}) => {
  const next = turn(told(visitor), { ...nothing, ...memory });
  return next.kind === 'nothing' ? 'nothing' : `${next.kind} ${next.to.country}`;
};

test('who is in another country that has an environment is asked, and nobody else', () => {
  assert.equal(kinds('NL'), 'ask NL');
  assert.equal(kinds('BE'), 'nothing');
  assert.equal(kinds('US'), 'nothing', 'there is nowhere to go to');
  assert.equal(kinds(null), 'nothing');
  assert.deepEqual(turn({ here: null, others: [], visitor: 'NL' }, nothing), { kind: 'nothing' });
});

test('what was chosen for good counts more than where somebody is', () => {
  assert.equal(kinds('NL', { chosen: 'BE' }), 'nothing');
  assert.equal(kinds('BE', { chosen: 'NL' }), 'go NL');
  assert.equal(kinds('NL', { chosen: 'FR' }), 'go FR');
  assert.equal(kinds('NL', { chosen: 'XX' }), 'ask NL', 'an environment that is no more');
});

test('who stays for now is not asked and not sent in this tab', () => {
  assert.equal(kinds('NL', { stay: true }), 'nothing');
  assert.equal(kinds('NL', { stay: true, chosen: 'NL' }), 'nothing');
});

test('who came from another environment finds the way back and is never sent round in a ring', () => {
  assert.equal(kinds('BE', { from: 'NL' }), 'back NL');
  assert.equal(kinds('NL', { from: 'NL', chosen: 'NL' }), 'back NL');
  assert.equal(kinds('BE', { from: 'XX' }), 'nothing', 'only those that our server names');
});

test('an address is one of our list, with a country code and nothing else', () => {
  assert.equal(address(nl, '/professional', 'from', 'BE'), 'https://nl.studygate.example/professional?from=BE');
});
