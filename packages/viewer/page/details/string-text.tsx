import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../format/numbers.js';
import { client } from '../server/client.js';
import type { PaneProps } from './details-pane.js';

/** UTF-16 units fetched at once. */
const PART = 100_000;

/** The text of a string, as far as the snapshot has it; the rest in parts. */
export function StringText({ object, snapshot }: PaneProps): JSX.Element {
  const [text, setText] = useState<{ of: number; text: string; isWhole: boolean } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isLoaded = text?.of === object.ordinal;
  const shown = isLoaded ? text.text : (object.text ?? '');
  const isWhole = isLoaded ? text.isWhole : !object.isTextCut;
  const loadMore = async (): Promise<void> => {
    try {
      const part = await client.get('text', {
        snapshot,
        object: object.ordinal,
        offset: shown.length,
        limit: PART,
      });
      const longer = shown + part.text;
      setText({
        of: object.ordinal,
        text: longer,
        isWhole: longer.length >= part.length || part.text === '',
      });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="text-pane" tabIndex={0} aria-label="Text of the string">
      <pre class="text">{shown}</pre>
      {!isWhole && (
        <button type="button" class="button" onClick={loadMore}>
          Show more (so far {formatCount(shown.length)} characters)
        </button>
      )}
      {problem !== null && (
        <p class="failure" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
