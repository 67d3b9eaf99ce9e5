import type { JSX } from 'preact';
import type { SnapshotState } from '../../src/api/index.js';
import { shortFileName } from '../format/file-name.js';
import { formatCount, formatDelta, formatExactSize, formatSize } from '../format/numbers.js';
import { addressOf, goTo, here } from '../state/navigation.js';
import { baseSnapshot, currentSnapshot, viewerState } from '../state/snapshots.js';
import { offeredViews, VIEW_TITLES } from '../state/view-names.js';
import { ViewIcon } from './view-icon.js';

/** The views, and the snapshots that are open. */
export function Navigation(): JSX.Element {
  const snapshots = viewerState.value?.snapshots ?? [];
  const { view } = here();
  return (
    <div class="side">
      <nav aria-label="Views">
        <ul class="views">
          {offeredViews(snapshots).map((name) => (
            <li key={name}>
              <a
                href={addressOf(name)}
                aria-current={name === view ? 'page' : undefined}
                title={VIEW_TITLES[name].question}
              >
                <ViewIcon view={name} />
                {VIEW_TITLES[name].title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <nav aria-label="Snapshots">
        <h2 class="side-title">{snapshots.length > 1 ? 'Snapshots' : 'Snapshot'}</h2>
        <ul class="snapshots">
          {snapshots.map((state, i) => (
            <li key={state.snapshot}>
              <SnapshotItem state={state} before={snapshots[i - 1] ?? null} />
            </li>
          ))}
        </ul>
      </nav>
      <footer class="side-foot">
        <kbd>/</kbd> search · <kbd>↑</kbd>
        <kbd>↓</kbd>
        <kbd>←</kbd>
        <kbd>→</kbd> rows
      </footer>
    </div>
  );
}

interface SnapshotItemProps {
  readonly state: SnapshotState;
  readonly before: SnapshotState | null;
}

function SnapshotItem({ state, before }: SnapshotItemProps): JSX.Element {
  const isCurrent = state.snapshot === currentSnapshot.value?.snapshot;
  const isBase = here().view === 'comparison' && state.snapshot === baseSnapshot.value?.snapshot;
  return (
    <button
      type="button"
      class="snapshot"
      aria-current={isCurrent ? 'true' : undefined}
      title={state.file}
      onClick={() => goTo({ snapshot: state.snapshot, objectIn: null })}
    >
      <span class="snapshot-name">{shortFileName(state.name)}</span>
      {isBase && <span class="badge">base</span>}
      <SnapshotLine state={state} before={before} />
    </button>
  );
}

/** The second line: size and change, or how far it is. */
function SnapshotLine({ state, before }: SnapshotItemProps): JSX.Element {
  const { facts, progress } = state;
  if (state.status === 'failed') return <span class="snapshot-line failure">could not be opened</span>;
  if (facts === null) {
    return (
      <span class="snapshot-line">
        <progress aria-label={`Loading ${state.name}`} max={1} value={progress?.share ?? 0} />
      </span>
    );
  }
  const change = before?.facts == null ? null : facts.totalSize - before.facts.totalSize;
  return (
    <span
      class="snapshot-line"
      title={`${formatExactSize(facts.totalSize)}, ${formatCount(facts.nodeCount)} nodes`}
    >
      {formatSize(facts.totalSize)}
      {change !== null && (
        <span class={change > 0 ? 'grew' : 'shrank'}> {formatDelta(change, formatSize)}</span>
      )}
    </span>
  );
}
