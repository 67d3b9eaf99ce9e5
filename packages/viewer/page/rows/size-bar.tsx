import type { JSX } from 'preact';
import { formatShare, formatSize } from '../format/numbers.js';

interface SizeBarProps {
  readonly size: number;
  /** What a full bar stands for. */
  readonly whole: number;
  readonly kind: 'shallow' | 'retained';
}

/** A size over a bar of its share, with the share in figures. */
export function SizeBar({ size, whole, kind }: SizeBarProps): JSX.Element {
  const share = whole > 0 ? Math.min(1, Math.max(0, size / whole)) : 0;
  return (
    <span class="size-bar">
      <span class={`bar is-${kind}`} style={{ width: `${share * 100}%` }} />
      <span class="size">{formatSize(size)}</span>
      <span class="share">{formatShare(size, whole)}</span>
    </span>
  );
}

/** A change of size: what grew and what shrank differ in sign first, and in colour. */
export function Change({
  value,
  format,
}: {
  readonly value: number | null;
  readonly format: (value: number) => string;
}): JSX.Element {
  if (value === null) return <span class="quiet">–</span>;
  if (value === 0) return <span class="quiet">0</span>;
  return (
    <span class={value > 0 ? 'grew' : 'shrank'}>
      {value > 0 ? '+' : '−'}
      {format(Math.abs(value))}
    </span>
  );
}
