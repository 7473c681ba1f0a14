/**
 * What a provider gave along on the way back. It leaves the address before anything else is done or asked for, so that no
 * history and no other page has it; whoever hands it to the server takes it, once.
 */
export type Brought = { readonly code: string; readonly state: string; readonly stopped: boolean };

let brought: Brought | null = null;

if (location.pathname.replace(/\/+$/, '') === '/professional/return') {
  const query = new URLSearchParams(location.search);
  brought = { code: query.get('code') ?? '', state: query.get('state') ?? '', stopped: query.has('error') };
  history.replaceState(null, '', location.pathname);
}

export function take(): Brought | null {
  const taken = brought;
  brought = null;
  return taken;
}
