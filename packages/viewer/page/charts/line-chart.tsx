import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { shortText } from '../format/text-parts.js';
import { useWidth } from './use-width.js';

export interface Series {
  readonly name: string;
  /** Number of its colour, `hue-<number>`. */
  readonly hue: number;
  /** One a point of `labels`; `null` where it is not known. */
  readonly values: readonly (number | null)[];
  readonly isStrong?: boolean;
}

interface LineChartProps {
  readonly label: string;
  /** Below the points. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  format(value: number): string;
}

const HEIGHT = 220;
const MARGIN = { top: 12, right: 16, bottom: 28, left: 68 };

/** Lines over snapshots; a table beside it must have the figures. */
export function LineChart({ label, labels, series, format }: LineChartProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const y = scaleLinear()
    .domain([0, most])
    .nice(5)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const x = scalePoint<number>()
    .domain(labels.map((_, i) => i))
    .range([MARGIN.left, Math.max(MARGIN.left, width - MARGIN.right)])
    .padding(0.3);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, i) => x(i)!)
    .y((value) => y(value!));
  const letters = Math.max(4, Math.floor((width - MARGIN.left) / labels.length / 7));
  return (
    <div class="line-chart" ref={frame}>
      <svg role="img" aria-label={`${label}; the table has the figures`} width={width} height={HEIGHT}>
        {y.ticks(5).map((tick) => (
          <g key={tick} class="tick">
            <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text x={MARGIN.left - 8} y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {labels.map((text, i) => (
          <text key={i} class="tick-label" x={x(i)} y={HEIGHT - 8} text-anchor="middle">
            {shortText(text, letters)}
          </text>
        ))}
        {series.map(({ name, hue, values, isStrong }) => (
          <g key={name} class={isStrong ? `series hue-${hue} is-strong` : `series hue-${hue}`}>
            <path d={path(values) ?? ''} />
            {values.map((value, i) =>
              value === null ? null : (
                <circle key={i} cx={x(i)} cy={y(value)} r={3.5}>
                  <title>{`${name}, ${labels[i]}: ${format(value)}`}</title>
                </circle>
              ),
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
