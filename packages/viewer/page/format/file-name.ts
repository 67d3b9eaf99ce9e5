/** A snapshot's name where there is little room: without what all of them end with. */
export function shortFileName(name: string): string {
  return name.replace(/\.(?:heapsnapshot|heaptimeline)(?:\.(?:gz|zst|br))?$/, '') || name;
}
