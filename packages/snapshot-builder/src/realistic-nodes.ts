import { EDGE_TYPES, NODE_TYPES } from './format.js';
import { mix, skewed } from './mix.js';
import { STRING_ROWS } from './realistic-strings.js';

const [ROOT, GC_ROOTS, GLOBAL, SESSION_HOLDER] = [0, 1, 2, 3];
const FIRST_MAP = 4;
/** Hidden classes, which all objects share. */
const MAPS = 256;
/** Ordinal of the first node that belongs to a session. */
export const FIRST_SESSION = FIRST_MAP + MAPS;
/** One session in so many is a linked list. */
const LISTS_EVERY = 50;
const LARGEST_SESSION = 32_768;

const NODE = rowsOf(NODE_TYPES);
const EDGE = rowsOf(EDGE_TYPES);

/** Is told of every node in order, and of its edges right after it. */
export interface NodeVisitor {
  /** False spares the walk the edges. */
  readonly wantsEdges: boolean;
  node(
    ordinal: number,
    type: number,
    name: number,
    selfSize: number,
    edgeCount: number,
    isInSession: boolean,
  ): void;
  edge(type: number, nameOrIndex: number, to: number): void;
}

/** Shares of the types of nodes in a session, in 1/1024; measured on a compiler's and a web server's heap. */
const TYPE_BY_CHANCE = spread(1024, [
  [NODE.object, 480],
  [NODE.string, 150],
  [NODE.array, 128],
  [NODE.code, 96],
  [NODE.hidden, 84],
  [NODE.closure, 40],
  [NODE['sliced string'], 12],
  [NODE.number, 18],
  [NODE['object shape'], 12],
  [NODE.symbol, 2],
  [NODE.native, 2],
]);
/** What may hold others. */
const CONTAINERS: ReadonlySet<number> = new Set([
  NODE.object,
  NODE.array,
  NODE.code,
  NODE.hidden,
  NODE.closure,
  NODE.native,
]);
/** Children in the tree, for a container: 1.5 on average. */
const CHILDREN_BY_CHANCE = spread(64, [
  [0, 15],
  [1, 22],
  [2, 14],
  [3, 8],
  [5, 4],
  [9, 1],
]);
/** Further edges, for a container: 4.5 on average. */
const EXTRAS_BY_CHANCE = spread(64, [
  [0, 6],
  [2, 12],
  [3, 13],
  [5, 16],
  [7, 13],
  [12, 3],
  [24, 1],
]);

/**
 * Walks over the nodes of a realistic heap, the same for the same seed; hands control back whenever `isFull` says so.
 * Returns how many sessions there are, and how many texts the strings use.
 */
export function* walkRealisticNodes(
  nodes: number,
  seed: number,
  visitor: NodeVisitor,
  isFull: () => boolean,
): Generator<void, { sessionCount: number; textCount: number }, undefined> {
  const sessionCount = countSessions(nodes, seed);
  visitRoots(visitor, sessionCount);
  if (visitor.wantsEdges) {
    for (const start of sessionStarts(nodes, seed)) {
      visitor.edge(EDGE.element, start.serial, start.first);
      if (isFull()) yield;
    }
  }
  visitMaps(visitor);
  const session = new SessionWalk(seed, visitor);
  for (const { serial, first, size } of sessionStarts(nodes, seed)) {
    session.begin(serial, first, size);
    while (session.hasNext) {
      session.next();
      if (isFull()) yield;
    }
  }
  return { sessionCount, textCount: session.textCount };
}

