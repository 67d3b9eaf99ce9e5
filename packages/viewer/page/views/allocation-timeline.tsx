import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AllocationInterval } from '../../src/api/index.js';
import { useWidth } from '../charts/use-width.js';
import { Answered, Message } from '../controls/messages.js';
import { formatPlural, formatSize } from '../format/numbers.js';
import { useAnswer } from '../server/use-answer.js';
import type { ViewProps } from '../shell/view-components.js';
import { addressOf } from '../state/navigation.js';

const HEIGHT = 240;
const MARGIN = { top: 12, right: 16, bottom: 28, left: 68 };

/** What is still alive of what was allocated when. */
export function AllocationTimeline({ snapshot }: ViewProps): JSX.Element {
  const answer = useAnswer('allocation-timeline', { snapshot });
  return (
    <div class="chart">
      <Answered answer={answer} waiting="Reading the timeline…">
        {({ intervals }) =>
          intervals.length === 0 ? (
            <Message>The recording has no intervals.</Message>
          ) : (
            <Timeline intervals={intervals} />
          )
        }
      </Answered>
    </div>
  );
}

interface Chosen {
  readonly from: number;
  readonly to: number;
}

function Timeline({ intervals }: { readonly intervals: readonly AllocationInterval[] }): JSX.Element {
  const [chosen, choose] = useState<Chosen>({ from: 0, to: intervals.length - 1 });
  const first = Math.min(chosen.from, chosen.to);
  const last = Math.max(chosen.from, chosen.to);
  const inside = intervals.slice(first, last + 1);
  const count = inside.reduce((sum, { liveCount }) => sum + liveCount, 0);
  const size = inside.reduce((sum, { liveSize }) => sum + liveSize, 0);
  return (
    <>
      <Bars intervals={intervals} first={first} last={last} chosen={chosen} onChoose={choose} />
      <p class="timeline-chosen" role="status">
        {`${secondsOf(intervals[first - 1])} – ${secondsOf(intervals[last])}: ${formatPlural(count, 'object')} of ${formatSize(size)} still alive. `}
        <a href={addressOf('summary', { fromId: inside[0].fromId, toId: inside.at(-1)!.toId })}>
          Show their classes
        </a>
      </p>
      <p class="chart-hint">
        Drag over the bars, or use the arrow keys (with Shift for more of them), to choose a time.
      </p>
    </>
  );
}

interface BarsProps {
  readonly intervals: readonly AllocationInterval[];
  readonly first: number;
  readonly last: number;
  readonly chosen: Chosen;
  onChoose(chosen: Chosen): void;
}

function Bars({ intervals, first, last, chosen, onChoose }: BarsProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const dragged = useRef(false);
  const most = Math.max(1, ...intervals.map(({ liveSize }) => liveSize));
  const y = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const step = Math.max(0, width - MARGIN.left - MARGIN.right) / intervals.length;
  const intervalAt = (event: PointerEvent): number => {
    const { left } = frame.current!.getBoundingClientRect();
    const at = Math.floor((event.clientX - left - MARGIN.left) / step);
    return Math.max(0, Math.min(intervals.length - 1, at));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(intervals.length - 1, chosen.to + move));
    onChoose({ from: event.shiftKey ? chosen.from : to, to });
  };
  return (
    <div class="timeline" ref={frame}>
      <div
        role="slider"
        aria-label="Time of allocation"
        aria-valuemin={1}
        aria-valuemax={intervals.length}
        aria-valuenow={last + 1}
        aria-valuetext={`${secondsOf(intervals[first - 1])} to ${secondsOf(intervals[last])}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = true;
          const at = intervalAt(event);
          onChoose({ from: event.shiftKey ? chosen.from : at, to: at });
        }}
        onPointerMove={(event) => dragged.current && onChoose({ from: chosen.from, to: intervalAt(event) })}
        onPointerUp={() => {
          dragged.current = false;
        }}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {y.ticks(4).map((tick) => (
            <g key={tick} class="tick">
              <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
              <text x={MARGIN.left - 8} y={y(tick) + 4} text-anchor="end">
                {formatSize(tick)}
              </text>
            </g>
          ))}
          {intervals.map((interval, i) => (
            <rect
              key={interval.timestampMicroseconds}
              class={i >= first && i <= last ? 'timeline-bar is-chosen' : 'timeline-bar'}
              x={MARGIN.left + i * step}
              y={y(interval.liveSize)}
              width={Math.max(0.5, step - (step > 4 ? 1 : 0))}
              height={Math.max(0, HEIGHT - MARGIN.bottom - y(interval.liveSize))}
            >
              <title>{`${secondsOf(intervals[i - 1])} – ${secondsOf(interval)}: ${formatSize(interval.liveSize)} still alive`}</title>
            </rect>
          ))}
          <text class="tick-label" x={MARGIN.left} y={HEIGHT - 8}>
            0 s
          </text>
          <text class="tick-label" x={width - MARGIN.right} y={HEIGHT - 8} text-anchor="end">
            {secondsOf(intervals.at(-1))}
          </text>
        </svg>
      </div>
    </div>
  );
}

function secondsOf(interval: AllocationInterval | undefined): string {
  return `${((interval?.timestampMicroseconds ?? 0) / 1e6).toFixed(1)} s`;
}
