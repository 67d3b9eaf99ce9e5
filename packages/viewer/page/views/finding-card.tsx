import type { JSX } from 'preact';
import type { Finding, FindingStep } from '../../src/api/index.js';
import { formatLocation } from '../format/location.js';
import { formatCount, formatShare, formatSize } from '../format/numbers.js';
import { visibleText } from '../format/text-parts.js';
import { selectObject } from '../rows/selection.js';

interface FindingCardProps {
  readonly finding: Finding;
  readonly snapshot: number;
  /** Whether several snapshots tell how it grows. */
  readonly isGrowth: boolean;
}

/** A leak, or what looks like one: what it is, how sure that is, and what holds it. */
export function FindingCard({ finding, snapshot, isGrowth }: FindingCardProps): JSX.Element {
  const { level, kind, className, id, object, explanation, growth, retainedShare, location, path } = finding;
  return (
    <article class={`finding is-${level}`}>
      <header class="finding-head">
        <span class={`level is-${level}`}>{level}</span>
        <h2 class="finding-title">
          {object === null ? (
            <>
              {visibleText(className)} <span class="object-id">@{id}</span>
            </>
          ) : (
            <button
              type="button"
              class="object-link"
              onClick={() => selectObject({ id: object.id, ordinal: object.ordinal, snapshot })}
            >
              <span class="name type-class">{visibleText(className)}</span>
              <span class="object-id">@{id}</span>
            </button>
          )}
        </h2>
        <span class="badge">{kind}</span>
        <span class="finding-sure quiet">{Math.round(finding.confidence * 100)} % sure</span>
      </header>
      <p class="finding-text">{visibleText(explanation)}</p>
      <dl class="finding-figures">
        {isGrowth && (
          <div>
            <dt>Each round</dt>
            <dd>
              <span class="grew">+{formatCount(Math.round(growth.count))}</span> objects,{' '}
              <span class="grew">+{formatSize(growth.bytes)}</span>
            </dd>
          </div>
        )}
        {object !== null && (
          <div>
            <dt>Retains</dt>
            <dd>
              {formatSize(object.retainedSize)}{' '}
              <span class="quiet">{formatShare(retainedShare, 1)} of the heap</span>
            </dd>
          </div>
        )}
        {location !== null && (
          <div>
            <dt>Written at</dt>
            <dd>
              <code title={visibleText(formatLocation(location, 1000))}>
                {visibleText(formatLocation(location))}
              </code>
            </dd>
          </div>
        )}
      </dl>
      {path.length > 0 && (
        <details class="finding-path">
          <summary>Held by {visibleText(holderOf(path))}</summary>
          <ol class="steps" aria-label="Path from the root to the object">
            {path.map((step, i) => (
              <PathStep key={`${step.id} ${i}`} step={step} snapshot={snapshot} />
            ))}
          </ol>
        </details>
      )}
    </article>
  );
}

/** The end of the path in a line: what holds it, and what holds that. */
function holderOf(path: readonly FindingStep[]): string {
  const last = path.slice(-4, -1).map(({ name, className }) => name || className);
  return last.length === 0 ? 'the root' : last.join(' → ');
}

function PathStep({
  step,
  snapshot,
}: {
  readonly step: FindingStep;
  readonly snapshot: number;
}): JSX.Element {
  const { edge, ordinal, id, name, className } = step;
  const shown = (
    <span class="object-name">
      <span class="name">{visibleText(name) || (edge === null ? '(root)' : visibleText(className))}</span>
      <span class="object-id">@{id}</span>
    </span>
  );
  return (
    <li class="step">
      {edge !== null && (
        <>
          <span class={`edge is-${edge.type}`}>
            {edge.type === 'element' ? `[${edge.name}]` : visibleText(String(edge.name))}
          </span>
          <span class="edge-joint">→</span>
        </>
      )}
      {ordinal === null ? (
        shown
      ) : (
        <button type="button" class="object-link" onClick={() => selectObject({ id, ordinal, snapshot })}>
          {shown}
        </button>
      )}
    </li>
  );
}
