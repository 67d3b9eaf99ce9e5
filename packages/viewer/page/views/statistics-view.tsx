import type { JSX } from 'preact';
import type { Statistics, StatisticsPart } from '../../src/api/index.js';
import { RingChart } from '../charts/ring-chart.js';
import { Answered } from '../controls/messages.js';
import { ViewHead } from '../controls/view-head.js';
import { formatCount, formatExactSize, formatShare, formatSize } from '../format/numbers.js';
import { SizeBar } from '../rows/size-bar.js';
import { useAnswer } from '../server/use-answer.js';
import type { ViewProps } from '../shell/view-components.js';
import { addressOf } from '../state/navigation.js';

const PART_TITLES: Readonly<Record<StatisticsPart['kind'], string>> = {
  code: 'Code',
  strings: 'Strings',
  jsArrays: 'JS arrays',
  typedArrays: 'Typed arrays',
  otherNative: 'Other native',
  system: 'System',
  otherJs: 'Other JS objects',
};

/** What fills the heap by kind, as Chrome DevTools counts it, and by node type. */
export function StatisticsView({ snapshot, facts }: ViewProps): JSX.Element {
  const answer = useAnswer('statistics', { snapshot });
  return (
    <>
      <ViewHead
        facts={`${formatCount(facts.nodeCount)} nodes · ${formatCount(facts.edgeCount)} edges · ${formatCount(facts.stringCount)} strings`}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section class="scroll" tabIndex={0} aria-label="Figures">
        <Answered answer={answer} waiting="Adding up…">
          {(statistics) => (
            <div class="statistics">
              <Parts statistics={statistics} />
              <Types statistics={statistics} />
              <Warnings warnings={facts.warnings} />
            </div>
          )}
        </Answered>
      </section>
    </>
  );
}

function Parts({ statistics }: { readonly statistics: Statistics }): JSX.Element {
  const { total, parts } = statistics;
  return (
    <section class="parts">
      <RingChart
        label="Heap by kind"
        parts={parts.map(({ kind, size }) => ({ name: kind, title: PART_TITLES[kind], value: size }))}
        center={formatSize(total)}
        below="total"
      />
      <table class="plain">
        <caption class="visually-hidden">Heap by kind</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" class="number">
              Size
            </th>
            <th scope="col" class="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ kind, size }) => (
            <tr key={kind} title={formatExactSize(size)}>
              <th scope="row">
                <span class={`swatch part-${kind}`} aria-hidden="true" />
                {PART_TITLES[kind]}
              </th>
              <td class="number">{formatSize(size)}</td>
              <td class="number quiet">{formatShare(size, total)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr title={formatExactSize(statistics.v8heap.total)}>
            <th scope="row">V8 heap</th>
            <td class="number">{formatSize(statistics.v8heap.total)}</td>
            <td class="number quiet">{formatShare(statistics.v8heap.total, total)}</td>
          </tr>
          <tr title={formatExactSize(statistics.native.total)}>
            <th scope="row">Native</th>
            <td class="number">{formatSize(statistics.native.total)}</td>
            <td class="number quiet">{formatShare(statistics.native.total, total)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Types({ statistics }: { readonly statistics: Statistics }): JSX.Element {
  return (
    <section class="types">
      <table class="plain">
        <caption>By node type</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col" class="number">
              Objects
            </th>
            <th scope="col" class="number">
              Shallow size
            </th>
          </tr>
        </thead>
        <tbody>
          {statistics.types.map(({ type, count, shallowSize }) => (
            <tr key={type}>
              <th scope="row">
                <a href={addressOf('summary', { type })}>{type}</a>
              </th>
              <td class="number">{formatCount(count)}</td>
              <td class="number wide" title={formatExactSize(shallowSize)}>
                <SizeBar size={shallowSize} whole={statistics.total} kind="shallow" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }): JSX.Element | null {
  if (warnings.length === 0) return null;
  return (
    <section class="warnings">
      <h2>What is odd about the file</h2>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </section>
  );
}
