import { line } from 'd3-shape';
import type { JSX } from 'preact';

const WIDTH = 72;
const HEIGHT = 16;

/** A row's values as a small line. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }): JSX.Element {
  const known = values.map((value) => value ?? 0);
  const least = Math.min(...known);
  const range = Math.max(...known) - least;
  const step = WIDTH / Math.max(1, known.length - 1);
  const path = line<number>()
    .x((_, i) => i * step)
    .y((value) => (range === 0 ? HEIGHT / 2 : HEIGHT - 2 - ((value - least) / range) * (HEIGHT - 4)));
  return (
    <svg
      class={range === 0 ? 'sparkline is-flat' : 'sparkline'}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`-2 0 ${WIDTH + 4} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path d={path(known) ?? ''} />
    </svg>
  );
}
