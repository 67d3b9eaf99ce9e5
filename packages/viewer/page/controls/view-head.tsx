import type { ComponentChildren, JSX } from 'preact';
import { here } from '../state/navigation.js';
import { VIEW_TITLES } from '../state/view-names.js';

interface ViewHeadProps {
  /** Figures of all that the view shows. */
  readonly facts?: ComponentChildren;
  /** Filters and forms. */
  readonly children?: ComponentChildren;
}

/** The bar above a view. */
export function ViewHead({ facts, children }: ViewHeadProps): JSX.Element {
  const { title, question } = VIEW_TITLES[here().view];
  return (
    <div class="view-head">
      <h1 class="view-title" title={question}>
        {title}
      </h1>
      {children}
      <span class="view-facts">{facts}</span>
    </div>
  );
}
