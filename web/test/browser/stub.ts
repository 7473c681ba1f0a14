// The built pages behind the headers of template.yaml, and an API that says what a test wants it to say.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const DIST = new URL('../../dist/', import.meta.url);
const TYPES: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', wasm: 'application/wasm' };
const TEMPLATE = readFileSync(new URL('../../../template.yaml', import.meta.url), 'utf8');
const policyOf = (resource: string) => new RegExp(`^  ${resource}:[^]*?ContentSecurityPolicy: (?:!Sub )?"([^"]+)"`, 'm').exec(TEMPLATE)![1]!.replace(/ https:\/\/\$\{[^}]+\}/g, '');
const [POLICY, DECODER] = [policyOf('PageHeaders'), policyOf('DecoderHeaders')];
const WITHIN = /^\/professional\/[a-z]+(\/[0-9a-z]+(\/access)?)?$/;
const LONGEST_BODY = 10_000;

export type Said = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };
export type Call = { readonly path: string; readonly body: string; readonly key?: string };

/** Loopback only, on a port of the system's choice. `say` is asked for each call of the API. */
export class Stub {
  readonly calls: Call[] = [];
  /** What lies before and behind the pages of a test. */
  behind: ReadonlySet<string> = new Set(['/provider', '/study']);
  say: (path: string, body: string, query: URLSearchParams) => Said | Promise<Said> = () => ({ status: 404 });
  /** Objects of a store, read whole or in part; a status instead is what the store says of that one. */
  readonly objects = new Map<string, Uint8Array | number>();
  readonly ranges: { readonly path: string; readonly first: number; readonly last: number }[] = [];
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
    if (pathname.startsWith('/api/')) {
      const body = await text(request);
      const path = `${request.method} ${pathname}`;
      const key = request.headers['idempotency-key'];
      this.calls.push({ path, body, ...(typeof key === 'string' ? { key } : {}) });
      const said = await this.say(path, body, searchParams);
      response.writeHead(said.status, { 'content-type': said.status < 400 ? 'application/json' : 'application/problem+json', ...said.headers });
      response.end(said.body === undefined ? '' : JSON.stringify(said.body));
      return;
    }
    const object = this.objects.get(pathname);
    if (object !== undefined) {
      if (typeof object === 'number') {
        response.writeHead(object).end();
        return;
      }
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [null, '0', String(object.length - 1)];
      const [first, last] = [Number(from), Math.min(to ? Number(to) : Infinity, object.length - 1)];
      this.ranges.push({ path: pathname, first, last });
      response.writeHead(request.headers.range ? 206 : 200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store',
        'content-length': last - first + 1, ...(request.headers.range ? { 'content-range': `bytes ${first}-${last}/${object.length}` } : {}) });
      response.end(object.subarray(first, last + 1));
      return;
    }
    if (this.behind.has(pathname)) {
      response.writeHead(200, { 'content-type': TYPES['html'] });
      response.end(`<!doctype html><html lang="en"><title>${pathname}</title><h1>${pathname}</h1><a href="/payment?d=noord&back=done">Back</a>`);
      return;
    }
    const name = pathname === '/' ? 'index.html' : WITHIN.test(pathname) ? 'professional.html' : pathname.includes('.') ? pathname.slice(1) : `${pathname.slice(1)}.html`;
    try {
      const file = await readFile(new URL(name, DIST));
      response.writeHead(200, { 'content-type': TYPES[name.split('.').pop()!] ?? 'application/octet-stream', 'content-security-policy': name.startsWith('assets/decodeImageFrameWorker-') ? DECODER : POLICY,
        'cache-control': name.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache' });
      response.end(file);
    } catch {
      response.writeHead(404, { 'content-type': TYPES['html'] });
      response.end(await readFile(new URL('404.html', DIST)));
    }
  }
}

async function text(request: IncomingMessage): Promise<string> {
  let all = '';
  for await (const part of request) {
    all += String(part);
    if (all.length > LONGEST_BODY) throw new Error('a page sends too much');
  }
  return all;
}
