import type { Department } from '../lib/answers.ts';
import { type Child, h } from '../lib/dom.ts';
import { inLanguage } from '../lib/payment.ts';
import type { Words } from '../lib/words.ts';

const KINDS = ['privacy', 'accessibility', 'imprint'] as const;

type Said = { readonly kind: typeof KINDS[number]; readonly text: string; readonly language: string; readonly address: string | null };

/** What a department says of privacy, accessibility and itself: a text of its own or an address of its website. */
function said(words: Words, department: Department | null): readonly Said[] {
  return KINDS.flatMap((kind) => {
    const found = inLanguage(department?.statements?.[kind] ?? null, words.language, department?.languages);
    return found ? [{ kind, ...found, address: /^https:\/\/\S+$/.test(found.text) ? found.text : null }] : [];
  });
}

/** For the foot of every page: straight to the hospital's website, or to the text among the conditions. */
export function statementLinks(words: Words, department: Department | null, conditions: string): Child {
  return said(words, department).map(({ kind, address, language }) => h('li', {},
    h('a', { href: address ?? `${conditions}#${kind}`, rel: address ? 'noopener noreferrer' : null, hreflang: address ? language : null },
      words.t(`statement.${kind}`))));
}

export function statements(words: Words, department: Department | null): Child {
  return said(words, department).map(({ kind, text, language, address }) => [
    h('h2', { id: kind }, words.t(`statement.${kind}`)),
    address
      ? h('p', {}, h('a', { href: address, rel: 'noopener noreferrer', hreflang: language }, words.t('statement.open')))
      : h('div', { lang: language === words.language ? null : language, class: 'sg-prose' },
          text.split(/\n{2,}/).map((part) => h('p', { class: 'sg-lines' }, part))),
  ]);
}
