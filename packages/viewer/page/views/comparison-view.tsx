import type { JSX } from 'preact';
import type { SnapshotState } from '../../src/api/index.js';
import { Choice, Segments } from '../controls/choice.js';
import { FilterField } from '../controls/filter-field.js';
import { Message } from '../controls/messages.js';
import { ViewHead } from '../controls/view-head.js';
import { shortFileName } from '../format/file-name.js';
import type { ViewProps } from '../shell/view-components.js';
import { goTo, here } from '../state/navigation.js';
import { baseSnapshot, viewerState } from '../state/snapshots.js';
import { ChangedClasses } from './changed-classes.js';
import { GrownObjects } from './grown-objects.js';

const GROWN = 'grown';

/** What changed from the base to the snapshot that the page is about. */
export function ComparisonView({ snapshot, facts }: ViewProps): JSX.Element {
  const base = baseSnapshot.value;
  if (base === null) {
    return (
      <>
        <ViewHead />
        <Message>
          There is one snapshot. Open two to compare them: heapstream view before.heapsnapshot
          after.heapsnapshot
        </Message>
      </>
    );
  }
  const { form } = here();
  const head = (
    <>
      <BaseChoice snapshot={snapshot} base={base} />
      <Segments
        label="Form"
        value={form}
        options={[
          ['', 'Classes'],
          [GROWN, 'Grown objects'],
        ]}
        onChoose={(chosen) => goTo({ form: chosen, sorting: null })}
      />
      {form !== GROWN && <FilterField label="Filter classes" />}
    </>
  );
  if (base.facts === null) {
    return (
      <>
        <ViewHead>{head}</ViewHead>
        <Message>
          {base.status === 'failed' ? `${base.name} could not be opened.` : `${base.name} is being opened…`}
        </Message>
      </>
    );
  }
  const props = { base: base.snapshot, current: snapshot, totalSize: facts.totalSize, head };
  return form === GROWN ? <GrownObjects {...props} /> : <ChangedClasses {...props} />;
}

function BaseChoice({
  snapshot,
  base,
}: {
  readonly snapshot: number;
  readonly base: SnapshotState;
}): JSX.Element {
  const others = (viewerState.value?.snapshots ?? []).filter((state) => state.snapshot !== snapshot);
  return (
    <Choice
      isWide
      label="Compared with"
      value={String(base.snapshot)}
      options={others.map((state) => [String(state.snapshot), shortFileName(state.name)])}
      onChoose={(chosen) => goTo({ base: Number(chosen) })}
    />
  );
}
