import type { JSX } from 'preact';
import type { Finding, Leaks } from '../../src/api/index.js';
import { Choice } from '../controls/choice.js';
import { Answered, Message } from '../controls/messages.js';
import { SnapshotChoice } from '../controls/snapshot-choice.js';
import { ViewHead } from '../controls/view-head.js';
import { formatPlural } from '../format/numbers.js';
import { useAnswer } from '../server/use-answer.js';
import type { ViewProps } from '../shell/view-components.js';
import { goTo, here } from '../state/navigation.js';
import { chosenSnapshots, readySnapshots } from '../state/snapshots.js';
import { FindingCard } from './finding-card.js';

const ALONE = 'alone';

/** What grows over the snapshots and what holds it; of one, what looks like a leak. */
export function LeaksView({ snapshot }: ViewProps): JSX.Element {
  const { form } = here();
  const isSeries = readySnapshots().length > 1;
  const chosen = chosenSnapshots();
  const isAlone = form === ALONE || chosen.length < 2;
  const numbers = isAlone ? [snapshot] : chosen;
  const answer = useAnswer('leaks', { snapshots: numbers.join() });
  return (
    <>
      <ViewHead facts={answer.value !== null && formatPlural(answer.value.findings.length, 'finding')}>
        {isSeries && (
          <Choice
            isWide
            label="Look at"
            value={isAlone ? ALONE : ''}
            options={[
              ['', 'growth over several snapshots'],
              [ALONE, 'this snapshot alone'],
            ]}
            onChoose={(next) => goTo({ form: next, ...(chosen.length < 2 && { snapshots: '' }) })}
          />
        )}
        {isSeries && !isAlone && <SnapshotChoice />}
      </ViewHead>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section class="scroll" tabIndex={0} aria-label="Findings">
        <Answered answer={answer} waiting="Looking for what grows and what holds it…">
          {(leaks) => <Findings leaks={leaks} />}
        </Answered>
      </section>
    </>
  );
}

function Findings({ leaks }: { readonly leaks: Leaks }): JSX.Element {
  if (leaks.findings.length === 0) {
    return (
      <Message>
        {leaks.kind === 'growth'
          ? 'Nothing grows from each snapshot to the next.'
          : 'Nothing looks like a leak. Two snapshots with work between them tell more than one.'}
      </Message>
    );
  }
  return (
    <ol class="findings">
      {leaks.findings.map((finding: Finding) => (
        <li key={`${finding.fingerprint} ${finding.id}`}>
          <FindingCard finding={finding} snapshot={leaks.snapshot} isGrowth={leaks.kind === 'growth'} />
        </li>
      ))}
    </ol>
  );
}
