/** Which rows of a list to give. */
export interface PageRequest {
  /** Rows to skip. Default 0. */
  readonly offset?: number;
  /** Rows at most, up to 1,000. Default 100. */
  readonly limit?: number;
}

export type SortOrder = 'asc' | 'desc';

/** In which order to give them. Equal rows stand in file order, or by name. */
export interface SortRequest<Column extends string> {
  /** Default: see the route. */
  readonly sort?: Column;
  /** Default `desc` for numbers, `asc` for text and distances. */
  readonly order?: SortOrder;
}

/** What rows must have in their name. */
export interface FilterRequest {
  /** Text in any case, or an expression of JavaScript (without slashes), up to 1,000 characters. Empty: no filter. */
  readonly filter?: string;
  /** How `filter` is read. Default `text`. An expression is taken with the flag `i` where `regex-i` is asked for. */
  readonly mode?: FilterMode;
}

export type FilterMode = 'text' | 'regex' | 'regex-i';

/** A part of a list. */
export interface Page<Row> {
  /** Length of the whole list, filters applied. */
  readonly total: number;
  /** Position of the first of `rows` in it. */
  readonly offset: number;
  readonly rows: readonly Row[];
}
