import type { JSX } from 'preact';
import type { ViewName } from '../state/place.js';

/** Lines of a drawing of 16 by 16. */
const PATHS: Readonly<Record<ViewName, string>> = {
  summary: 'M2 3.5h12M2 8h8.5M2 12.5h5',
  comparison: 'M5 2v9m0 0L2.5 8.5M5 11l2.5-2.5M11 14V5m0 0L8.5 7.5M11 5l2.5 2.5',
  containment: 'M2 2h12v12H2zM5 5h6v6H5z',
  dominators: 'M8 2v3M3.5 14v-4.5H12.5V14M8 5v9M8 5v4.5',
  statistics: 'M8 2a6 6 0 1 0 6 6H8z M10.5 2.2A6 6 0 0 1 13.8 5.5H10.5z',
  trend: 'M2 13.5h12M2.5 10.5L6 7l3 2 4.5-5.5',
  leaks: 'M8 2C5.5 5.5 4 7.5 4 9.7a4 4 0 0 0 8 0C12 7.5 10.5 5.5 8 2z',
  strings: 'M3 5.5V4h10v1.5M8 4v9M6 13h4',
  allocations: 'M2 14V9m4 5V5m4 9V8m4 6V3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5L14 14',
};

/** A small drawing beside a view's name. */
export function ViewIcon({ view }: { readonly view: ViewName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[view]} />
    </svg>
  );
}
