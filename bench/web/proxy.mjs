// A slow line: a forward proxy with a delay a request and one bucket of bytes for all answers. DevTools' own throttling
// does not slow the fetches of workers; this does. Text is compressed as CloudFront does it, since the local gateway does not.
import { createServer, request } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';

const CHUNK = 4096;
/** Of pages and assets; answers of the API have no cache policy that lets CloudFront compress them. */
const PACKED = /^(text\/|application\/(javascript|json|manifest)|image\/svg)/;

/** @param {{ bitsPerSecond: number, delay: number }} line */
export async function slowLine({ bitsPerSecond, delay }) {
  let free = 0; // when the line is free again
  const pass = (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes * 8000) / bitsPerSecond;
    return Math.max(0, free - now);
  };
  const throttle = () => new Transform({
    transform(chunk, _, done) {
      const parts = [];
      for (let at = 0; at < chunk.length; at += CHUNK) parts.push(chunk.subarray(at, at + CHUNK));
      const next = () => {
        const part = parts.shift();
        if (!part) return done();
        setTimeout(() => { this.push(part); next(); }, pass(part.length));
      };
      next();
    },
  });
  const log = [];
  /** Pages of a bench itself, by path: they come over the same line. */
  const shelf = new Map();
  const server = createServer((incoming, outgoing) => {
    const address = new URL(incoming.url);
    const asked = performance.now();
    const give = (status, given, answer) => {
      const headers = { ...given };
      const packed = !address.pathname.startsWith('/api/') && PACKED.test(headers['content-type'] ?? '')
        && !headers['content-encoding'] && /gzip/.test(incoming.headers['accept-encoding'] ?? '');
      if (packed) {
        headers['content-encoding'] = 'gzip';
        delete headers['content-length'];
      }
      outgoing.writeHead(status, headers);
      const body = packed ? answer.pipe(createGzip({ level: 6 })) : answer;
      let bytes = 0;
      body.on('data', (chunk) => { bytes += chunk.length; });
      outgoing.on('finish', () => log.push({ path: address.pathname, asked, done: performance.now(), bytes }));
      body.pipe(throttle()).pipe(outgoing);
    };
    setTimeout(() => {
      const shelved = shelf.get(address.pathname);
      if (shelved) return give(200, { 'content-type': shelved.type, 'cache-control': 'max-age=3600' }, Readable.from([shelved.body]));
      const onward = request(address, { method: incoming.method, headers: incoming.headers }, (answer) => give(answer.statusCode, answer.headers, answer));
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    }, delay);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { port: server.address().port, log, shelf, close: () => { server.closeAllConnections(); server.close(); } };
}
