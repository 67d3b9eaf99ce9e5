import { CaptureError } from '../errors.js';
import { hostAndPort, type ResolvedAddress } from './address.js';
import { fetchJson } from './http-endpoint.js';

/** Something with a heap of its own behind an inspector. */
export interface InspectorTarget {
  readonly id: string;
  /** `node`, `page`, `worker`, `service_worker`, … */
  readonly type: string;
  readonly title: string;
  readonly url: string;
  /** Path of its WebSocket. */
  readonly socketPath: string;
  /** Of a worker thread of Node: its session inside the connection of the process. */
  readonly nodeWorkerId?: string;
}

/** Which target: a text is compared with id, type and title; all that are given must fit. */
export type TargetChoice = string | { readonly id?: string; readonly title?: string; readonly type?: string };

interface Discovery {
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** The targets that `/json/list` names; worker threads of Node are not among them. */
export async function fetchTargets(
  address: ResolvedAddress,
  discovery: Discovery,
): Promise<InspectorTarget[]> {
  const list = await fetchJson('/json/list', { ...address, ...discovery });
  if (!Array.isArray(list)) {
    throw new CaptureError(
      'CONNECTION_FAILED',
      `${hostAndPort(address)}/json/list: expected a list of targets: not an inspector`,
    );
  }
  return list.flatMap((entry) => parseTarget(entry) ?? []);
}

function parseTarget(entry: unknown): InspectorTarget | undefined {
  const { id, type, title, url, webSocketDebuggerUrl } = (entry ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof webSocketDebuggerUrl !== 'string') return undefined;
  if (!URL.canParse(webSocketDebuggerUrl)) return undefined;
  // the path alone: whoever answers must not send us to another host
  const { pathname, search } = new URL(webSocketDebuggerUrl);
  return { id, type: text(type), title: text(title), url: text(url), socketPath: `${pathname}${search}` };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Types that have a heap worth capturing when nobody says which, the first ones first. */
const USUAL_TYPES: readonly string[] = ['node', 'page', 'deno', 'worker'];

/** The one target that fits; throws `NO_TARGET` with what there is. */
export function chooseTarget(
  targets: readonly InspectorTarget[],
  choice: TargetChoice | undefined,
  where: string,
): InspectorTarget {
  const fitting = choice === undefined ? usualTargets(targets) : fittingTargets(targets, choice);
  if (fitting.length === 1) return fitting[0];
  const problem = fitting.length === 0 ? 'no target' : `${fitting.length} targets`;
  const what = choice === undefined ? '' : ` for ${JSON.stringify(choice)}`;
  const known = (fitting.length === 0 ? targets : fitting)
    .slice(0, 20)
    .map(({ id, type, title }) => `${type} ${JSON.stringify(title)} (id ${id})`);
  throw new CaptureError('NO_TARGET', `${where}: ${problem}${what}; there are ${known.join(', ') || 'none'}`);
}

function usualTargets(targets: readonly InspectorTarget[]): readonly InspectorTarget[] {
  for (const usual of USUAL_TYPES) {
    const found = targets.filter(({ type, nodeWorkerId }) => type === usual && nodeWorkerId === undefined);
    if (found.length > 0) return found;
  }
  return targets;
}

/** A text fits the whole id, type, title or URL; where none does, a part of the title or URL. */
function fittingTargets(
  targets: readonly InspectorTarget[],
  choice: TargetChoice,
): readonly InspectorTarget[] {
  if (typeof choice !== 'string') {
    return targets.filter(
      ({ id, type, title }) =>
        (choice.id === undefined || choice.id === id) &&
        (choice.type === undefined || choice.type === type) &&
        (choice.title === undefined || title.includes(choice.title)),
    );
  }
  const exact = targets.filter(({ id, type, title, url }) => [id, type, title, url].includes(choice));
  if (exact.length > 0) return exact;
  return targets.filter(({ title, url }) => title.includes(choice) || url.includes(choice));
}
