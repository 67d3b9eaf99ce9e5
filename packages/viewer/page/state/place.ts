/** The views of the page, in the order of its navigation. */
export const VIEWS = [
  'summary',
  'comparison',
  'containment',
  'dominators',
  'statistics',
  'trend',
  'leaks',
  'strings',
  'allocations',
  'search',
] as const;
export type ViewName = (typeof VIEWS)[number];

/** What the lower pane shows about the selected object. */
export const PANES = ['alive', 'retainers', 'contents'] as const;
export type PaneName = (typeof PANES)[number];

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Where somebody is in the page: all of it is in the address. */
export interface Place {
  readonly view: ViewName;
  /** `null`: the newest one. */
  readonly snapshot: string | null;
  /** Of a comparison; `null`: the one before. */
  readonly base: string | null;
  /** `@id` of the selected object. */
  readonly object: number | null;
  readonly pane: PaneName;
  /** Text or `/regular expression/` that rows must match. */
  readonly filter: string;
  /** A node type, or what else a view calls kind; '' for all. */
  readonly kind: string;
  /** Least size of a row in bytes, and least count. */
  readonly minSize: number;
  readonly minCount: number;
  /** `null`: as the view has it by itself. */
  readonly sorting: Sorting | null;
  /** The object at the top of a drawing that is zoomed into. */
  readonly zoom: number | null;
  /** Which of its forms a view has: `tree`, `chart`. */
  readonly form: string;
}

export const START: Place = {
  view: 'summary',
  snapshot: null,
  base: null,
  object: null,
  pane: 'alive',
  filter: '',
  kind: '',
  minSize: 0,
  minCount: 0,
  sorting: null,
  zoom: null,
  form: '',
};

/** The part of the address behind `#`. What is as it starts is left out. */
export function formatPlace(place: Place): string {
  const parameters = new URLSearchParams();
  const add = (name: string, value: string | number | null): void => {
    if (value !== null && value !== '' && value !== 0) parameters.set(name, String(value));
  };
  add('snapshot', place.snapshot);
  add('base', place.base);
  add('object', place.object);
  if (place.pane !== START.pane) add('pane', place.pane);
  add('filter', place.filter);
  add('kind', place.kind);
  add('min-size', place.minSize);
  add('min-count', place.minCount);
  if (place.sorting !== null) {
    add('sort', `${place.sorting.descending ? '-' : ''}${place.sorting.column}`);
  }
  add('zoom', place.zoom);
  add('form', place.form);
  const query = parameters.toString();
  return `#/${place.view}${query === '' ? '' : `?${query}`}`;
}

/** Reads any text; what makes no sense is as at the start. */
export function parsePlace(hash: string): Place {
  const [path, query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  return {
    view: oneOf(VIEWS, path) ?? START.view,
    snapshot: parameters.get('snapshot'),
    base: parameters.get('base'),
    object: parseNumber(parameters.get('object')),
    pane: oneOf(PANES, parameters.get('pane')) ?? START.pane,
    filter: parameters.get('filter') ?? '',
    kind: parameters.get('kind') ?? '',
    minSize: parseNumber(parameters.get('min-size')) ?? 0,
    minCount: parseNumber(parameters.get('min-count')) ?? 0,
    sorting: parseSorting(parameters.get('sort')),
    zoom: parseNumber(parameters.get('zoom')),
    form: parameters.get('form') ?? '',
  };
}

function oneOf<Name extends string>(names: readonly Name[], text: string | null): Name | null {
  return names.find((name) => name === text) ?? null;
}

/** A whole number from 0, or nothing. */
function parseNumber(text: string | null): number | null {
  if (text === null || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

function parseSorting(text: string | null): Sorting | null {
  const match = /^(-?)([A-Za-z]+)$/.exec(text ?? '');
  return match === null ? null : { column: match[2], descending: match[1] === '-' };
}
