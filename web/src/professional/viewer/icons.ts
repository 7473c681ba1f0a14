import { ICONS } from '../../ui/icons.ts';

/** Strokes on a grid of 24 for what only professionals have; drawn for Studygate. */
export const TOOLS = {
  access: 'M9 5a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0-7M2.500 19c.6-3.500 3.300-5 6.500-5s5.900 1.500 6.500 5M16 6a3 3 0 1 1 0 5.800M18 14.500c2 .6 3.200 2.100 3.500 4.500',
  ...ICONS,
  window: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 4v16M12 8h5M12 12h7.800M12 16h5',
  scroll: 'M6 4h12v16H6zM12 8v8M9.5 10.500L12 8l2.5 2.500M9.5 13.500L12 16l2.5-2.500',
  pan: 'M12 3v18M3 12h18M9.5 5.500L12 3l2.5 2.500M9.5 18.500L12 21l2.5-2.500M5.5 9.500L3 12l2.5 2.500M18.5 9.500L21 12l-2.5 2.500',
  length: 'M4 17L17 4l3 3L7 20zM8 13l2 2M11 10l2 2M14 7l2 2',
  angle: 'M4 19h16M4 19L16 6M11 19a8 8 0 0 0-2.200-5.300',
  ellipse: 'M12 6c5 0 9 2.500 9 6s-4 6-9 6-9-2.500-9-6 4-6 9-6z',
  rectangle: 'M4 6h16v12H4z',
  probe: 'M12 4v5M12 15v5M4 12h5M15 12h5M12 11.500v1',
  invert: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  turnRight: 'M19 12a7 7 0 1 1-2.300-5.200M17 3v4.500h-4.5',
  turnLeft: 'M5 12a7 7 0 1 0 2.300-5.200M7 3v4.500h4.5',
  flipAcross: 'M12 3v18M9 7L4 17h5zM15 7l5 10h-5z',
  flipDown: 'M3 12h18M7 9l10-5v5zM7 15l10 5v-5z',
  lines: 'M4 4h16v16H4zM4 9l16 5',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  one: 'M4 5h16v14H4z',
  across: 'M4 5h16v14H4zM12 5v14',
  below: 'M4 5h16v14H4zM4 12h16',
  four: 'M4 5h16v14H4zM12 5v14M4 12h16',
  key: 'M12 4l2.300 4.900 5.200.7-3.800 3.700.9 5.300L12 16l-4.600 2.600.9-5.300L4.500 9.600l5.200-.7z',
  text: 'M5 6h14M5 10h14M5 14h9M5 18h9',
  more: 'M6 12h.1M12 12h.1M18 12h.1',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.300v.2M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
  measures: 'M4 7h3M4 12h3M4 17h3M10 7h10M10 12h10M10 17h10',
  remove: 'M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13',
  beside: 'M3 6h8v12H3zM13 6h8v12h-8z',
} as const;
export type ToolIcon = keyof typeof TOOLS;
