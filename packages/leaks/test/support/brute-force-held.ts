import type { HeapAnalysis } from '@heapstream/dominators';

const PARTS = ['hidden', 'array'];
const VALUES = ['string', 'number'];
const OBJECTS = ['object', 'closure', 'native'];

/** What tables and shares must say, by the words of their comments: slow, and without any of their code. */
export class BruteForceHeld {
  readonly #analysis: HeapAnalysis;
  readonly #survives: (node: number) => boolean;

  constructor(analysis: HeapAnalysis, survives: (node: number) => boolean) {
    this.#analysis = analysis;
    this.#survives = survives;
  }

  typeOf(node: number): string {
    return this.#analysis.graph.node(node).type;
  }

  /** The object that a node is a part of. */
  wholeOf(node: number): number {
    const above = this.#analysis.dominatorOf(node);
    if (above === node || !PARTS.includes(this.typeOf(node))) return node;
    const whole = this.wholeOf(above);
    return OBJECTS.includes(this.typeOf(whole)) ? whole : node;
  }

  /** The closest survivor above, itself included; `null` where there is none. */
  keeperOf(node: number): number | null {
    if (this.wholeOf(node) === node && this.#survives(node)) return node;
    const above = this.#analysis.dominatorOf(node);
    return above === node ? null : this.keeperOf(above);
  }

  get #nodes(): number[] {
    return Array.from({ length: this.#analysis.graph.nodeCount }, (_, node) => node);
  }

  countOf(survivor: number): number {
    return this.#nodes.filter(
      (node) => [...VALUES, ...OBJECTS].includes(this.typeOf(node)) && this.keeperOf(node) === survivor,
    ).length;
  }

  sizeOf(survivor: number): number {
    return this.#nodes
      .filter((node) => this.keeperOf(node) === survivor)
      .filter((node) => [...VALUES, ...OBJECTS].includes(this.typeOf(node)) || this.wholeOf(node) !== node)
      .reduce((sum, node) => sum + this.#analysis.shallowSizeOf(node), 0);
  }

  edgesOf(survivor: number, kind: 'objects' | 'values'): number {
    const wanted = kind === 'objects' ? OBJECTS : VALUES;
    const count = (sources: number[]): number =>
      sources
        .flatMap((node) => [...this.#analysis.graph.node(node).edges()])
        .filter(
          ({ target, type }) =>
            type !== 'weak' && this.wholeOf(target) !== survivor && wanted.includes(this.typeOf(target)),
        ).length;
    const parts = this.#nodes.filter((node) => node !== survivor && this.wholeOf(node) === survivor);
    return Math.max(count([survivor]), count(parts));
  }

  /** New objects and values that a hub reaches over new ones only. */
  reachedBy(hub: number): Set<number> {
    const reached = new Set<number>();
    const visit = (node: number): void => {
      for (const { target, type } of this.#analysis.graph.node(node).edges()) {
        const isEngines = ![...PARTS, ...VALUES, ...OBJECTS].includes(this.typeOf(target));
        const isOther = this.wholeOf(target) !== this.wholeOf(node);
        if (type === 'weak' || isEngines || reached.has(target)) continue;
        if (isOther && this.#survives(this.wholeOf(target))) continue;
        reached.add(target);
        visit(target);
      }
    };
    visit(hub);
    return reached;
  }

  /** Bytes of new objects and values that some survivors keep and no hub reaches. */
  keptBy(keepers: readonly number[], hubs: readonly number[]): number {
    const reached = new Set(hubs.flatMap((hub) => [...this.reachedBy(hub)]));
    return this.#nodes
      .filter((node) => this.#isCounted(node) && !reached.has(node))
      .filter((node) => keepers.includes(this.keeperOf(node) ?? -1))
      .reduce((sum, node) => sum + this.#analysis.shallowSizeOf(node), 0);
  }

  /** New, and no part of something else. */
  #isCounted(node: number): boolean {
    return [...VALUES, ...OBJECTS].includes(this.typeOf(node)) && !this.#survives(this.wholeOf(node));
  }

  /** Bytes of a hub's share. */
  shareOf(hub: number, hubs: readonly number[]): number {
    const sets = hubs.map((one) => this.reachedBy(one));
    return [...sets[hubs.indexOf(hub)]]
      .filter((node) => this.#isCounted(node))
      .reduce(
        (sum, node) => sum + this.#analysis.shallowSizeOf(node) / sets.filter((set) => set.has(node)).length,
        0,
      );
  }
}
