import type { Answer } from '../lib/api.ts';
import { h, icon } from '../lib/dom.ts';
import { ICONS } from './icons.ts';
import { placeIn } from './place.ts';

/** Pages that somebody may leave for help and come back to; an address names no other. */
const STEPS: ReadonlySet<string> = new Set(['code', 'pay', 'payment', 'pincode']);

/** What a link takes of the page on which it stands. */
interface Around {
  address(path: string): string;
  t(key: string): string;
}

/** The page that is shown now, as Help is told of it. */
export function here(): string | null {
  const name = location.pathname.slice(1).replace(/\.html$/, '');
  return STEPS.has(name) ? name : null;
}

/** Back leads to the exam, and to the picture that was looked at, while somebody is signed in, else to the step that was left, else to the entrance. */
export async function wayBack(session: Promise<Answer<unknown>>): Promise<{ link: (page: Around) => HTMLElement }> {
  const open = (await session).kind === 'ok';
  const asked = new URLSearchParams(location.search).get('back');
  const step = asked !== null && STEPS.has(asked) ? asked : null;
  const [path, key] = open ? ['/study', 'help.exam'] : [`/${step ?? ''}`, step ? 'help.back' : 'restart'];
  const place = open && placeIn(location.hash)?.series ? location.hash : '';
  return { link: (page) => h('a', { class: 'sg-link', href: page.address(path) + place }, icon(ICONS.previous, 20), page.t(key)) };
}
