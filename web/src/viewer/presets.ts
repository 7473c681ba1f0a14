import type { Window } from './shading.ts';

type Middle = Pick<Window, 'center' | 'width'>;
export type Preset = { readonly key: string; readonly window: Middle };

const BRAIN: Preset = { key: 'viewer.preset.brain', window: { center: 40, width: 80 } };
const LUNGS: Preset = { key: 'viewer.preset.lungs', window: { center: -600, width: 1500 } };
const SOFT: Preset = { key: 'viewer.preset.soft', window: { center: 40, width: 400 } };
const BONES: Preset = { key: 'viewer.preset.bones', window: { center: 400, width: 1800 } };
const CHEST = [LUNGS, SOFT, BONES];
const HEAD = [BRAIN, SOFT, BONES];

/**
 * Windows that radiologists use, under the names of what one sees well in them. Only CT measures on a scale that all
 * share. Whose own window is as narrow as that of a brain is a head: a liver is looked at with a wider one.
 */
export function presetsOf(modality: string, own: Middle | null): readonly Preset[] {
  if (modality !== 'CT') return [];
  return own && own.width <= 120 && own.center >= 20 && own.center <= 60 ? HEAD : CHEST;
}
