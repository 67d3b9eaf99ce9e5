import type { HeapAnalysis } from '@heapstream/dominators';
import * as queries from '@heapstream/dominators';

/** What single nodes are asked, and what their answers are. */
export function answersAbout(analysis: HeapAnalysis, ordinal: number): unknown[] {
  const { graph } = analysis;
  const links = (page: queries.LinkPage<queries.Child>) =>
    page.links.map(({ distance, edge, node }) => [distance, edge.ordinal, edge.name, edge.type, node.name]);
  const paths = queries.findRetainingPaths(analysis, ordinal, { count: 3 });
  return [
    analysis.dominatorOf(ordinal),
    analysis.retainedSizeOf(ordinal),
    analysis.shallowSizeOf(ordinal),
    analysis.distanceOf(ordinal),
    graph.node(ordinal).className,
    graph.ordinalOfId(graph.node(ordinal).id),
    [...analysis.dominatedBy(ordinal)],
    Array.from(analysis.retainersOf(ordinal), ({ edge, node }) => [edge.name, node.id]),
    links(queries.listRetainers(analysis, ordinal)),
    links(queries.listChildren(analysis, ordinal)),
    links(queries.listChildren(analysis, ordinal, { order: 'retainedSize' })),
    queries.largestDominated(analysis, ordinal, { limit: 3 }),
    [...queries.dominatorChain(analysis, ordinal)],
    queries.allocationStackOf(analysis, ordinal),
    [paths.reason, paths.isComplete],
    paths.paths.map(({ steps }) =>
      steps.map(({ edge, explanation, node }) => [edge?.name, edge?.type, explanation, node.name, node.id]),
    ),
  ];
}

/** What the whole is asked. */
export function answersAboutAll(analysis: HeapAnalysis): unknown[] {
  const { graph } = analysis;
  const contexts = queries.findNativeContexts(analysis);
  return [
    analysis.totalSize,
    analysis.statistics,
    analysis.classes().map(({ ordinals, ...row }) => ({ ...row, ordinals: [...ordinals()] })),
    graph.classes.interfaces,
    queries.findDuplicateStrings(analysis).map(({ ordinals, ...row }) => [row, [...ordinals()]]),
    queries.largestStrings(analysis, { limit: 5 }),
    queries.searchNodes(analysis, 'a'),
    queries.searchNodes(analysis, /o/),
    queries.findAllocationSites(analysis),
    queries.liveBytesOverTime(analysis),
    [contexts.contexts, contexts.shared, contexts.unattributed],
    queries.RETAINED_BY.map((holder) => queries.selectRetainedBy(analysis, holder).count),
  ];
}
