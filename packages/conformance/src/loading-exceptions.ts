import type { EngineHeader } from './engine-module.js';
import type { SnapshotJson } from './parsed-profile.js';

/** A kind of legal file that the engine's loader refuses or reads wrong. Its analysis is then run past the loader. */
export interface LoadingRule {
  readonly name: string;
  readonly reason: string;
  /** Whether the file is of this kind. Asked only about files that the loader did not read right. */
  appliesTo(json: SnapshotJson, text: string): boolean;
}

/** Sections in the order in which the loader looks for them, and the meta list or header count that announces each. */
const LOADER_ORDER: readonly { readonly section: string; readonly announcedBy?: string }[] = [
  { section: 'snapshot' },
  { section: 'nodes' },
  { section: 'edges' },
  { section: 'trace_function_infos', announcedBy: 'trace_function_count' },
  { section: 'trace_tree', announcedBy: 'trace_function_count' },
  { section: 'samples', announcedBy: 'sample_fields' },
  { section: 'locations', announcedBy: 'location_fields' },
  { section: 'scopes', announcedBy: 'scope_fields' },
  { section: 'scope_context_vars', announcedBy: 'scope_context_var_fields' },
  { section: 'scope_uses', announcedBy: 'scope_use_fields' },
  { section: 'strings' },
];

const KNOWN_SECTIONS: ReadonlySet<string> = new Set(LOADER_ORDER.map(({ section }) => section));

export const LOADING_RULES: readonly LoadingRule[] = [
  {
    name: 'escaped-keys',
    reason: 'The loader searches the text for "nodes" and the like; a key with an escape in it is not found.',
    appliesTo: (json, text) =>
      neededSections(json).some((section) => section in json && !text.includes(`"${section}"`)),
  },
  {
    name: 'section-order',
    reason: 'The loader searches for the sections in one order and only forwards.',
    appliesTo(json) {
      const sections = Object.keys(json).filter((key) => KNOWN_SECTIONS.has(key));
      const needed = neededSections(json).filter((section) => sections.includes(section));
      return needed.some(
        (section, i) => i > 0 && sections.indexOf(section) < sections.indexOf(needed[i - 1]),
      );
    },
  },
  {
    name: 'missing-optional-sections',
    reason: 'The loader demands every section whose fields the meta data lists.',
    appliesTo: (json) => neededSections(json).some((section) => sectionOf(json, section) == null),
  },
  {
    name: 'unknown-sections',
    reason:
      'The loader takes the first place where a name stands in quotes, inside a section it does not know too.',
    appliesTo: (json) => Object.keys(json).some((key) => !KNOWN_SECTIONS.has(key)),
  },
  {
    name: 'header-counts-too-small',
    reason: 'The loader allocates by the header counts and drops what is beyond; Hermes writes 0 for both.',
    appliesTo: ({ snapshot, nodes, edges }) =>
      !reaches(snapshot.node_count, snapshot.meta.node_fields, nodes) ||
      !reaches(snapshot.edge_count, snapshot.meta.edge_fields, edges),
  },
  {
    name: 'trace-functions-beyond-the-count',
    reason:
      'Recorded inside the process, the trace tree names more functions than the header counts: the loader drops ' +
      'them, and the allocation view fails on the first node of the tree that needs one.',
    appliesTo: ({ snapshot, trace_function_infos }) =>
      trace_function_infos != null &&
      !reaches(
        snapshot.trace_function_count,
        metaList(snapshot, 'trace_function_info_fields'),
        trace_function_infos,
      ),
  },
  {
    name: 'numbers-not-plain-digits',
    reason:
      'The loader takes every run of digits as a number: a sign is lost, "1.0" and "1e3" become two numbers.',
    appliesTo: (_json, text) => /[-.eE+]\d/.test(numberSections(text)),
  },
];

function neededSections(json: SnapshotJson): string[] {
  const { snapshot } = json;
  return LOADER_ORDER.filter(
    ({ announcedBy }) =>
      announcedBy === undefined ||
      Boolean(snapshot.meta[announcedBy]) ||
      Boolean(headerCount(snapshot, announcedBy)),
  ).map(({ section }) => section);
}

function sectionOf(json: SnapshotJson, section: string): unknown {
  return (json as unknown as Record<string, unknown>)[section];
}

function headerCount(header: EngineHeader, name: string): number {
  return name === 'trace_function_count' ? (header.trace_function_count ?? 0) : 0;
}

function metaList(header: EngineHeader, name: string): readonly unknown[] {
  const list = header.meta[name];
  return Array.isArray(list) ? list : [];
}

function reaches(count: number | undefined, fields: readonly unknown[], values: readonly number[]): boolean {
  return (count ?? 0) * fields.length >= values.length;
}

/** The text of `nodes` and `edges`, cheaply: both are flat arrays. */
function numberSections(text: string): string {
  return ['nodes', 'edges']
    .map((section) => {
      const start = text.indexOf('[', text.search(new RegExp(`"${section}"\\s*:`)));
      return text.slice(start, text.indexOf(']', start));
    })
    .join();
}
