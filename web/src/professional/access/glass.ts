import { visit } from '../session.ts';

/** Only these may open what nothing gives them, and say why. */
export function breaksGlass(): boolean {
  const role = visit.value?.professional?.role;
  return role === 'department-staff' || role === 'department-admin' || role === 'service-desk';
}
