/** One page of a list that lies on the server. */
export interface RowPage<Row> {
  /** Rows of the whole list. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Where the rows of a tree come from. */
export interface RowSource<Row> {
  /** Rows below `parent`, at the top where it is `null`. Rejects with what the table shows. */
  load(parent: Row | null, offset: number, limit: number, signal: AbortSignal): Promise<RowPage<Row>>;
  canExpand(row: Row): boolean;
  /** Tells a row from its siblings. */
  keyOf(row: Row): string;
}

/** One visible line. */
export interface Line<Row> {
  /** `null` while the page with it is under way, or where it failed. */
  readonly row: Row | null;
  /** 1 at the top. */
  readonly level: number;
  /** Among its siblings, from 0. */
  readonly position: number;
  readonly siblings: number;
  readonly isExpanded: boolean;
  readonly canExpand: boolean;
  /** Keys from the top to the row; '' while it is not loaded. */
  readonly path: string;
  readonly error: Error | null;
}

interface Branch<Row> {
  readonly row: Row | null;
  readonly path: string;
  readonly level: number;
  readonly parent: Branch<Row> | null;
  /** Of its row in the parent. */
  readonly position: number;
  /** Until the first page is there: one line that says so. */
  total: number;
  /** Lines below it, those of open branches included. */
  lineCount: number;
  readonly pages: Map<number, Page<Row>>;
  /** By position, ascending. */
  readonly open: Branch<Row>[];
}

interface Page<Row> {
  rows: readonly Row[] | null;
  error: Error | null;
  /** Settles when one of both is there. */
  loaded: Promise<void>;
  readonly abort: AbortController;
  /** Turn of the clock at which a line of it was last asked for. */
  usedAt: number;
}

export const PAGE_SIZE = 100;
/** Pages kept while nobody looks at them: some megabytes. */
const MAX_PAGES = 120;
const NEVER = new Promise<never>(() => {});
const PATH_SEPARATOR = '\u0000';

/**
 * The visible lines of a tree whose rows lie on the server, by number: pages are asked for when a line of them is, and
 * dropped when many others were looked at since. Finding a line takes a step for each open branch before it.
 */
export class RowTree<Row> {
  /** Called when lines changed. */
  onChange: () => void = () => {};
  readonly #source: RowSource<Row>;
  readonly #top: Branch<Row>;
  #clock = 0;
  #pageCount = 0;

  constructor(source: RowSource<Row>) {
    this.#source = source;
    this.#top = this.#branch(null, null, 0);
  }

  /** Lines to show; 1 until the first page is there. */
  get lineCount(): number {
    return this.#top.lineCount;
  }

  /** Rows at the top; `null` until they are known. */
  get total(): number | null {
    return this.#isKnown(this.#top) ? this.#top.total : null;
  }

  /** The line of that number; asks for its page where it is missing. */
  lineAt(number: number): Line<Row> | null {
    if (number < 0 || number >= this.#top.lineCount) return null;
    let branch = this.#top;
    let rest = number;
    for (;;) {
      const inside = openBranchAt(branch, rest);
      if (inside === null) return this.#line(branch, rest - linesBefore(branch, rest));
      branch = inside.branch;
      rest = inside.rest;
    }
  }

  /** Opens or closes the row of that line. */
  toggle(number: number): void {
    const line = this.lineAt(number);
    if (line?.isExpanded) this.collapse(number);
    else this.expand(number);
  }

  expand(number: number): void {
    const line = this.lineAt(number);
    if (line?.row == null || !line.canExpand || line.isExpanded) return;
    const branch = this.#branchOf(number);
    this.#open(branch, line.row, line.position);
    this.onChange();
  }

  collapse(number: number): void {
    const line = this.lineAt(number);
    if (!line?.isExpanded) return;
    const parent = this.#branchOf(number);
    const found = parent.open.findIndex(({ position }) => position === line.position);
    const [closed] = parent.open.splice(found, 1);
    this.#drop(closed);
    addLines(parent, -closed.lineCount);
    this.onChange();
  }

  /** The number of the row's own line above this one; `null` at the top. */
  parentOf(number: number): number | null {
    const branch = this.#branchOf(number);
    if (branch.parent === null) return null;
    return lineNumberOf(branch.parent, branch.position);
  }

  /** The line of the row with that path, among those that are loaded. */
  numberOf(path: string): number | null {
    const parent = this.#openBranches().find((branch) => isParentPath(branch.path, path));
    if (parent === undefined) return null;
    for (const [pageNumber, { rows }] of parent.pages) {
      const at = rows?.findIndex((row) => this.#pathOf(parent, row) === path) ?? -1;
      if (at >= 0) return lineNumberOf(parent, pageNumber * PAGE_SIZE + at);
    }
    return null;
  }

  /**
   * Opens row after row downwards: `positions` are those among the siblings, from the top. The number of the last one's
   * line; `null` where there is no such row.
   */
  async reveal(positions: readonly number[]): Promise<number | null> {
    let branch = this.#top;
    for (const [depth, position] of positions.entries()) {
      const page = this.#pageAt(branch, Math.floor(position / PAGE_SIZE));
      await page.loaded;
      const row = page.rows?.[position % PAGE_SIZE];
      if (row === undefined) return null;
      if (depth === positions.length - 1) return lineNumberOf(branch, position);
      if (!this.#source.canExpand(row)) return null;
      branch = branch.open.find((open) => open.position === position) ?? this.#open(branch, row, position);
    }
    return null;
  }

  /** Asks again for what failed. */
  retry(): void {
    for (const { pages } of this.#openBranches()) {
      for (const [number, { error }] of pages) {
        if (error === null) continue;
        pages.delete(number);
        this.#pageCount--;
      }
    }
    this.onChange();
  }

  #line(branch: Branch<Row>, position: number): Line<Row> {
    const page = this.#pageAt(branch, Math.floor(position / PAGE_SIZE));
    const row = page.rows?.[position % PAGE_SIZE] ?? null;
    const isExpanded = branch.open.some((open) => open.position === position);
    return {
      row,
      level: branch.level + 1,
      position,
      siblings: branch.total,
      isExpanded,
      canExpand: row !== null && this.#source.canExpand(row),
      path: row === null ? '' : this.#pathOf(branch, row),
      error: page.error,
    };
  }

  #pathOf(branch: Branch<Row>, row: Row): string {
    return branch.path + PATH_SEPARATOR + this.#source.keyOf(row);
  }

  #pageAt(branch: Branch<Row>, number: number): Page<Row> {
    this.#clock++;
    const known = branch.pages.get(number);
    if (known !== undefined) {
      known.usedAt = this.#clock;
      return known;
    }
    const abort = new AbortController();
    const page: Page<Row> = { rows: null, error: null, loaded: NEVER, abort, usedAt: this.#clock };
    branch.pages.set(number, page);
    this.#pageCount++;
    page.loaded = this.#load(branch, number, page);
    return page;
  }

  async #load(branch: Branch<Row>, number: number, page: Page<Row>): Promise<void> {
    try {
      const offset = number * PAGE_SIZE;
      const loaded = await this.#source.load(branch.row, offset, PAGE_SIZE, page.abort.signal);
      if (page.abort.signal.aborted) return;
      page.rows = loaded.rows;
      this.#setTotal(branch, loaded.total);
      this.#dropOldPages();
    } catch (error) {
      if (page.abort.signal.aborted) return;
      page.error = error instanceof Error ? error : new Error(String(error));
    }
    this.onChange();
  }

