import type { Window } from './shading.ts';

export type Preset = { readonly key: string; readonly window: Pick<Window, 'center' | 'width'> };

/** Windows that radiologists use, under the names of what one sees well in them. Only CT measures on a scale that all share. */
const CT: readonly Preset[] = [
  { key: 'viewer.preset.lungs', window: { center: -600, width: 1500 } },
  { key: 'viewer.preset.soft', window: { center: 40, width: 400 } },
  { key: 'viewer.preset.bones', window: { center: 400, width: 1800 } },
];

export function presetsOf(modality: string): readonly Preset[] {
  return modality === 'CT' ? CT : [];
}
