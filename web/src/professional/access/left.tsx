import '../../../styles/access.css';
import type { Letter } from '../../lib/answers.ts';
import { t } from '../words.ts';

type Left = NonNullable<Letter['copies']>['left'];

/** What anonymized copies do not have, and why: nothing stays behind without a word. */
export function LeftOut({ of }: { readonly of: Left }) {
  return of.length === 0 ? null : (
    <div class="ax-left">
      <p>{t('who.left')}</p>
      <ul>{of.map(({ why, images }) => <li key={why}>{t('who.left.images', { n: images, why: t(`who.left.${why}`) })}</li>)}</ul>
    </div>
  );
}