  #setTotal(branch: Branch<Row>, total: number): void {
    const change = total - branch.total;
    branch.total = total;
    addLines(branch, change);
  }

  #isKnown(branch: Branch<Row>): boolean {
    return branch.total !== 1 || [...branch.pages.values()].some(({ rows }) => rows !== null);
  }

  #open(parent: Branch<Row>, row: Row, position: number): Branch<Row> {
    const branch = this.#branch(parent, row, position);
    const at = parent.open.findIndex((open) => open.position > position);
    parent.open.splice(at < 0 ? parent.open.length : at, 0, branch);
    addLines(parent, branch.lineCount);
    return branch;
  }

  #branch(parent: Branch<Row> | null, row: Row | null, position: number): Branch<Row> {
    return {
      row,
      parent,
      position,
      path: parent === null || row === null ? '' : this.#pathOf(parent, row),
      level: parent === null ? 0 : parent.level + 1,
      total: 1,
      lineCount: 1,
      pages: new Map(),
      open: [],
    };
  }

  #branchOf(number: number): Branch<Row> {
    let branch = this.#top;
    let rest = number;
    for (;;) {
      const inside = openBranchAt(branch, rest);
      if (inside === null) return branch;
      branch = inside.branch;
      rest = inside.rest;
    }
  }

  #openBranches(): Branch<Row>[] {
    const found: Branch<Row>[] = [this.#top];
    for (let i = 0; i < found.length; i++) found.push(...found[i].open);
    return found;
  }

  #drop(branch: Branch<Row>): void {
    for (const { abort } of branch.pages.values()) abort.abort();
    this.#pageCount -= branch.pages.size;
    for (const open of branch.open) this.#drop(open);
  }

  #dropOldPages(): void {
    if (this.#pageCount <= MAX_PAGES) return;
    const pages = this.#openBranches().flatMap((branch) =>
      Array.from(branch.pages, ([number, page]) => ({ branch, number, page })),
    );
    pages.sort((a, b) => a.page.usedAt - b.page.usedAt);
    for (const { branch, number, page } of pages.slice(0, pages.length - MAX_PAGES / 2)) {
      page.abort.abort();
      branch.pages.delete(number);
      this.#pageCount--;
    }
  }
}

/** The open branch that a line of `branch` lies in, and its number there; `null` for one of the branch's own rows. */
function openBranchAt<Row>(
  branch: Branch<Row>,
  number: number,
): { branch: Branch<Row>; rest: number } | null {
  let linesOfOpen = 0;
  for (const open of branch.open) {
    const first = open.position + 1 + linesOfOpen;
    if (number < first) return null;
    if (number < first + open.lineCount) return { branch: open, rest: number - first };
    linesOfOpen += open.lineCount;
  }
  return null;
}

/** Lines of open branches before one of the branch's own rows. */
function linesBefore<Row>(branch: Branch<Row>, number: number): number {
  let lines = 0;
  for (const open of branch.open) {
    if (number <= open.position + lines) break;
    lines += open.lineCount;
  }
  return lines;
}

function lineNumberOf<Row>(branch: Branch<Row>, position: number): number {
  let number = position;
  for (const open of branch.open) if (open.position < position) number += open.lineCount;
  return branch.parent === null ? number : lineNumberOf(branch.parent, branch.position) + 1 + number;
}

function addLines<Row>(branch: Branch<Row>, count: number): void {
  for (let at: Branch<Row> | null = branch; at !== null; at = at.parent) at.lineCount += count;
}

function isParentPath(parent: string, path: string): boolean {
  return path.startsWith(parent + PATH_SEPARATOR) && path.lastIndexOf(PATH_SEPARATOR) === parent.length;
}
