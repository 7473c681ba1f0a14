import type { Room } from './room.ts';
import type { Act, Layout, Tool } from './viewer.ts';


export const TOOL_KEYS: Readonly<Record<string, Tool>> = { w: 'window', s: 'scroll', p: 'pan', z: 'zoom', l: 'length', a: 'angle', e: 'ellipse', b: 'rectangle', d: 'probe' };
export const ACT_KEYS: Readonly<Record<string, Act>> = { i: 'invert', r: 'right', R: 'left', h: 'horizontal', v: 'vertical', '0': 'reset', '+': 'in', '=': 'in', '-': 'out' };
export const LAYOUT_KEYS: Readonly<Record<string, Layout>> = { F1: '1x1', F2: '1x2', F3: '2x1', F4: '2x2' };
/** In the order of the help. */
export const HELP: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ['lightbox.help.images', [['↑ ↓', 'lightbox.help.step'], ['PgUp PgDn', 'lightbox.help.ten'], ['Home End', 'lightbox.help.ends'], ['← →', 'lightbox.help.series'], ['Space', 'lightbox.cine'], ['K', 'lightbox.help.key'], ['Tab', 'lightbox.help.cell']]],
  ['lightbox.help.tools', [['W', 'lightbox.tool.window'], ['S', 'lightbox.tool.scroll'], ['P', 'lightbox.tool.pan'], ['Z', 'lightbox.tool.zoom'], ['L', 'lightbox.tool.length'], ['A', 'lightbox.tool.angle'], ['E', 'lightbox.tool.ellipse'], ['B', 'lightbox.tool.rectangle'], ['D', 'lightbox.tool.probe'], ['Enter', 'lightbox.help.point'], ['Esc', 'lightbox.help.cancel'], ['Delete', 'lightbox.help.delete']]],
  ['lightbox.help.look', [['1 – 9', 'lightbox.help.preset'], ['+ −', 'lightbox.help.size'], ['Shift + ← → ↑ ↓', 'lightbox.help.move'], ['I', 'lightbox.invert'], ['R', 'lightbox.right'], ['Shift + R', 'lightbox.left'], ['H', 'lightbox.horizontal'], ['V', 'lightbox.vertical'], ['0', 'lightbox.reset']]],
  ['lightbox.help.box', [['F1 – F4', 'lightbox.help.layout'], ['C', 'lightbox.link'], ['X', 'lightbox.lines'], ['O', 'lightbox.overlay'], ['F', 'lightbox.full'], ['T', 'lightbox.report'], ['M', 'lightbox.measures'], ['?', 'lightbox.help']]],
];

/** Whether the key meant something here. `do` are the page's own acts. */
export function press(room: Room, event: KeyboardEvent, page: { readonly preset: (at: number) => void; readonly help: () => void; readonly full: () => void; readonly say: () => void }): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { viewer } = room;
  const cell = viewer.active;
  const { key } = event;
  const [x, y] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Readonly<Record<string, readonly [number, number]>>)[key] ?? [0, 0];
  if (cell.pointing) {
    if (x !== 0 || y !== 0) cell.shift(x, y, event.shiftKey);
    else if (key === 'Enter') cell.point(viewer.tool);
    else if (key === 'Escape') cell.cancel();
    else return false;
    page.say();
    return true;
  }
  if (key === 'Escape' && room.sheet) room.toggle(null);
  else if (event.shiftKey && (x !== 0 || y !== 0)) cell.pan(-40 * x, -40 * y);
  else if (y !== 0) viewer.go(cell.index + y);
  else if (x !== 0) room.step(x);
  else if (key === 'PageUp' || key === 'PageDown') viewer.go(cell.index + (key === 'PageUp' ? -10 : 10));
  else if (key === 'Home') viewer.go(0);
  else if (key === 'End') viewer.go(cell.count - 1);
  else if (key === ' ') viewer.play();
  else if (key === 'Enter') { cell.point(viewer.tool); page.say(); }
  else if (key === 'Delete' || key === 'Backspace') {
    const last = viewer.measures().at(-1);
    if (!last) return false;
    viewer.remove(last.id);
  } else if (/^[1-9]$/.test(key)) page.preset(Number(key) - 1);
  else if (key in TOOL_KEYS) viewer.setTool(TOOL_KEYS[key]!);
  else if (key in ACT_KEYS) viewer.act(ACT_KEYS[key]!);
  else if (key in LAYOUT_KEYS) room.layout(LAYOUT_KEYS[key]!);
  else if (key === 'k') void room.key();
  else if (key === 'c') viewer.link(!viewer.linked);
  else if (key === 'x') viewer.cross(!viewer.crossing);
  else if (key === 'o') room.overlay();
  else if (key === 'f') page.full();
  else if (key === 't') room.toggle('report');
  else if (key === 'm') room.toggle('measures');
  else if (key === '?') page.help();
  else return false;
  return true;
}
