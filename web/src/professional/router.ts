import { signal } from '@preact/signals';

/** Where the reader is. Addresses hold what harms nobody: no name, no number of a patient. */
export type Place = { readonly path: string; readonly query: string };

const ROOT = '/professional';

export const place = signal<Place>(now());

/** Whoever has typed something that is not saved is asked before another page takes its place. */
export const guard: { ask: ((onward: () => void) => void) | null } = { ask: null };

/** Moves on without another document. Elsewhere than within our own pages nobody is sent. */
export function go(address: string, how: 'push' | 'replace' = 'push'): void {
  const url = new URL(address, location.origin);
  if (!ours(url)) return;
  if (guard.ask && url.pathname !== place.value.path) return guard.ask(() => go(address, how));
  const next = url.pathname + url.search;
  if (next === location.pathname + location.search) how = 'replace';
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', next);
  place.value = now();
}

/** The same page with another query: what is filtered by, not a step that Back would take back one by one. */
export function requery(query: string): void {
  go(location.pathname + (query && `?${query}`), 'replace');
}

export function begin(): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    const to = now();
    if (!guard.ask || to.path === place.value.path) {
      place.value = to;
      return;
    }
    history.pushState(null, '', place.value.path + place.value.query);
    guard.ask(() => go(to.path + to.query));
  });
  document.addEventListener('click', follow);
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.hash || !ours(new URL(link.href, location.href))) return;
  event.preventDefault();
  go(link.href);
}

export function ours(url: URL): boolean {
  return url.origin === location.origin && (url.pathname === ROOT || url.pathname.startsWith(`${ROOT}/`));
}

function now(): Place {
  return { path: location.pathname.replace(/(.)\/+$/, '$1'), query: location.search };
}
