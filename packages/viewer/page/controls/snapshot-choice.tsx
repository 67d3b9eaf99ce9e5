import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { shortFileName } from '../format/file-name.js';
import { formatChosen } from '../state/chosen-snapshots.js';
import { goTo, here } from '../state/navigation.js';
import { chosenSnapshots, readySnapshots } from '../state/snapshots.js';

/** No growth with fewer. */
const LEAST = 2;

/** Which snapshots a view of several is about, and in which order: a list that opens. */
export function SnapshotChoice(): JSX.Element {
  const menu = useRef<HTMLDetailsElement>(null);
  const ready = readySnapshots();
  const chosen = chosenSnapshots();
  const offered = ready.map(({ snapshot }) => snapshot);
  const listed = [...chosen, ...offered.filter((snapshot) => !chosen.includes(snapshot))];
  const choose = (next: readonly number[]): void => goTo({ snapshots: formatChosen(next, offered) });
  useClosing(menu);
  return (
    <details ref={menu} class="menu">
      <summary class="button">
        {chosen.length === ready.length ? `All ${ready.length}` : `${chosen.length} of ${ready.length}`}{' '}
        snapshots
      </summary>
      <fieldset class="menu-body">
        <legend class="menu-title">The oldest first</legend>
        <ol>
          {listed.map((snapshot) => (
            <SnapshotOption
              key={snapshot}
              name={shortFileName(ready.find((state) => state.snapshot === snapshot)!.name)}
              place={chosen.indexOf(snapshot)}
              count={chosen.length}
              onSwitch={(isOn) =>
                choose(isOn ? [...chosen, snapshot] : chosen.filter((other) => other !== snapshot))
              }
              onMove={(step) => choose(moved(chosen, chosen.indexOf(snapshot), step))}
            />
          ))}
        </ol>
        <button
          type="button"
          class="button"
          disabled={here().snapshots === ''}
          onClick={() => choose(offered)}
        >
          All, as they were opened
        </button>
      </fieldset>
    </details>
  );
}

interface SnapshotOptionProps {
  readonly name: string;
  /** Among the chosen ones; −1 where it is none of them. */
  readonly place: number;
  readonly count: number;
  onSwitch(isOn: boolean): void;
  onMove(step: 1 | -1): void;
}

function SnapshotOption({ name, place, count, onSwitch, onMove }: SnapshotOptionProps): JSX.Element {
  const isOn = place >= 0;
  const pressed = useRef<HTMLButtonElement | null>(null);
  // at once: a key that is pressed again before the next frame shall not be taken for the move before
  useLayoutEffect(() => {
    // its line has moved, or it can go no further: the keys stay with the line
    const button = pressed.current;
    pressed.current = null;
    const other = button?.parentElement?.querySelector<HTMLButtonElement>('button:enabled');
    if (button?.disabled) other?.focus();
    else button?.focus();
  }, [place]);
  const move = (step: 1 | -1, sign: string, where: string): JSX.Element => (
    <button
      type="button"
      class="move"
      aria-label={`Move ${name} ${where}`}
      title={`Move ${where}`}
      disabled={!isOn || place + step < 0 || place + step >= count}
      onClick={(event) => {
        pressed.current = event.currentTarget;
        onMove(step);
      }}
    >
      {sign}
    </button>
  );
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={isOn}
          disabled={isOn && count <= LEAST}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
        {name}
      </label>
      {move(-1, '↑', 'up')}
      {move(1, '↓', 'down')}
    </li>
  );
}

function moved(list: readonly number[], from: number, step: number): number[] {
  const next = [...list];
  next.splice(from + step, 0, ...next.splice(from, 1));
  return next;
}

/** Closes what has opened when somebody presses Escape in it, or goes elsewhere. */
function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event): void => {
      const { current } = menu;
      if (current?.open !== true) return;
      const isInside = current.contains(event.target as Node);
      if (event instanceof KeyboardEvent ? event.key !== 'Escape' || !isInside : isInside) return;
      current.open = false;
      if (isInside) current.querySelector('summary')!.focus();
    };
    const events = ['pointerdown', 'focusin', 'keydown'];
    for (const name of events) document.addEventListener(name, close);
    return () => {
      for (const name of events) document.removeEventListener(name, close);
    };
  }, []);
}
