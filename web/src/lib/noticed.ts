const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** Whether a notice is to be shown: once a month, and after what it tells of has changed. What is kept is a version and a day. */
export function due(name: string, version: string, now: number): boolean {
  try {
    const [seen, at] = (localStorage.getItem(name) ?? '').split('|');
    return seen !== version || !(now - Number(at) < MONTH_MS);
  } catch {
    return false; // a browser that keeps nothing would show it on every page
  }
}

export function noticed(name: string, version: string, now: number): void {
  try {
    localStorage.setItem(name, `${version}|${now}`);
  } catch {
    // shown again on the next page
  }
}
