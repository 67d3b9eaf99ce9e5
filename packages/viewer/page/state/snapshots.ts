import { computed, signal } from '@preact/signals';
import type { SnapshotState, ViewerState } from '../../src/api/index.js';
import { parseChosen } from './chosen-snapshots.js';
import { here } from './navigation.js';

/** What the viewer has open; `null` until it says so. */
export const viewerState = signal<ViewerState | null>(null);
/** Whether the viewer still answers. */
export const isConnected = signal(true);

/** Listens to the viewer as long as the page stands. */
export function followViewer(): void {
  const events = new EventSource('/api/events');
  events.onopen = () => {
    isConnected.value = true;
  };
  events.onmessage = ({ data }) => {
    viewerState.value = JSON.parse(data) as ViewerState;
  };
  events.onerror = () => {
    isConnected.value = false;
  };
}

/** The snapshot that the page is about. */
export const currentSnapshot = computed<SnapshotState | null>(() => {
  const snapshots = viewerState.value?.snapshots ?? [];
  const wanted = here().snapshot;
  return snapshots.find(({ snapshot }) => snapshot === wanted) ?? snapshots.at(-1) ?? null;
});

/** What it is compared with: the one asked for, else the one before it, else the one after. */
export const baseSnapshot = computed<SnapshotState | null>(() => {
  const snapshots = viewerState.value?.snapshots ?? [];
  const current = currentSnapshot.value;
  if (current === null) return null;
  const others = snapshots.filter(({ snapshot }) => snapshot !== current.snapshot);
  const wanted = others.find(({ snapshot }) => snapshot === here().base);
  return wanted ?? others.findLast(({ snapshot }) => snapshot < current.snapshot) ?? others[0] ?? null;
});

/** Snapshots that can be looked at. */
export function readySnapshots(): SnapshotState[] {
  return viewerState.value?.snapshots.filter(({ status }) => status === 'ready') ?? [];
}

/** Those that a view of several is about, in the order of the address. */
export function chosenSnapshots(): number[] {
  return parseChosen(
    here().snapshots,
    readySnapshots().map(({ snapshot }) => snapshot),
  );
}
