import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Answered } from '../controls/messages.js';
import { formatShare, formatSize } from '../format/numbers.js';
import { shortText } from '../format/text-parts.js';
import { titleOf } from '../rows/object-name.js';
import { useAnswer } from '../server/use-answer.js';
import type { ViewProps } from '../shell/view-components.js';
import { goTo, here } from '../state/navigation.js';
import { Icicle } from './icicle.js';

const DEPTH = 32;
/** Boxes narrower than about two pixels tell nothing. */
const MIN_SHARE = 0.0015;

/** The dominator tree as an icicle that zooms: to the whole heap, or to the object that the address names. */
export function DominatorChart({ snapshot, facts }: ViewProps): JSX.Element {
  const { zoom } = here();
  const object = zoom === null ? facts.root : `@${zoom}`;
  const answer = useAnswer('dominator-tree', { snapshot, object, depth: DEPTH, minShare: MIN_SHARE });
  const [hovered, setHovered] = useState('');
  return (
    <div class="chart">
      <Breadcrumbs snapshot={snapshot} object={object} root={facts.root} />
      <Answered answer={answer} waiting="Drawing…">
        {({ tree, totalSize }) => (
          <Icicle
            key={tree.ordinal}
            tree={tree}
            totalSize={totalSize}
            snapshot={snapshot}
            onHover={setHovered}
          />
        )}
      </Answered>
      <p class="chart-hint">
        {hovered || 'Click selects · double click or Enter zooms in · Esc zooms out · arrow keys move'}
      </p>
    </div>
  );
}

interface BreadcrumbsProps {
  readonly snapshot: number;
  readonly object: number | string;
  readonly root: number;
}

/** From the root down to what is drawn: each step zooms out to it. */
function Breadcrumbs({ snapshot, object, root }: BreadcrumbsProps): JSX.Element {
  const { value } = useAnswer('dominator-chain', { snapshot, object });
  const rows = value?.rows ?? [];
  const whole = rows[0]?.retainedSize ?? 0;
  return (
    <nav class="breadcrumbs" aria-label="Dominators of what is drawn">
      <ol>
        {rows.map((row, i) => {
          const name = row.ordinal === root ? 'Whole heap' : shortText(titleOf(row), 40);
          return (
            <li key={row.ordinal}>
              {i === rows.length - 1 ? (
                <span aria-current="true">
                  {name}{' '}
                  <span class="quiet">{`${formatSize(row.retainedSize)} · ${formatShare(row.retainedSize, whole)}`}</span>
                </span>
              ) : (
                <button
                  type="button"
                  class="link"
                  onClick={() => goTo({ zoom: row.ordinal === root ? null : row.id })}
                >
                  {name}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
