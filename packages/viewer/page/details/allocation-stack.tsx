import type { JSX } from 'preact';
import { visibleText } from '../format/text-parts.js';
import type { PaneProps } from './details-pane.js';

/** Who allocated the object, the innermost function first. */
export function AllocationStack({ object }: PaneProps): JSX.Element {
  const stack = object.allocationStack ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <ol class="stack" tabIndex={0} aria-label="Stack of the allocation">
      {stack.map(({ functionName, scriptName, line, column }, depth) => (
        <li key={depth}>
          <span class="name type-closure">{visibleText(functionName) || '(anonymous)'}</span>
          {scriptName !== '' && (
            <code class="location">
              {visibleText(scriptName)}
              {line > 0 && `:${line}:${column}`}
            </code>
          )}
        </li>
      ))}
    </ol>
  );
}
