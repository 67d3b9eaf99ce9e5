import { signal } from '@preact/signals';
import type { JSX } from 'preact';

/** Height of the pane in per cent of what there is. */
const height = signal(42);
const LEAST = 15;
const MOST = 80;

/** Between a view and the pane below it: drag it, or move it with the arrow keys. */
export function PaneSplitter(): JSX.Element {
  document.documentElement.style.setProperty('--pane-height', `${height.value}%`);
  const drag = (event: PointerEvent): void => {
    const splitter = event.currentTarget as HTMLElement;
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const { bottom, height: whole } = splitter.parentElement!.getBoundingClientRect();
    resize(((bottom - event.clientY) / whole) * 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: 5, ArrowDown: -5 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(height.value + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line is not to be moved
    <div
      class="splitter"
      role="separator"
      aria-label="Height of the lower pane"
      aria-orientation="horizontal"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={Math.round(height.value)}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    />
  );
}

function resize(percent: number): void {
  height.value = Math.max(LEAST, Math.min(MOST, percent));
}
