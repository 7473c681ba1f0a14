import type { Department, Desk } from '../lib/answers.ts';
import { getPublic } from '../lib/api.ts';

/** What there is to choose from, and the environment's own help. */
export type Listed = {
  readonly departments: readonly { readonly id: string; readonly name: string; readonly hospital: string }[];
  readonly serviceDesk?: Desk | null;
};

/** The department that the address names: an id, nothing personal. */
export function named(): string | null {
  const id = new URLSearchParams(location.search).get('d');
  return id !== null && /^[a-z0-9-]{2,32}$/.test(id) ? id : null;
}

export async function department(): Promise<Department | null> {
  const id = named();
  if (id === null) return null;
  const answer = await getPublic<Department>(`/api/departments/${id}`);
  return answer.kind === 'ok' ? answer.value : null;
}
