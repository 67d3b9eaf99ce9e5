import type { ComponentChildren, JSX } from 'preact';
import type { Answer } from '../server/use-answer.js';

/** What a view has to say instead of rows. */
export function Message({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="message">{children}</p>;
}

interface AnsweredProps<Value> {
  readonly answer: Answer<Value>;
  /** What takes its time. */
  readonly waiting: string;
  children(value: Value): ComponentChildren;
}

/** An answer of the server once it is there; until then that it is on its way, or why it does not come. */
export function Answered<Value>({ answer, waiting, children }: AnsweredProps<Value>): JSX.Element {
  if (answer.value !== null) return <>{children(answer.value)}</>;
  if (answer.error !== null) {
    return (
      <div class="message" role="alert">
        <p class="failure">{answer.error.message}</p>
        <button type="button" class="button" onClick={answer.retry}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <p class="message is-waiting" role="status">
      {waiting}
    </p>
  );
}
