/** Strokes on a grid of 24, of sharing alone. */
const PATHS = {
  star: 'M12 3.500l2.600 5.500 6 .8-4.400 4.200 1.100 6-5.300-2.900-5.300 2.900 1.100-6L3.400 9.800l6-.8z',
  group: 'M9 5a3.200 3.200 0 1 0 0 6.400a3.200 3.200 0 1 0 0-6.400M2.500 19c.6-3.400 3.200-5 6.500-5s5.900 1.600 6.500 5M15.500 5.300a3.200 3.200 0 0 1 0 6M17.500 14.300c2.200.6 3.600 2.200 4 4.700',
  department: 'M4 21V4h11v17M15 9h5v12M2.500 21h19M7.500 8h4M7.500 12h4M7.500 16h4',
} as const;
export type Drawn = keyof typeof PATHS;

export function Drawing({ of, size = 20, full = false }: { readonly of: Drawn; readonly size?: number; readonly full?: boolean }) {
  return <svg class={full ? 'sg-icon sh-full' : 'sg-icon'} viewBox="0 0 24 24" width={`${size / 16}rem`} height={`${size / 16}rem`} aria-hidden="true" focusable="false"><path d={PATHS[of]} /></svg>;
}
