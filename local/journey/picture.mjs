// The picture of README.md: the entrance and a study, photographed on a phone and laid side by side.
import { statSync, writeFileSync } from 'node:fs';
import { phone, Stack, type } from './stack.mjs';

const LARGEST = 200_000;
const file = process.argv[2];
const stack = new Stack();
try {
  await stack.start();
  const { context, page } = await stack.open({ ...phone, locale: 'en-GB', colorScheme: 'light' });
  const [who] = await stack.patients();
  const to = '+32470123456';
  await page.goto(`${stack.base}/?d=noord`);
  await page.click('#notice button');
  await page.fill('#reference', who.number);
  const shots = [await page.screenshot()];
  const seen = await stack.sent(to);
  await type(page, who.number, ['7', '3', '1958']);
  await page.waitForSelector('#code');
  await page.fill('#code', await stack.lastCode(to, seen));
  shots.push(await page.screenshot());
  await page.click('button[type=submit]');
  await page.getByText('Image 151 of 300').waitFor();
  await page.waitForSelector('canvas.lb-picture[data-grade=medium]');
  shots.push(await page.screenshot());
  await context.close();

  const paper = await stack.browser.newPage({ viewport: { width: 3 * 390 + 4 * 32, height: 844 + 64 }, deviceScaleFactor: 0.75 });
  await paper.setContent(`<style>
      body { margin: 0; display: flex; gap: 32px; padding: 32px; background: #dfe6e5 }
      img { width: 390px; height: 844px; border-radius: 28px; box-shadow: 0 0 0 6px #14282d }
    </style>${shots.map((shot) => `<img alt="" src="data:image/png;base64,${shot.toString('base64')}">`).join('')}`);
  await paper.waitForFunction(() => [...document.images].every((image) => image.complete));
  writeFileSync(file, await paper.screenshot({ type: 'png' }));
  const { size } = statSync(file);
  console.log(`${file}: ${Math.round(size / 1000)} kB`);
  if (size > LARGEST) throw new Error(`${file} is larger than ${LARGEST / 1000} kB`);
} finally {
  await stack.stop();
}
