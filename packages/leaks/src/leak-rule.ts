import type { LeakKind } from './finding.js';
import type { LeakSite } from './leak-site.js';

/** Recognises what a site is. Of a list of rules the first that recognises it gives the finding its kind. */
export interface LeakRule {
  /** In findings; stays the same. */
  readonly name: string;
  readonly kind: LeakKind;
  /** Objects per round from which growth is no trifle. Default 5. */
  readonly notableCount?: number;
  /** What the site is, as the subject of a sentence (`the listeners of an EventEmitter`), or `null` where it is none of these. */
  recognise(site: LeakSite): string | null;
}

/** Recognises what grows in healthy programs, too. */
export interface ArtefactRule {
  readonly name: string;
  /** Why the growth may mean nothing, as half a sentence, or `null`. */
  recognise(site: LeakSite): string | null;
}
