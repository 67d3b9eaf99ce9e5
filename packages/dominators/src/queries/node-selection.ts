import { compareText } from '@heapstream/core';
import type { ClassRow, HeapAnalysis } from '../heap-analysis.js';
import { tabulateClasses } from '../kernels/class-table.js';
import { UNREACHED } from '../kernels/distances.js';

/** Some of the nodes of an analysis. 1 byte a node. */
export class NodeSelection {
  readonly #analysis: HeapAnalysis;
  readonly #isSelected: Uint8Array;
  /** Selected nodes whose shallow size is above 0. */
  readonly count: number;
  /** Bytes of these nodes. */
  readonly shallowSize: number;

  static of(analysis: HeapAnalysis, isSelected: (node: number) => boolean): NodeSelection {
    const { nodeCount } = analysis.graph;
    const flags = new Uint8Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) if (isSelected(node)) flags[node] = 1;
    return new NodeSelection(analysis, flags);
  }

  private constructor(analysis: HeapAnalysis, isSelected: Uint8Array) {
    const { shallowSizeByNode } = analysis.columns;
    let count = 0;
    let shallowSize = 0;
    for (let node = 0; node < isSelected.length; node++) {
      if (isSelected[node] === 0 || shallowSizeByNode[node] === 0) continue;
      count++;
      shallowSize += shallowSizeByNode[node];
    }
    this.#analysis = analysis;
    this.#isSelected = isSelected;
    this.count = count;
    this.shallowSize = shallowSize;
  }

  has(ordinal: number): boolean {
    return this.#isSelected[ordinal] === 1;
  }

  /** The selected nodes whose shallow size is above 0, in file order. */
  ordinals(): Uint32Array {
    const { shallowSizeByNode } = this.#analysis.columns;
    const ordinals = new Uint32Array(this.count);
    let count = 0;
    for (let node = 0; node < this.#isSelected.length; node++) {
      if (this.#isSelected[node] === 1 && shallowSizeByNode[node] > 0) ordinals[count++] = node;
    }
    return ordinals;
  }

  /**
   * The class table of the selected nodes alone; retained sizes are those in the whole heap. A pass over the nodes and
   * a walk down the dominator tree; 4 to 8 bytes a node meanwhile.
   */
  classes(): ClassRow[] {
    const { columns, graph } = this.#analysis;
    const { classes } = graph.classes;
    const isSelected = this.#isSelected;
    const table = tabulateClasses({
      classCount: classes.length,
      classByNode: columns.classByNode,
      rootOrdinal: graph.rootOrdinal,
      // nodes without a size are in no row
      shallowSizeByNode: columns.shallowSizeByNode.map((size, node) => (isSelected[node] === 1 ? size : 0)),
      retainedSizeByNode: columns.retainedSizeByNode,
      distanceByNode: columns.distanceByNode,
      tree: columns,
    });
    const rows: ClassRow[] = [];
    classes.forEach(({ key, location, name }, classOrdinal) => {
      if (table.countByClass[classOrdinal] === 0) return;
      const distance = table.distanceByClass[classOrdinal];
      rows.push({
        key,
        name,
        location,
        count: table.countByClass[classOrdinal],
        shallowSize: table.shallowSizeByClass[classOrdinal],
        retainedSize: table.retainedSizeByClass[classOrdinal],
        distance: distance === UNREACHED ? null : distance,
        ordinals: () => this.#ordinalsOfClass(classOrdinal),
      });
    });
    return rows.sort(
      (a, b) => b.retainedSize - a.retainedSize || compareText(a.name, b.name) || compareText(a.key, b.key),
    );
  }

  #ordinalsOfClass(classOrdinal: number): Uint32Array {
    const { classByNode } = this.#analysis.columns;
    return this.ordinals().filter((node) => classByNode[node] === classOrdinal);
  }
}