/** The root holds the global object, which holds the array of sessions and the maps; the synthetic roots hold some too. */
function visitRoots(visitor: NodeVisitor, sessionCount: number): void {
  visitor.node(ROOT, NODE.synthetic, STRING_ROWS.empty, 0, 2, false);
  if (visitor.wantsEdges) {
    visitor.edge(EDGE.shortcut, STRING_ROWS.global, GLOBAL);
    visitor.edge(EDGE.element, 1, GC_ROOTS);
  }
  visitor.node(GC_ROOTS, NODE.synthetic, STRING_ROWS.gcRoots, 0, MAPS, false);
  if (visitor.wantsEdges)
    for (let map = 0; map < MAPS; map++) visitor.edge(EDGE.element, map, FIRST_MAP + map);
  visitor.node(GLOBAL, NODE.object, STRING_ROWS.global, 64, MAPS + 1, false);
  if (visitor.wantsEdges) {
    visitor.edge(EDGE.property, STRING_ROWS.firstPropertyName, SESSION_HOLDER);
    for (let map = 0; map < MAPS; map++) {
      visitor.edge(EDGE.internal, STRING_ROWS.firstPropertyName + 1 + map, FIRST_MAP + map);
    }
  }
  visitor.node(SESSION_HOLDER, NODE.object, STRING_ROWS.array, 16, sessionCount, false);
}

function visitMaps(visitor: NodeVisitor): void {
  for (let map = 0; map < MAPS; map++) {
    visitor.node(FIRST_MAP + map, NODE['object shape'], STRING_ROWS.map, 80, 1, false);
    if (visitor.wantsEdges) visitor.edge(EDGE.internal, STRING_ROWS.map, FIRST_MAP);
  }
}

/** Sizes have a heavy tail; the last session takes what is left. */
function* sessionStarts(
  nodes: number,
  seed: number,
): Generator<{ serial: number; first: number; size: number }, void, undefined> {
  const start = { serial: 0, first: FIRST_SESSION, size: 0 };
  for (; start.first < nodes; start.serial++) {
    const random = mix(seed ^ 0x2545f491, start.serial);
    const kind = random & 31;
    const rest = random >>> 5;
    const wanted =
      kind < 20
        ? 8 + (rest % 120)
        : kind < 30
          ? 128 + (rest % 1920)
          : 2048 + (rest % (LARGEST_SESSION - 2048));
    start.size = Math.min(wanted, nodes - start.first);
    yield start;
    start.first += start.size;
  }
}

function countSessions(nodes: number, seed: number): number {
  let count = 0;
  for (const { serial } of sessionStarts(nodes, seed)) count = serial + 1;
  return count;
}

/** A session: a tree in the order of a breadth-first walk, so a node's children follow from how many came before. */
class SessionWalk {
  /** Texts used so far, over all sessions. */
  textCount = 0;
  readonly #seed: number;
  readonly #visitor: NodeVisitor;
  #first = 0;
  #end = 0;
  #ordinal = 0;
  /** The first node that has no parent yet. */
  #nextChild = 0;
  #isList = false;

  constructor(seed: number, visitor: NodeVisitor) {
    this.#seed = seed;
    this.#visitor = visitor;
  }

  begin(serial: number, first: number, size: number): void {
    this.#first = first;
    this.#ordinal = first;
    this.#nextChild = first + 1;
    this.#end = first + size;
    this.#isList = serial % LISTS_EVERY === LISTS_EVERY - 1;
  }

  get hasNext(): boolean {
    return this.#ordinal < this.#end;
  }

