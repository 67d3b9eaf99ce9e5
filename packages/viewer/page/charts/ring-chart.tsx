import { arc, type PieArcDatum, pie } from 'd3-shape';
import type { JSX } from 'preact';
import { formatShare, formatSize } from '../format/numbers.js';

export interface RingPart {
  /** Its colour is that of the class `part-<name>`. */
  readonly name: string;
  readonly title: string;
  readonly value: number;
}

interface RingChartProps {
  readonly label: string;
  readonly parts: readonly RingPart[];
  /** Text in the middle. */
  readonly center: string;
  readonly below: string;
}

const RADIUS = 100;

/** Parts of a whole as a ring; a table beside it must have the figures. */
export function RingChart({ label, parts, center, below }: RingChartProps): JSX.Element {
  const shown = parts.filter(({ value }) => value > 0);
  const total = shown.reduce((sum, { value }) => sum + value, 0);
  const slices = pie<RingPart>()
    .value(({ value }) => value)
    .sort(null)
    .padAngle(shown.length > 1 ? 0.012 : 0)(shown);
  const path = arc<PieArcDatum<RingPart>>().innerRadius(66).outerRadius(RADIUS).cornerRadius(2);
  return (
    <svg
      class="ring"
      role="img"
      aria-label={`${label}, as a ring; the table has the figures`}
      viewBox="-104 -104 208 208"
    >
      {slices.map((slice) => (
        <path key={slice.data.name} class={`part-${slice.data.name}`} d={path(slice) ?? ''}>
          <title>{`${slice.data.title}: ${formatSize(slice.data.value)}, ${formatShare(slice.data.value, total)}`}</title>
        </path>
      ))}
      <text class="ring-center" y="0">
        {center}
      </text>
      <text class="ring-below" y="20">
        {below}
      </text>
    </svg>
  );
}
