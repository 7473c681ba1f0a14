import type { Department } from '../lib/answers.ts';
import { getPublic } from '../lib/api.ts';

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