  next(): void {
    const ordinal = this.#ordinal++;
    const random = mix(this.#seed, ordinal);
    const isLast = this.#nextChild === ordinal + 1 && this.#nextChild < this.#end;
    let type = this.#isList || ordinal === this.#first ? NODE.object : TYPE_BY_CHANCE[random & 1023];
    // somebody must hold what comes next
    if (isLast && !CONTAINERS.has(type)) type = NODE.object;
    const isContainer = CONTAINERS.has(type);
    const wanted = this.#isList ? 1 : isContainer ? CHILDREN_BY_CHANCE[(random >>> 10) & 63] : 0;
    const children = Math.min(Math.max(wanted, isLast ? 1 : 0), this.#end - this.#nextChild);
    const extras = isContainer && !this.#isList ? EXTRAS_BY_CHANCE[(random >>> 16) & 63] : 0;
    const detail = mix(random, 1);
    this.#visitor.node(
      ordinal,
      type,
      this.#name(ordinal, type, detail),
      selfSize(type, detail),
      1 + children + extras,
      true,
    );
    const firstChild = this.#nextChild;
    this.#nextChild += children;
    if (this.#visitor.wantsEdges) this.#visitEdges(ordinal, type, random, firstChild, children, extras);
  }

  #name(ordinal: number, type: number, detail: number): number {
    if (type === NODE.object) {
      if (ordinal === this.#first) return STRING_ROWS.session;
      if (this.#isList) return STRING_ROWS.listNode;
      const kind = detail & 31;
      if (kind < 5) return STRING_ROWS.object;
      if (kind < 8) return STRING_ROWS.array;
      return STRING_ROWS.firstClassName + skewed(detail, STRING_ROWS.classNames);
    }
    if (type === NODE.array) return STRING_ROWS.empty;
    if (type === NODE['object shape']) return STRING_ROWS.map;
    if (type !== NODE.string)
      return STRING_ROWS.firstPropertyName + skewed(detail, STRING_ROWS.propertyNames);
    // two of five strings repeat a text
    const isNew = this.textCount === 0 || detail % 5 < 3;
    return STRING_ROWS.firstText + (isNew ? this.textCount++ : detail % this.textCount);
  }

  #visitEdges(
    ordinal: number,
    type: number,
    random: number,
    firstChild: number,
    children: number,
    extras: number,
  ): void {
    const visitor = this.#visitor;
    let draw = mix(random, 2);
    visitor.edge(EDGE.internal, STRING_ROWS.map, FIRST_MAP + skewed(draw, MAPS));
    for (let at = 0; at < children; at++) {
      draw = mix(draw, at);
      this.#edgeTo(firstChild + at, type, draw, at);
    }
    const size = this.#end - this.#first;
    for (let at = 0; at < extras; at++) {
      draw = mix(draw, at);
      const target = mix(draw, 3);
      const kind = draw & 15;
      if (kind < 9) {
        const near = ordinal + (target % 33) - 16;
        this.#edgeTo(Math.min(Math.max(near, this.#first), this.#end - 1), type, draw, children + at);
      } else if (kind < 13) {
        this.#edgeTo(this.#first + (target % size), type, draw, children + at);
      } else if (kind < 15) {
        visitor.edge(EDGE.internal, propertyName(draw), FIRST_MAP + skewed(target, MAPS));
      } else if (draw & 16) {
        visitor.edge(EDGE.weak, propertyName(draw), this.#first + (target % size));
      } else {
        this.#edgeTo(this.#first + (target % size), type, draw, children + at);
      }
    }
  }

  /** Elements are numbered, what an object or a closure holds has a name. */
  #edgeTo(to: number, type: number, draw: number, position: number): void {
    if (type === NODE.array) this.#visitor.edge(EDGE.element, position, to);
    else if (type === NODE.hidden) this.#visitor.edge(EDGE.hidden, position, to);
    else if (type === NODE.closure) this.#visitor.edge(EDGE.context, propertyName(draw), to);
    else if (type === NODE.object && draw % 8 < 6) this.#visitor.edge(EDGE.property, propertyName(draw), to);
    else this.#visitor.edge(EDGE.internal, propertyName(draw), to);
  }
}

function propertyName(random: number): number {
  return STRING_ROWS.firstPropertyName + skewed(random, STRING_ROWS.propertyNames);
}

function selfSize(type: number, detail: number): number {
  if (type === NODE.array) return 16 + 8 * ((detail & 63) === 0 ? detail % 4096 : detail % 24);
  if (type === NODE.string) return 16 + 8 * (detail % 12);
  return 16 + 8 * (1 + (detail % 14));
}

function rowsOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, row) => [name, row]));
}

/** chance → value: each value as often as its weight says; the weights add up to `total`. */
function spread(total: number, weights: readonly (readonly [value: number, weight: number])[]): Uint8Array {
  const values = new Uint8Array(total);
  let at = 0;
  for (const [value, weight] of weights) {
    values.fill(value, at, at + weight);
    at += weight;
  }
  if (at !== total) throw new RangeError(`the weights of a distribution add up to ${at}, expected ${total}`);
  return values;
}
