import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { addressOf, here, openView } from '../state/navigation.js';
import { viewerState } from '../state/snapshots.js';
import { ThemeSwitch } from './theme-switch.js';

/** The bar at the top: where one is, search over all objects, light or dark. */
export function Header(): JSX.Element {
  const { view, filter } = here();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current!.value = view === 'search' ? filter : '';
  }, [view, filter]);
  const search = (event: Event): void => {
    event.preventDefault();
    const text = input.current!.value.trim();
    if (text !== '') openView('search', { filter: text });
  };
  return (
    <header class="header">
      <a class="brand" href={addressOf('summary')}>
        <Mark />
        heapstream
      </a>
      <search class="search-form">
        <form onSubmit={search}>
          <input
            id="search"
            ref={input}
            type="search"
            aria-label="Search all objects"
            placeholder="Search objects: text, /regex/ or @id"
            autocomplete="off"
            spellcheck={false}
            maxLength={1000}
          />
        </form>
      </search>
      <Jobs />
      <ThemeSwitch />
    </header>
  );
}

/** Long work that requests wait for. */
function Jobs(): JSX.Element {
  const [job] = viewerState.value?.jobs ?? [];
  return (
    <div class="jobs" role="status">
      {job && (
        <>
          <progress
            aria-label={job.title}
            max={job.total ?? undefined}
            value={job.total === null ? undefined : job.done}
          />
          <span>
            {job.title}: {job.step}
          </span>
        </>
      )}
    </div>
  );
}

function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
      <rect x="1" y="1" width="14" height="3.4" rx="1" />
      <rect x="1" y="6.3" width="9.4" height="3.4" rx="1" opacity=".72" />
      <rect x="1" y="11.6" width="5" height="3.4" rx="1" opacity=".45" />
    </svg>
  );
}
