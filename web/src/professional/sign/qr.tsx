import { encode } from 'uqr';

/** A square code as one path; dark on white in both themes, as cameras read it, with the quiet border that they need. */
export function Square({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class="si-square" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path class="si-square-ground" d={`M0 0h${size}v${size}H0z`} /><path class="si-square-ink" d={path} />
    </svg>
  );
}
