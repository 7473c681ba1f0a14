// Browsers that lack what the pages need, played by a new one that forgets it: they are told so, and where newer ones are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browsing } from './browsing.ts';

const browsing = new Browsing();
let base: string;

before(async () => {
  base = await browsing.begin();
  browsing.stub.say = () => ({ status: 401, body: { code: 'session-ended' } });
});
after(() => browsing.end());

const lacks: Readonly<Record<string, () => void>> = {
  'no modules': () => { delete (HTMLScriptElement.prototype as { noModule?: boolean }).noModule; },
  'no dialogs': () => { delete (HTMLDialogElement.prototype as { showModal?: () => void }).showModal; },
  'no time limits': () => { delete (AbortSignal as { timeout?: unknown }).timeout; },
};

for (const path of ['/', '/professional']) {
  for (const [lack, forget] of Object.entries(lacks)) {
    test(`${path}: a browser with ${lack} is told so in every language`, async () => {
      const { context, page, foreign } = await browsing.open();
      await page.route('**/assets/*.js', (route) => route.abort()); // it could not read them
      await page.addInitScript(forget);
      await page.goto(base + path);
      await page.locator('#old p', { hasText: 'Deze browser is te oud' }).waitFor();
      assert.equal(await page.locator('#old p').count(), 7);
      assert.deepEqual(await page.locator('#old a').evaluateAll((all) => all.map((one) => [one.textContent, new URL((one as HTMLAnchorElement).href).protocol])),
        ['Firefox', 'Edge', 'Chrome', 'Safari'].map((name) => [name, 'https:']));
      assert.deepEqual(foreign, []);
      await context.close();
    });
  }
  test(`${path}: a browser of today is told nothing`, async () => {
    const { context, page } = await browsing.open();
    await page.goto(base + path);
    await page.waitForLoadState('networkidle');
    assert.doesNotMatch(await page.locator('body').innerText(), /te oud/);
    await context.close();
  });
}
