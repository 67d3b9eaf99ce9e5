import type { JSX } from 'preact';
import type { ObjectDetails } from '../../src/api/index.js';
import { Answered } from '../controls/messages.js';
import { selectedObject } from '../rows/selection.js';
import { type Answer, useAnswer } from '../server/use-answer.js';
import { goTo, here } from '../state/navigation.js';
import type { PaneName } from '../state/place.js';
import { AllocationStack } from './allocation-stack.js';
import { ContentsTable, RetainersTable } from './link-tables.js';
import { ObjectFacts, ObjectPlaces } from './object-facts.js';
import { PaneSplitter } from './pane-splitter.js';
import { RetainingPathsPane } from './retaining-paths.js';
import { StringText } from './string-text.js';

/** The lower pane: all about the selected object. Nothing where none is. */
export function DetailsPane(): JSX.Element | null {
  const selected = selectedObject();
  const answer = useAnswer('object', selected);
  if (selected === null) return null;
  return (
    <>
      <PaneSplitter />
      <section class="details" aria-label="Selected object" aria-busy={answer.isPending}>
        <DetailsBody answer={answer} snapshot={selected.snapshot} />
      </section>
    </>
  );
}

interface DetailsBodyProps {
  readonly answer: Answer<ObjectDetails>;
  readonly snapshot: number;
}

function DetailsBody({ answer, snapshot }: DetailsBodyProps): JSX.Element {
  const close = (
    <button
      type="button"
      class="button close"
      aria-label="Close"
      title="Close"
      onClick={() => goTo({ object: null, objectIn: null })}
    >
      ✕
    </button>
  );
  if (answer.error !== null) {
    return (
      <div class="details-head">
        <p class="failure" role="alert">
          {answer.error.message}
        </p>
        {close}
      </div>
    );
  }
  return (
    <Answered answer={answer} waiting="Looking the object up…">
      {(object) => (
        <>
          <div class="details-head">
            <ObjectFacts object={object} snapshot={snapshot} />
            {close}
          </div>
          <Pane object={object} snapshot={snapshot} />
        </>
      )}
    </Answered>
  );
}

const PANE_TITLES: Readonly<Record<PaneName, string>> = {
  alive: 'Why alive',
  retainers: 'Retainers',
  contents: 'Contents',
  text: 'Text',
  stack: 'Allocated by',
};

export interface PaneProps {
  readonly object: ObjectDetails;
  readonly snapshot: number;
}

const PANE_COMPONENTS: Readonly<Record<PaneName, (props: PaneProps) => JSX.Element>> = {
  alive: RetainingPathsPane,
  retainers: RetainersTable,
  contents: ContentsTable,
  text: StringText,
  stack: AllocationStack,
};

function Pane({ object, snapshot }: PaneProps): JSX.Element {
  const offered = panesOf(object);
  const wanted = here().pane;
  const shown = offered.includes(wanted) ? wanted : offered[0];
  const Shown = PANE_COMPONENTS[shown];
  return (
    <>
      <div class="tab-bar">
        <div class="tabs" role="tablist" aria-label="About the object">
          {offered.map((pane) => (
            <button
              key={pane}
              type="button"
              id={`tab-${pane}`}
              class="tab"
              role="tab"
              aria-selected={pane === shown}
              aria-controls="pane"
              tabIndex={pane === shown ? 0 : -1}
              onClick={() => goTo({ pane })}
              onKeyDown={(event) => moveToTab(event, offered, pane)}
            >
              {PANE_TITLES[pane]}
              {pane === 'retainers' && <span class="tab-count">{object.retainerCount}</span>}
              {pane === 'contents' && <span class="tab-count">{object.edgeCount}</span>}
            </button>
          ))}
        </div>
        <ObjectPlaces object={object} snapshot={snapshot} />
      </div>
      <div class="pane" id="pane" role="tabpanel" aria-labelledby={`tab-${shown}`}>
        <Shown object={object} snapshot={snapshot} />
      </div>
    </>
  );
}

function panesOf(object: ObjectDetails): PaneName[] {
  const panes: PaneName[] = ['alive', 'retainers', 'contents'];
  if (object.text !== null) panes.push('text');
  if (object.allocationStack !== null) panes.push('stack');
  return panes;
}

function moveToTab(event: KeyboardEvent, offered: readonly PaneName[], pane: PaneName): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = offered[(offered.indexOf(pane) + step + offered.length) % offered.length];
  goTo({ pane: next });
  document.getElementById(`tab-${next}`)?.focus();
}
