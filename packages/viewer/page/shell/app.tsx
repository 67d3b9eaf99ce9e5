import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { DetailsPane } from '../details/details-pane.js';
import { here } from '../state/navigation.js';
import { currentSnapshot, isConnected, viewerState } from '../state/snapshots.js';
import { VIEW_TITLES } from '../state/view-names.js';
import { Header } from './header.js';
import { LoadingSnapshot } from './loading-snapshot.js';
import { Navigation } from './navigation.js';
import { useSearchKey } from './search-key.js';
import { VIEW_COMPONENTS } from './view-components.js';

/** The whole page. */
export function App(): JSX.Element {
  const snapshot = currentSnapshot.value;
  const { view } = here();
  useSearchKey();
  useEffect(() => {
    const name = snapshot === null ? '' : ` · ${snapshot.name}`;
    document.title = `${VIEW_TITLES[view].title}${name} · heapstream`;
  }, [view, snapshot?.name]);
  return (
    <div class="app">
      <Header />
      {!isConnected.value && (
        <p class="banner" role="alert">
          The viewer does not answer. It may have been stopped: start it again with{' '}
          <code>heapstream view</code>; this page goes on by itself when it is back at the same address.
        </p>
      )}
      <Navigation />
      <main class="main" aria-label={VIEW_TITLES[view].title}>
        <Main />
      </main>
    </div>
  );
}

function Main(): JSX.Element {
  const snapshot = currentSnapshot.value;
  if (viewerState.value === null) return <p class="notice">Asking the viewer…</p>;
  if (snapshot === null) return <p class="notice">The viewer has no snapshot open.</p>;
  if (snapshot.status !== 'ready' || snapshot.facts === null) return <LoadingSnapshot state={snapshot} />;
  const View = VIEW_COMPONENTS[here().view];
  return (
    <>
      <section class="view">
        <View snapshot={snapshot.snapshot} facts={snapshot.facts} />
      </section>
      <DetailsPane />
    </>
  );
}
