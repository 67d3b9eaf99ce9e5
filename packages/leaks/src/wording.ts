import type { HeldObjects } from './leak-site.js';

/** What people call the objects that a site holds: the class that most of them have. */
export function nounOf(direct: readonly HeldObjects[]): string {
  const main = direct[0]?.class ?? 'objects';
  if (main === 'Function') return 'functions';
  if (main === '(string)' || main === '(concatenated string)' || main === '(sliced string)') return 'strings';
  return main.startsWith('system / Context') ? 'scopes' : main;
}
