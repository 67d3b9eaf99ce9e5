import type { JSX } from 'preact';
import type { LoadProgress, SnapshotState } from '../../src/api/index.js';
import { formatPlural, formatShare } from '../format/numbers.js';

const PHASES: Readonly<Record<LoadProgress['phase'], string>> = {
  parse: 'Reading',
  analyze: 'Analysing',
  index: 'Keeping the index of',
};

/** In place of a view, while its snapshot loads or where it could not be. */
export function LoadingSnapshot({ state }: { readonly state: SnapshotState }): JSX.Element {
  const { name, status, progress, error } = state;
  if (status === 'failed') {
    return (
      <div class="notice" role="alert">
        <h1>{name} could not be opened</h1>
        <p class="failure">{error?.message}</p>
        <p class="quiet">{error?.code}</p>
      </div>
    );
  }
  const share = progress?.share ?? 0;
  return (
    <div class="notice">
      <h1>{status === 'waiting' ? `${name} waits for its turn` : `Opening ${name}`}</h1>
      <progress class="loading" aria-label={`Opening ${name}`} max={1} value={share} />
      <p class="quiet">
        {progress === null ? '…' : `${PHASES[progress.phase]}: ${progress.step} · ${formatShare(share, 1)}`}
      </p>
      {progress !== null && progress.nodes > 0 && (
        <p class="quiet">
          {formatPlural(progress.nodes, 'node')}, {formatPlural(progress.edges, 'edge')}
        </p>
      )}
    </div>
  );
}
