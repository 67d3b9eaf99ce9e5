import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { filterProblem } from '../state/filter-text.js';
import { adjust, here } from '../state/navigation.js';

/** Milliseconds after the last key until the rows follow. */
const PAUSE = 150;

/** What rows must have in their names; follows the typing. */
export function FilterField({ label }: { readonly label: string }): JSX.Element {
  const { filter, view } = here();
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const id = useId();
  useEffect(() => {
    if (document.activeElement !== input.current) input.current!.value = filter;
    setProblem(filterProblem(input.current!.value));
  }, [filter]);
  useEffect(() => () => clearTimeout(timer.current), [view]);
  const apply = (): void => {
    clearTimeout(timer.current);
    const text = input.current!.value;
    const found = filterProblem(text);
    setProblem(found);
    if (found === null) adjust({ filter: text });
  };
  const onInput = (): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(apply, PAUSE);
  };
  return (
    <span class="field">
      <input
        ref={input}
        type="search"
        class="filter"
        aria-label={label}
        placeholder={`${label}: text or /regex/`}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        autocomplete="off"
        spellcheck={false}
        maxLength={1000}
        onInput={onInput}
        onChange={apply}
      />
      {problem !== null && (
        <span id={id} class="field-problem" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
