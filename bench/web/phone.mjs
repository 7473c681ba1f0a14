// A phone on a slow line, from the entrance to the first picture: what the benches of pictures share.
import { phone, type } from '../../local/journey/stack.mjs';
import { slowLine } from './proxy.mjs';

export const slowPhoneLine = () => slowLine({ bitsPerSecond: 9_000_000, delay: 85 });
export const through = (line) => [`--proxy-server=http://127.0.0.1:${line.port}`, '--proxy-bypass-list=<-loopback>'];

/** Signs in with a browser that has seen nothing yet. `first` is how long after the last answer of the login a picture was drawn. */
export async function firstPicture(stack, line, { who, birth, to, slower }) {
  await stack.post('/local/clock', { advance: 'PT61M' }); // codes are counted by the hour, ten a day
  const { context, page } = await stack.open(phone);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('canvas.lb-picture[data-grade]')) return;
      window.shownAt = Date.now();
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-grade'] });
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
    await page.click('button[type=submit]');
  }
  await page.waitForFunction(() => 'shownAt' in window, undefined, { polling: 50 });
  return { context, page, answered, first: Math.round(await page.evaluate(() => window.shownAt) - answered) };
}

export const middle = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
