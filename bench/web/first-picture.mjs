// From the last answer of the login to a complete picture, on the "phone" of docs/performance.md.
import { phone, Stack, type } from '../../local/journey/stack.mjs';
import { slowLine } from './proxy.mjs';

const BAR_MS = 1000;
const rounds = Math.min(9, Number(process.argv[2] ?? 5));
const slower = Number(process.argv[3] ?? 4);
const line = await slowLine({ bitsPerSecond: 9_000_000, delay: 85 });
const stack = new Stack();
try {
  await stack.start([`--proxy-server=http://127.0.0.1:${line.port}`, '--proxy-bypass-list=<-loopback>']);
  const patients = await stack.patients();
  const medians = [];
  for (const [name, who, birth, to] of [
    ['CT of 300 slices, code by SMS', patients[0], ['7', '3', '1958'], '+32470123456'],
    ['two exams, date of birth only', patients[1], ['30', '11', '1974'], null],
  ]) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      await stack.post('/local/clock', { advance: 'PT61M' }); // codes are counted by the hour, ten a day
      const { context, page } = await stack.open(phone); // a browser that has seen nothing yet
      const cdp = await context.newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
      await page.addInitScript(() => {
        new MutationObserver(() => {
          const image = document.querySelector('img.lb-picture');
          if (image?.complete && image.naturalWidth > 0 && !('shownAt' in window)) window.shownAt = Date.now();
        }).observe(document, { subtree: true, childList: true, attributes: true });
      });
      let answered = 0;
      page.on('response', (response) => {
        if (!/\/api\/patient\/(login|otp\/verify)$/.test(response.url())) return;
        const { startTime, responseStart } = response.request().timing();
        answered = startTime + responseStart;
        line.log.length = 0;
      });
      await page.goto(`${stack.base}/?d=${who.department}`);
      await page.waitForSelector('#reference');
      const seen = to && await stack.sent(to);
      await type(page, who.number, birth);
      if (to) {
        await page.waitForSelector('#code');
        await page.fill('#code', await stack.lastCode(to, seen));
      }
      if (to) await page.click('button[type=submit]');
      await page.waitForFunction(() => 'shownAt' in window, undefined, { polling: 50 });
      times.push(Math.round(await page.evaluate(() => window.shownAt) - answered));
      if (round === rounds - 1) {
        const start = line.log.find(({ path }) => path === '/study')?.asked ?? 0;
        for (const { path, asked, done, bytes } of line.log) {
          console.log(`    ${String(Math.round(asked - start)).padStart(5)} to ${String(Math.round(done - start)).padStart(5)} ms ${String(bytes).padStart(7)} bytes  ${path.replace(/[\w.]{24,}/g, '…')}`);
        }
      }
      await context.close();
    }
    times.sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)];
    medians.push(median);
    console.log(`${name}: median ${median} ms of ${rounds} (${times.join(', ')}), bar ${BAR_MS}`);
  }
  process.exitCode = medians.every((median) => median < BAR_MS) ? 0 : 1;
} finally {
  await stack.stop();
  line.close();
}
