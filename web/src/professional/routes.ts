import type { ComponentType } from 'preact';
import type { Role } from './session.ts';
import type { Area } from './words.ts';

/** Pages are chunks of their own; one that is not there has neither an address nor an entry in the menu. */
const FILES = import.meta.glob<{ default: ComponentType<{ id: string }> }>('./pages/*.tsx');
const ROOT = '/professional';

export type Route = {
  readonly page: string;
  /** Below `/professional`; `{id}` is one segment. */
  readonly path: string;
  readonly areas: readonly Area[];
  /** Before anybody has signed in. */
  readonly open?: true;
  /** The key of its words in the menu, and who sees it there. */
  readonly menu?: string;
  /** The same where there is little room. */
  readonly short?: string;
  readonly roles?: readonly Role[];
};

const ROUTES: readonly Route[] = [
  { page: 'sign-in', path: '', areas: ['signin'], open: true },
  { page: 'register', path: '/register', areas: ['signin'], open: true },
  { page: 'forgot', path: '/forgot', areas: ['signin'], open: true },
  { page: 'return', path: '/return', areas: ['signin'], open: true },
  { page: 'studies', path: '/studies', areas: [], menu: 'menu.studies' },
  { page: 'study', path: '/studies/{id}', areas: ['lightbox', 'study'] },
  { page: 'access', path: '/studies/{id}/access', areas: ['access', 'desk'] },
  { page: 'print', path: '/print', areas: ['print', 'access', 'signin'] },
  { page: 'share', path: '/share', areas: ['share', 'signin'] },
  { page: 'shares', path: '/shares', areas: ['share', 'signin', 'access', 'desk'], menu: 'menu.shares' },
  { page: 'add', path: '/add', areas: ['signin'], menu: 'menu.add', short: 'menu.add.short' },
  { page: 'desk', path: '/desk', areas: ['desk'], menu: 'menu.desk', roles: ['department-staff', 'department-admin', 'service-desk'] },
  { page: 'sent', path: '/numbers', areas: ['access', 'desk'], menu: 'menu.numbers', roles: ['department-staff', 'department-admin', 'service-desk'] },
  { page: 'glass', path: '/glass', areas: ['access', 'desk'] },
  { page: 'glass', path: '/glass/{id}', areas: ['access', 'desk'] },
  { page: 'copies', path: '/copies', areas: ['copies', 'desk'], menu: 'menu.copies', short: 'menu.copies.short', roles: ['department-staff', 'department-admin', 'service-desk'] },
  { page: 'copies', path: '/copies/{id}', areas: ['copies', 'desk'] },
  { page: 'accounts', path: '/accounts', areas: ['account'], menu: 'menu.accounts', roles: ['service-desk'] },
  { page: 'policy', path: '/policy', areas: ['policy'], menu: 'menu.policy', roles: ['department-admin', 'service-desk'] },
  { page: 'account', path: '/account', areas: ['account', 'signin'], menu: 'menu.account', short: 'menu.account.short' },
];

const built = ROUTES.filter(({ page }) => `./pages/${page}.tsx` in FILES);

export function menu(role: Role): readonly Route[] {
  return built.filter((route) => route.menu && (!route.roles || route.roles.includes(role)));
}

export function address(route: Route): string {
  return ROOT + route.path;
}

export function find(path: string): { readonly route: Route; readonly id: string } | null {
  for (const route of built) {
    const [before, behind] = address(route).split('{id}');
    const id = behind === undefined ? '' : path.slice(before!.length, path.length - behind.length);
    if (behind === undefined ? path === before : path.startsWith(before!) && path.endsWith(behind) && /^[0-9a-z]+$/.test(id)) return { route, id };
  }
  return null;
}

export async function component(route: Route): Promise<ComponentType<{ id: string }>> {
  return (await FILES[`./pages/${route.page}.tsx`]!()).default;
}

/** While nothing else is to be done, what comes next is fetched. */
export function ahead(page: string): void {
  const idle = 'requestIdleCallback' in window ? requestIdleCallback : (then: () => void) => setTimeout(then, 2000);
  idle(() => void FILES[`./pages/${page}.tsx`]?.().catch(() => undefined));
}
