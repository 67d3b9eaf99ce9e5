import { NODE_TYPE } from '@heapstream/core';
import { allocationStackOf, type HeapAnalysis } from '@heapstream/dominators';
import type { Frame } from '../api/index.js';
import { badParameter } from '../http/request-error.js';
import type { HeldBy } from '../kernels/select-held-by.js';
import { locationRow } from '../lists/location-row.js';
import { objectRow } from '../lists/object-rows.js';
import type { RowList } from '../lists/row-list.js';
import { cutText } from '../lists/short-text.js';
import { readTextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { readHeldBy } from './class-routes.js';
import { answerObjects, filteredObjects, readObjectFilters } from './object-lists.js';
import { objectOf, type RouteHandler, snapshotOf } from './viewer-context.js';

/** The objects of a class. */
export const listObjects: RouteHandler<'objects'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const classOrdinal = parameters.integer('class', { max: snapshot.facts.classCount - 1 });
  const filters = readObjectFilters(snapshot, parameters, readTextFilter(parameters));
  const heldBy = readHeldBy(parameters);
  const members = await snapshot.classList(classOrdinal);
  const list = heldBy === undefined ? members : await heldMembers(snapshot, members, classOrdinal, heldBy);
  return answerObjects(snapshot, await filteredObjects(snapshot, list, filters), parameters);
};

/** Those of a class that the Summary is narrowed to. */
function heldMembers(
  snapshot: LoadedSnapshot,
  { key: membersKey }: RowList,
  classOrdinal: number,
  heldBy: HeldBy,
): Promise<RowList> {
  const key = `${membersKey} held ${JSON.stringify(heldBy)}`;
  return snapshot.keepList(key, async () => {
    const { ordinals } = await snapshot.heldObjects(heldBy);
    const { classByNode } = snapshot.analysis.columns;
    return { key, nodes: ordinals.filter((node) => classByNode[node] === classOrdinal) };
  });
}

const ID = /^@\d{1,16}$/;

/** Objects by name, or the one that has an id. */
export const search: RouteHandler<'search'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { graph } = snapshot.analysis;
  const filter = readTextFilter(parameters, 'query');
  if (filter === null) throw badParameter('query', 'is missing');
  const filters = readObjectFilters(snapshot, parameters, filter);
  const classOrdinal = parameters.optionalInteger('class', { max: snapshot.facts.classCount - 1 });
  if (typeof filter.query === 'string' && ID.test(filter.query)) {
    const found = graph.ordinalOfId(Number(filter.query.slice(1)));
    const nodes = found === undefined ? new Uint32Array() : Uint32Array.of(found);
    return answerObjects(snapshot, { key: `id ${filter.query}`, nodes }, parameters);
  }
  const list = classOrdinal === undefined ? null : await snapshot.classList(classOrdinal);
  return answerObjects(snapshot, await filteredObjects(snapshot, list, filters), parameters);
};

/** UTF-16 units of a string's text in its details. */
const DETAIL_LENGTH = 10_000;
const STRING_TYPES: readonly string[] = [
  NODE_TYPE.string,
  NODE_TYPE.concatenatedString,
  NODE_TYPE.slicedString,
];

export const describeObject: RouteHandler<'object'> = (context, parameters) => {
  const { analysis } = snapshotOf(context, parameters);
  const ordinal = objectOf(analysis, parameters);
  const node = analysis.graph.node(ordinal);
  const text = textOf(analysis, ordinal);
  const cut = text === null ? { text: null, isCut: false } : cutText(text, DETAIL_LENGTH);
  const row = objectRow(analysis, ordinal);
  const isRoot = ordinal === analysis.graph.rootOrdinal;
  return {
    ...row,
    selfSize: node.selfSize,
    location: locationRow(node.location),
    dominator: isRoot ? null : objectRow(analysis, analysis.dominatorOf(ordinal)),
    retainedShare: analysis.totalSize > 0 ? row.retainedSize / analysis.totalSize : 0,
    text: cut.text,
    isTextCut: cut.isCut,
    allocationStack: allocationStackOf(analysis, ordinal)?.map(frameRow) ?? null,
  };
};

/** Of strings alone. */
function textOf({ graph }: HeapAnalysis, ordinal: number): string | null {
  const node = graph.node(ordinal);
  return STRING_TYPES.includes(node.type) ? node.name : null;
}

/** A function on a stack, with names cut like all others. */
function frameRow({ functionName, scriptName, ...place }: Frame): Frame {
  return {
    functionName: cutText(functionName, DETAIL_LENGTH).text,
    scriptName: cutText(scriptName, DETAIL_LENGTH).text,
    ...place,
  };
}

const MAX_TEXT = 1_000_000;
const DEFAULT_TEXT = 100_000;

export const readText: RouteHandler<'text'> = (context, parameters) => {
  const { analysis } = snapshotOf(context, parameters);
  const ordinal = objectOf(analysis, parameters);
  const offset = parameters.optionalInteger('offset') ?? 0;
  const limit = parameters.optionalInteger('limit', { min: 1, max: MAX_TEXT }) ?? DEFAULT_TEXT;
  const text = textOf(analysis, ordinal);
  if (text === null) throw badParameter('object', 'is no string');
  return { text: text.slice(offset, offset + limit), offset, length: text.length };
};
