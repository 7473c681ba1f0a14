import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api.ts';
import { after, type Frame, keyOf, type Picture } from './regions.ts';

type Known = ReadonlyMap<string, string>;

function found(pictures: readonly Picture[]): Known {
  return new Map(pictures.flatMap((picture) => picture.pictures.map((address, i) => [keyOf({ picture, frame: picture.from + i }), address] as const)));
}

/**
 * Addresses of frames, asked for some at a time before they are needed. They hold for a minute: one that no longer leads
 * anywhere is asked for once more.
 */
export function useFrames(id: string, pictures: readonly Picture[], at: Frame): { readonly address: string | null; readonly lost: boolean; readonly broken: () => void; readonly again: () => void } {
  const [known, know] = useState<Known>(() => found(pictures));
  const [lost, lose] = useState(false);
  const asked = useRef<string | null>(null);
  const tried = useRef(new Set<string>());
  const address = known.get(keyOf(at)) ?? null;
  const next = after(at, pictures);
  const wanted = address === null ? at : next && !known.has(keyOf(next)) ? next : null;
  const wantedKey = wanted && keyOf(wanted);
  useEffect(() => {
    if (!wanted || lost || asked.current === wantedKey) return;
    asked.current = wantedKey;
    const query = new URLSearchParams({ instance: wanted.picture.uid, frame: String(wanted.frame) });
    void get<{ readonly instances: readonly Picture[] }>(`/api/desk/copies/${id}?${query}`).then((answer) => {
      asked.current = null;
      if (answer.kind === 'ok') know((before) => new Map([...before, ...found(answer.value.instances)]));
      else lose(true);
    });
  }, [wantedKey, lost]);
  const forget = () => know((before) => new Map([...before].filter(([key]) => !key.startsWith(`${at.picture.uid} `))));
  return { address, lost,
    broken: () => {
      if (tried.current.has(keyOf(at))) lose(true);
      tried.current.add(keyOf(at));
      forget();
    },
    again: () => {
      tried.current.clear();
      forget();
      lose(false);
    } };
}
