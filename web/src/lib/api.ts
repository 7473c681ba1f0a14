/** The one door to the server. What can go wrong is a value; nothing here throws. */
export type Answer<T> =
  | { kind: 'ok'; value: T; link?: string | null }
  | { kind: 'refused'; code: string | null; parameter?: unknown; errors?: readonly Fault[]; bucket?: unknown }
  | { kind: 'missing' }
  | { kind: 'slow-down'; seconds: number }
  | { kind: 'unreachable'; code: string | null };

/** What is wrong with a field, of several that are told at once. */
export type Fault = { readonly field: string; readonly code: string };
type Problem = { code: string | null; parameter?: unknown; errors?: readonly Fault[]; bucket?: unknown };
const NOTHING: Problem = { code: null };
const PATIENCE_MS = 20_000;

export function get<T>(path: string): Promise<Answer<T>> {
  // CloudFront keeps Accept-Encoding to itself, which every browser sends
  return ask(path, { method: 'GET', cache: 'no-store', headers: { 'X-Accept-Encoding': 'gzip' } });
}

/** What is the same for everybody may come from the browser's cache for as long as the server says. */
export function getPublic<T>(path: string): Promise<Answer<T>> {
  return ask(path, { method: 'GET' });
}

export function post<T>(path: string, body: object = {}): Promise<Answer<T>> {
  return change('POST', path, body);
}

export function change<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body: object = {}, more: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
  return ask(path, {
    method,
    cache: 'no-store',
    headers: { 'Content-Type': 'application/json', 'X-Studygate': '1', ...more },
    body: JSON.stringify(body),
  });
}

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      ...init, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) {
      const text = await response.text();
      return { kind: 'ok', value: (text === '' ? {} : JSON.parse(text)) as T, link: response.headers.get('Link') };
    }
    if (response.status === 429) {
      return { kind: 'slow-down', seconds: seconds(response.headers.get('Retry-After')) };
    }
    if (response.status === 404) return { kind: 'missing' };
    return { ...await problem(response), kind: response.status >= 500 ? 'unreachable' : 'refused' };
  } catch {
    return { kind: 'unreachable', code: null };
  }
}

/** Which of the known problems it is, and of what; its title is not for people. */
async function problem(response: Response): Promise<Problem> {
  try {
    const told = await response.json() as Problem;
    return typeof told.code === 'string' ? told : NOTHING;
  } catch {
    return NOTHING;
  }
}

function seconds(header: string | null): number {
  const value = Number(header);
  return Number.isFinite(value) && value > 0 ? Math.ceil(value) : 60;
}
