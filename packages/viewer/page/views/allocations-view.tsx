import type { JSX } from 'preact';
import { Segments } from '../controls/choice.js';
import { Message } from '../controls/messages.js';
import { ViewHead } from '../controls/view-head.js';
import type { ViewProps } from '../shell/view-components.js';
import { goTo, here } from '../state/navigation.js';
import { AllocationSites, AllocationTree } from './allocation-tables.js';
import { AllocationTimeline } from './allocation-timeline.js';

const TITLES = { timeline: 'Timeline', functions: 'Functions', calls: 'Call tree' };
type FormName = keyof typeof TITLES;

/** Where live objects were allocated, and when, as far as it was recorded. */
export function AllocationsView(props: ViewProps): JSX.Element {
  const { hasTimeline, hasAllocationStacks } = props.facts;
  const forms: FormName[] = [];
  if (hasTimeline) forms.push('timeline');
  if (hasAllocationStacks) forms.push('functions', 'calls');
  const form = forms.find((name) => name === here().form) ?? forms[0];
  if (form === undefined) {
    return (
      <>
        <ViewHead />
        <Message>
          This snapshot does not tell where its objects were allocated. Allocation timelines do: record one in
          Chrome DevTools, or with heapstream capture.
        </Message>
      </>
    );
  }
  return (
    <>
      <ViewHead>
        {forms.length > 1 && (
          <Segments
            label="Form"
            value={form}
            options={forms.map((name) => [name, TITLES[name]])}
            onChoose={(chosen) => goTo({ form: chosen, sorting: null })}
          />
        )}
      </ViewHead>
      {form === 'timeline' && <AllocationTimeline {...props} />}
      {form === 'functions' && <AllocationSites {...props} />}
      {form === 'calls' && <AllocationTree {...props} />}
    </>
  );
}
