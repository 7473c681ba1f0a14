import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import '../../../styles/desk.css';
import { place, requery } from '../router.ts';
import { visit } from '../session.ts';
import { departments, known } from '../shell.tsx';
import { Banner, useTitle } from '../ui.tsx';
import { t } from '../words.ts';
import { Held } from '../desk/held.tsx';
import { Orders } from '../desk/orders.tsx';
import { Whose } from '../desk/parts.tsx';
import { Todo } from '../desk/todo.tsx';

const PARTS = ['todo', 'orders', 'studies'] as const;
type Part = typeof PARTS[number];

/** What stands at the desk of a department. Which part is shown stands in the address; whom it is about never does. */
export default function DeskPage() {
  useTitle(t('desk.title'));
  useEffect(() => void known(), []);
  const query = new URLSearchParams(place.value.query);
  const part = PARTS.find((one) => one === query.get('part')) ?? 'todo';
  const everywhere = visit.value?.professional?.role === 'service-desk';
  const own = everywhere ? query.get('department') ?? '' : '';
  const chosen = everywhere ? departments.value?.departments.find((one) => one.id === own)?.id ?? '' : '';
  const address = (to: Part, of = own) => new URLSearchParams({ ...(to === 'todo' ? {} : { part: to }), ...(of ? { department: of } : {}) }).toString();
  return (
    <div class="dk">
      <h1>{t('desk.title')}</h1>
      {everywhere && <Whose chosen={own} choose={(id) => requery(address(part, id))} />}
      <nav class="dk-parts" aria-label={t('desk.parts')}>
        <ul>{PARTS.map((one) => (
          <li key={one}><a href={`/professional/desk${address(one) && `?${address(one)}`}`} aria-current={one === part ? 'page' : undefined}>{t(`desk.${one}`)}</a></li>
        ))}</ul>
      </nav>
      {everywhere && !chosen
        ? (own === '' || departments.value) && <Banner><p>{t('desk.choose')}</p></Banner>
        : <Shown key={`${part} ${own}`} part={part} department={chosen} />}
    </div>
  );
}

function Shown({ part, department }: { readonly part: Part; readonly department: string }): ComponentChildren {
  switch (part) {
    case 'todo': return <Todo department={department} />;
    case 'orders': return <Orders department={department} />;
    case 'studies': return <Held department={department} />;
  }
}
