import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EdgeRow, RetainingPath, RetainingPaths } from '../../src/api/index.js';
import { Segments } from '../controls/choice.js';
import { Answered } from '../controls/messages.js';
import { formatPlural, formatSize } from '../format/numbers.js';
import { visibleText } from '../format/text-parts.js';
import { EdgeName, ObjectName } from '../rows/object-name.js';
import { useAnswer } from '../server/use-answer.js';
import type { PaneProps } from './details-pane.js';
import { ObjectLink } from './object-link.js';

const WANTED_PATHS = 5;
/** Of a longer path the middle is folded. */
const SHOWN_STEPS = 11;
const SHOWN_AT_START = 3;

/** Why the object is alive: the sentence first, then the shortest ways from the roots. */
export function RetainingPathsPane({ object, snapshot }: PaneProps): JSX.Element {
  const answer = useAnswer('paths', { snapshot, object: object.ordinal, count: WANTED_PATHS });
  return (
    <div class="why">
      <Answered answer={answer} waiting="Looking for the shortest paths…">
        {(found) => <Found key={object.ordinal} found={found} snapshot={snapshot} />}
      </Answered>
    </div>
  );
}

function Found({
  found,
  snapshot,
}: {
  readonly found: RetainingPaths;
  readonly snapshot: number;
}): JSX.Element {
  const { paths, explanation } = found;
  const [chosen, choose] = useState(0);
  const path = paths[chosen];
  return (
    <>
      <p class="why-sentence">{visibleText(explanation)}</p>
      {paths.length > 1 && (
        <div class="why-paths">
          <Segments
            label="Path"
            value={String(chosen)}
            options={paths.map((path, i) => [String(i), pathTitle(path, i)])}
            onChoose={(value) => choose(Number(value))}
          />
          <span class="quiet">edges each, from the root</span>
          {!found.isComplete && <span class="quiet">· there may be more</span>}
        </div>
      )}
      {path !== undefined && <PathSteps key={chosen} path={path} snapshot={snapshot} />}
    </>
  );
}

/** `Path 1 · 20`; a path that begins at no root of the program says so. */
function pathTitle({ steps, isFromUserRoot }: RetainingPath, position: number): string {
  return `${isFromUserRoot ? 'Path' : 'System path'} ${position + 1} · ${steps.length}`;
}

interface PathStepsProps {
  readonly path: RetainingPath;
  readonly snapshot: number;
}

/** A path from the root down, an object a line. */
function PathSteps({ path, snapshot }: PathStepsProps): JSX.Element {
  const [isWhole, setWhole] = useState(path.steps.length <= SHOWN_STEPS);
  const hidden = isWhole ? 0 : path.steps.length - SHOWN_STEPS;
  const first = isWhole ? path.steps : path.steps.slice(0, SHOWN_AT_START);
  const last = isWhole ? [] : path.steps.slice(SHOWN_AT_START + hidden);
  return (
    <ol class="steps" aria-label="Path from the root to the object">
      <li class="step">
        <ObjectLink object={path.start} snapshot={snapshot} />
      </li>
      {first.map((step) => (
        <Step key={step.edge} step={step} snapshot={snapshot} isLast={step === path.steps.at(-1)} />
      ))}
      {hidden > 0 && (
        <li class="step">
          <button type="button" class="link" onClick={() => setWhole(true)}>
            {formatPlural(hidden, 'more object')}
          </button>
        </li>
      )}
      {last.map((step) => (
        <Step key={step.edge} step={step} snapshot={snapshot} isLast={step === path.steps.at(-1)} />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly step: EdgeRow;
  readonly snapshot: number;
  readonly isLast: boolean;
}

function Step({ step, snapshot, isLast }: StepProps): JSX.Element {
  return (
    <li class={isLast ? 'step is-last' : 'step'}>
      <EdgeName edge={step} />
      <span class="edge-joint">→</span>
      {isLast ? <ObjectName object={step} /> : <ObjectLink object={step} snapshot={snapshot} />}
      {step.explanation && <span class="explanation">{visibleText(step.explanation)}</span>}
      <span class="step-size" title="Retained size">
        {formatSize(step.retainedSize)}
      </span>
    </li>
  );
}
