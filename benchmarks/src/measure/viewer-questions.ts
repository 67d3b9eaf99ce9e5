import type { ClassRow, RequestOf, RouteName, ViewerClient } from '@heapstream/viewer';
import type { Hubs } from './find-hubs.js';

/** One request; each is asked once, since an answer may be kept. */
export interface ViewerQuestion {
  readonly kind: QuestionKind;
  readonly route: RouteName;
  readonly request: object;
  /** Column whose values must not rise, or not fall, from row to row. */
  readonly sorted?: { readonly column: string; readonly order: 'asc' | 'desc' };
}

/** What people do; those with a bound are to be answered within it. */
export const QUESTION_KINDS = {
  'sort the Summary': true,
  'expand a class, by any column': true,
  'scroll to the middle of a class': true,
  'filter the objects of a class': true,
  'expand an object': true,
  'expand the object of most edges, by any column': true,
  'who holds an object': true,
  'who holds the object that most hold, by any column': true,
  'why an object is alive': true,
  'expand the dominator tree': true,
  'draw the dominator tree': true,
  'search for text': true,
  'search by an expression': true,
  'sort what a search found': true,
  'strings, by any column': true,
} as const;
export type QuestionKind = keyof typeof QUESTION_KINDS;

const ORDERS = ['desc', 'asc'] as const;
const CLASS_COLUMNS = ['retainedSize', 'shallowSize', 'count', 'distance', 'name'] as const;
const OBJECT_COLUMNS = ['retainedSize', 'shallowSize', 'distance', 'id', 'name', 'file'] as const;
const EDGE_COLUMNS = [...OBJECT_COLUMNS, 'edgeName', 'edgeType'] as const;
const CLASSES = 5;
const OBJECTS = 40;
const SNAPSHOT = { snapshot: 0 };
const TEXTS = ['node', 'symbol', 'get', 'z', 'error', 'http', 'not there at all', 'é'];
const EXPRESSIONS = ['^Sym', '[A-Z]{4}\\d', 'node$', '^(get|set)[A-Z]', 'x.*y.*z'];

/** Questions about the snapshot that a viewer has loaded, in an order in which somebody might ask them. */
export async function viewerQuestions(client: ViewerClient, hubs: Hubs): Promise<ViewerQuestion[]> {
  const largest = await client.get('classes', { ...SNAPSHOT, sort: 'count', limit: CLASSES });
  const { rows } = await client.get('objects', {
    ...SNAPSHOT,
    class: largest.rows[0].ordinal,
    limit: OBJECTS,
  });
  const { snapshots } = await client.get('state', {});
  const root = snapshots[0].facts!.root;
  const objects = rows.map(({ ordinal }) => ({ ...SNAPSHOT, object: ordinal }));
  return [
    ...sortedBy('sort the Summary', 'classes', SNAPSHOT, CLASS_COLUMNS),
    ...largest.rows.flatMap(classQuestions),
    ...objects.map((request) => question('expand an object', 'children', request)),
    ...sortedBy(
      'expand the object of most edges, by any column',
      'children',
      { ...SNAPSHOT, object: `@${hubs.mostEdges.id}` },
      EDGE_COLUMNS,
    ),
    ...objects.map((request) => question('who holds an object', 'retainers', request)),
    ...sortedBy(
      'who holds the object that most hold, by any column',
      'retainers',
      { ...SNAPSHOT, object: `@${hubs.mostRetainers.id}` },
      OBJECT_COLUMNS,
    ),
    ...objects.map((request) => question('why an object is alive', 'paths', request)),
    ...objects.map((request) => question('expand the dominator tree', 'dominated', request)),
    ...sortedBy('expand the dominator tree', 'dominated', { ...SNAPSHOT, object: root }, OBJECT_COLUMNS),
    ...[2, 4, 8].map((depth) =>
      question('draw the dominator tree', 'dominator-tree', { ...SNAPSHOT, object: root, depth }),
    ),
    ...TEXTS.map((query) => question('search for text', 'search', { ...SNAPSHOT, query })),
    ...EXPRESSIONS.map((query) =>
      question('search by an expression', 'search', { ...SNAPSHOT, query, mode: 'regex' }),
    ),
    ...sortedBy(
      'sort what a search found',
      'search',
      { ...SNAPSHOT, query: 'node' },
      OBJECT_COLUMNS.slice(1),
    ),
    ...sortedBy('strings, by any column', 'largest-strings', SNAPSHOT, OBJECT_COLUMNS),
  ];
}

function question(kind: QuestionKind, route: RouteName, request: object): ViewerQuestion {
  return { kind, route, request };
}

function sortedBy(
  kind: QuestionKind,
  route: RouteName,
  request: object,
  columns: readonly string[],
): ViewerQuestion[] {
  return columns.flatMap((column) =>
    ORDERS.map((order) => ({
      kind,
      route,
      request: { ...request, sort: column, order },
      // names are compared elsewhere: rows show them cut
      ...(/size|count|^id$/i.test(column) && { sorted: { column, order } }),
    })),
  );
}

function classQuestions({ count, ordinal }: ClassRow): ViewerQuestion[] {
  const request = { ...SNAPSHOT, class: ordinal };
  const middle = { offset: Math.floor(count / 2) };
  return [
    ...sortedBy('expand a class, by any column', 'objects', request, OBJECT_COLUMNS),
    ...sortedBy('scroll to the middle of a class', 'objects', { ...request, ...middle }, OBJECT_COLUMNS),
    question('filter the objects of a class', 'objects', { ...request, filter: 'a' }),
    question('filter the objects of a class', 'objects', { ...request, minSize: 1000 }),
  ];
}

/** Asks, and checks that the answer is in the order asked for. Resolves to milliseconds. */
export async function ask(client: ViewerClient, { request, route, sorted }: ViewerQuestion): Promise<number> {
  const started = performance.now();
  const answer = await client.get(route, request as RequestOf<RouteName>);
  const milliseconds = performance.now() - started;
  if (sorted !== undefined) checkOrder(answer, sorted, route);
  return milliseconds;
}

function checkOrder(
  answer: unknown,
  { column, order }: NonNullable<ViewerQuestion['sorted']>,
  route: RouteName,
): void {
  const { rows } = answer as { rows: readonly Record<string, unknown>[] };
  // what keeps an object alive comes first, then the rest, each in order
  const groups = route === 'retainers' ? [true, false] : [undefined];
  for (const isEssential of groups) {
    const values = rows
      .filter((row) => isEssential === undefined || row.isEssential === isEssential)
      .map((row) => Number(row[column]));
    const isSorted = values.every(
      (value, i) => i === 0 || (order === 'asc' ? values[i - 1] <= value : values[i - 1] >= value),
    );
    if (!isSorted) throw new Error(`${route}: rows are not sorted by ${column}, ${order}`);
  }
}
