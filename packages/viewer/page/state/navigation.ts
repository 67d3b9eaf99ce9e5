import { signal } from '@preact/signals';
import { formatPlace, type Place, parsePlace, START, type ViewName } from './place.js';

const current = signal<Place>(parsePlace(location.hash));

/** Where the page is. Reading it in a component draws that anew when it changes. */
export function here(): Place {
  return current.value;
}

window.addEventListener('popstate', () => {
  current.value = parsePlace(location.hash);
});

/** A step that the browser's back button undoes. */
export function goTo(change: Partial<Place>): void {
  move(change, 'pushState');
}

/** The same without a step of its own: typing, and moving through rows. */
export function adjust(change: Partial<Place>): void {
  move(change, 'replaceState');
}

/** Another view, with what filters and sorts of this one have no meaning there left behind. */
export function openView(view: ViewName, change: Partial<Place> = {}): void {
  goTo(placeInView(view, change));
}

/** The same as an address, for links. */
export function addressOf(view: ViewName, change: Partial<Place> = {}): string {
  return formatPlace(placeInView(view, change));
}

function placeInView(view: ViewName, change: Partial<Place>): Place {
  const { snapshot, snapshots, base, object, objectIn, pane } = current.value;
  return { ...START, view, snapshot, snapshots, base, object, objectIn, pane, ...change };
}

function move(change: Partial<Place>, how: 'pushState' | 'replaceState'): void {
  const next = { ...current.value, ...change };
  const address = formatPlace(next);
  if (address === formatPlace(current.value)) return;
  history[how](null, '', address);
  current.value = next;
}
