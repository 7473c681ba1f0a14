import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, provider } from '../../src/professional/sign/steps.ts';

test('a provider is an address of TLS or of this machine, without a password in it', () => {
  assert.equal(provider('https://idp.example/authorize?a=b'), 'https://idp.example/authorize?a=b');
  assert.equal(provider('http://127.0.0.1:8085/authorize'), 'http://127.0.0.1:8085/authorize');
  assert.equal(provider('http://localhost:8085/authorize'), 'http://localhost:8085/authorize');
  for (const wrong of ['http://idp.example/', 'http://127.0.0.1.evil.example/', 'http://localhost.evil.example/', 'https://user@idp.example/', 'https://:pass@idp.example/',
    'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example', '/professional', '', 'https://']) assert.equal(provider(wrong), null, wrong);
});

test('the wait for another code is told in whole seconds and never longer than the rule', () => {
  const now = Date.parse('2026-11-27T10:00:00Z');
  assert.equal(pause('2026-11-27T10:00:30.200Z', now, 60), 31);
  assert.equal(pause('2026-11-27T09:59:00Z', now, 60), 0);
  assert.equal(pause('2026-11-27T11:00:00Z', now, 60), 60, 'a clock that is wrong');
  assert.equal(pause(null, now, 60), 0);
  assert.equal(pause('soon', now, 60), 0);
});
