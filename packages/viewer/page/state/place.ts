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
export const PANES = ['alive', 'retainers', 'contents', 'text', 'stack'] as const;
export type PaneName = (typeof PANES)[number];

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Where somebody is in the page: all of it is in the address. */
export interface Place {
  readonly view: ViewName;
  /** Position of the snapshot; `null`: the newest one. */
  readonly snapshot: number | null;
  /** Of a comparison; `null`: the one before. */
  readonly base: number | null;
  /** `@id` of the selected object. */
  readonly object: number | null;
  /** The snapshot that it is of, where that is not the one the page is about. */
  readonly objectIn: number | null;
  readonly pane: PaneName;
  /** Text or `/regular expression/` that rows must match. */
  readonly filter: string;
  /** A node type; '' for all. */
  readonly type: string;
  /** Only objects that nothing but this holds; '' for all. */
  readonly heldBy: string;
  /** Least retained size of a row, in bytes. */
  readonly minSize: number;
  /** Objects that a class has at least. */
  readonly minCount: number;
  /** `null`: as the view has it by itself. */
  readonly sorting: Sorting | null;
  /** Which of its forms a view has; '' for the first. */
  readonly form: string;
  /** `@id` of the object at the top of a drawing that is zoomed into. */
  readonly zoom: number | null;
  /** Ids between which objects were allocated. */
  readonly fromId: number | null;
  readonly toId: number | null;
  /** Positions of the snapshots that a trend or leaks are of, in their order, with commas between; '' for all. */
  readonly snapshots: string;
  /** Ordinal of a class to show in the Summary. */
  readonly class: number | null;
}

export const START: Place = {
  view: 'summary',
  snapshot: null,
  base: null,
  object: null,
  objectIn: null,
  pane: 'alive',
  filter: '',
  type: '',
  heldBy: '',
  minSize: 0,
  minCount: 0,
  sorting: null,
  form: '',
  zoom: null,
  fromId: null,
  toId: null,
  snapshots: '',
  class: null,
};

/** Form of a view that looks for the selected object: it has its usual one when it has found it. */
export const REVEAL_FORM = 'reveal';

type Field = keyof Omit<Place, 'view' | 'pane' | 'sorting'>;
/** Names in the address. */
const TEXT_FIELDS = {
  filter: 'filter',
  type: 'type',
  heldBy: 'held-by',
  form: 'form',
  snapshots: 'snapshots',
} as const;
const NUMBER_FIELDS = {
  snapshot: 'snapshot',
  base: 'base',
  object: 'object',
  objectIn: 'object-in',
  minSize: 'min-size',
  minCount: 'min-count',
  zoom: 'zoom',
  fromId: 'from-id',
  toId: 'to-id',
  class: 'class',
} as const;

/** The part of the address behind `#`. What is as it starts is left out. */
export function formatPlace(place: Place): string {
  const parameters = new URLSearchParams();
  for (const [field, name] of Object.entries({ ...NUMBER_FIELDS, ...TEXT_FIELDS })) {
    const value = place[field as Field];
    if (value !== START[field as Field]) parameters.set(name, String(value));
  }
  if (place.pane !== START.pane) parameters.set('pane', place.pane);
  if (place.sorting !== null) {
    parameters.set('sort', `${place.sorting.descending ? '-' : ''}${place.sorting.column}`);
  }
  const query = parameters.toString();
  return `#/${place.view}${query === '' ? '' : `?${query}`}`;
}

/** Reads any text; what makes no sense is as at the start. */
export function parsePlace(hash: string): Place {
  const [path, query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const read: Partial<Record<Field, string | number | null>> = {};
  for (const [field, name] of Object.entries(TEXT_FIELDS)) {
    read[field as Field] = parameters.get(name) ?? START[field as Field];
  }
  for (const [field, name] of Object.entries(NUMBER_FIELDS)) {
    read[field as Field] = parseNumber(parameters.get(name)) ?? START[field as Field];
  }
  return {
    ...START,
    ...(read as Partial<Place>),
    view: oneOf(VIEWS, path) ?? START.view,
    pane: oneOf(PANES, parameters.get('pane')) ?? START.pane,
    sorting: parseSorting(parameters.get('sort')),
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
