import type { HeldObjects } from './leak-site.js';

/** What people call the objects that a site holds: the class that most of them have. */
export function nounOf(direct: readonly HeldObjects[]): string {
  const main = direct[0]?.class ?? 'objects';
  if (main === 'Function') return 'functions';
  if (main === '(string)' || main === '(concatenated string)' || main === '(sliced string)') return 'strings';
  return main.startsWith('system / Context') ? 'scopes' : shortName(main);
}

/** UTF-16 units of a name that findings hold at most: files may have names of megabytes. */
const MAX_NAME = 200;

/** A name as findings hold it. */
export function shortName(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
}
