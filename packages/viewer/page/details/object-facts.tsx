import type { JSX } from 'preact';
import { formatLocation } from '../format/location.js';
import { formatDistance, formatExactSize, formatShare, formatSize } from '../format/numbers.js';
import { visibleText } from '../format/text-parts.js';
import { ObjectName } from '../rows/object-name.js';
import { addressOf } from '../state/navigation.js';
import { REVEAL_FORM } from '../state/place.js';
import { currentSnapshot, viewerState } from '../state/snapshots.js';
import type { PaneProps } from './details-pane.js';
import { ObjectLink } from './object-link.js';

/** The head of the pane: what the object is, and its figures. */
export function ObjectFacts({ object, snapshot }: PaneProps): JSX.Element {
  const { location } = object;
  const isElsewhere = snapshot !== currentSnapshot.value?.snapshot;
  const reveal = { snapshot, objectIn: null };
  return (
    <div class="facts">
      <p class="facts-name">
        <ObjectName object={object} />
        <span class="badge">{object.type}</span>
        {isElsewhere && <span class="badge">{viewerState.value?.snapshots[snapshot]?.name}</span>}
      </p>
      <dl class="facts-list">
        <Fact title="Class">
          <a href={addressOf('summary', { ...reveal, class: object.classOrdinal })}>
            {visibleText(object.className)}
          </a>
        </Fact>
        <Fact title="Shallow" tooltip={formatExactSize(object.shallowSize)}>
          {formatSize(object.shallowSize)}
        </Fact>
        <Fact title="Retained" tooltip={formatExactSize(object.retainedSize)}>
          {formatSize(object.retainedSize)} <span class="quiet">{formatShare(object.retainedShare, 1)}</span>
        </Fact>
        <Fact title="Distance">{formatDistance(object.distance)}</Fact>
        {object.dominator !== null && (
          <Fact title="Freed with">
            <ObjectLink object={object.dominator} snapshot={snapshot} />
          </Fact>
        )}
        {location !== null && (
          <Fact title="Written at" tooltip={visibleText(formatLocation(location, 1000))}>
            <code>{visibleText(formatLocation(location))}</code>
          </Fact>
        )}
      </dl>
    </div>
  );
}

/** The way to the object in other views. */
export function ObjectPlaces({ object, snapshot }: PaneProps): JSX.Element {
  const reveal = { snapshot, objectIn: null };
  return (
    <p class="facts-links">
      Show in <a href={addressOf('summary', { ...reveal, class: object.classOrdinal })}>Summary</a>
      <a href={addressOf('containment', { ...reveal, form: REVEAL_FORM })}>Containment</a>
      <a href={addressOf('dominators', { ...reveal, form: REVEAL_FORM })}>Dominators</a>
      <a href={addressOf('dominators', { ...reveal, form: 'chart', zoom: object.id })}>Chart</a>
    </p>
  );
}

interface FactProps {
  readonly title: string;
  readonly tooltip?: string;
  readonly children: JSX.Element | string | (JSX.Element | string)[];
}

function Fact({ title, tooltip, children }: FactProps): JSX.Element {
  return (
    <div class="fact" title={tooltip}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
