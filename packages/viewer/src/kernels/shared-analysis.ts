import {
  type ClassIdentity,
  type GraphColumns,
  HeapGraph,
  type HeapStatistics,
  type InterfaceDefinition,
  NodeClasses,
} from '@heapstream/core';
import { type AnalysisColumns, HeapAnalysis } from '@heapstream/dominators';

/** An analysis as another thread gets it: the columns are shared, the rest is copied. */
export interface SharedAnalysis {
  readonly graph: GraphColumns;
  readonly columns: AnalysisColumns;
  readonly classes: readonly ClassIdentity[];
  readonly interfaces: readonly InterfaceDefinition[];
  readonly statistics: HeapStatistics;
}

export function shareAnalysis({ columns, graph, statistics }: HeapAnalysis): SharedAnalysis {
  const { classes, interfaces } = graph.classes;
  return { graph: graph.columns, columns, classes, interfaces, statistics };
}

/** The analysis again, without computing anything. */
export function adoptAnalysis(shared: SharedAnalysis): HeapAnalysis {
  const { classes, columns, interfaces, statistics } = shared;
  const graph = new HeapGraph(shared.graph);
  graph.adopt({ sizes: columns, classes: new NodeClasses(columns, classes, interfaces) });
  return new HeapAnalysis(graph, columns, statistics);
}
