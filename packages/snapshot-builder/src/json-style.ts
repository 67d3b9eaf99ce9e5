/** What JSON can hold. Section bodies that are too large for it are streamed (see `write-sections.ts`). */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * - `compact`: no whitespace at all (Hermes)
 * - `section-lines`: a line per section (V8 since Node 24)
 * - `row-lines`: a newline before the comma of every row and after the comma of every string (V8 up to Node
 * 22)
 * - `pretty`: two spaces, every number on a line of its own
 * - `pretty-crlf`: the same with tabs and CRLF
 */
export type LayoutName = 'compact' | 'section-lines' | 'row-lines' | 'pretty' | 'pretty-crlf';

/**
 * - `minimal`: what JSON requires, everything else as raw UTF-8 (Bun)
 * - `v8`: whatever is not ASCII as `\uXXXX` with upper-case hex
 * - `lower-hex`: the same with lower-case hex, and `\/` (Hermes)
 * - `everything`: every UTF-16 unit as `\uXXXX`
 */
export type EscapeStyle = 'minimal' | 'v8' | 'lower-hex' | 'everything';

export interface JsonStyle {
  /** Default `section-lines`. */
  layout?: LayoutName;
  /** Default `v8`. */
  escapes?: EscapeStyle;
  /** Writes every letter of every key as `\uXXXX`. */
  escapedKeys?: boolean;
}

/** The text that stands between the parts of a file. Commas are included where they move between lines. */
export interface Layout {
  readonly afterOpen: string;
  readonly sectionSeparator: string;
  readonly afterColon: string;
  readonly beforeClose: string;
  readonly beforeRows: string;
  readonly rowSeparator: string;
  readonly numberSeparator: string;
  readonly afterRows: string;
  readonly stringSeparator: string;
  readonly afterStrings: string;
  /**
   * One step of indentation in nested values, and the line end before it; both empty where they stay on one
   * line.
   */
  readonly indent: string;
  readonly newline: string;
}

const COMPACT: Layout = {
  afterOpen: '',
  sectionSeparator: ',',
  afterColon: '',
  beforeClose: '',
  beforeRows: '',
  rowSeparator: ',',
  numberSeparator: ',',
  afterRows: '',
  stringSeparator: ',',
  afterStrings: '',
  indent: '',
  newline: '',
};

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  compact: COMPACT,
  'section-lines': { ...COMPACT, sectionSeparator: ',\n' },
  'row-lines': {
    ...COMPACT,
    sectionSeparator: ',\n',
    rowSeparator: '\n,',
    afterRows: '\n',
    stringSeparator: ',\n',
  },
  pretty: prettyLayout('  ', '\n'),
  'pretty-crlf': prettyLayout('\t', '\r\n'),
};

function prettyLayout(indent: string, newline: string): Layout {
  const section = newline + indent;
  const item = newline + indent + indent;
  return {
    afterOpen: section,
    sectionSeparator: `,${section}`,
    afterColon: ' ',
    beforeClose: newline,
    beforeRows: item,
    rowSeparator: `,${item}`,
    numberSeparator: `,${item}`,
    afterRows: section,
    stringSeparator: `,${item}`,
    afterStrings: section,
    indent,
    newline,
  };
}

/** The string between quotes. Lone surrogates are escaped in every style: UTF-8 cannot hold them. */
export function quote(text: string, escapes: EscapeStyle): string {
  switch (escapes) {
    case 'minimal':
      return JSON.stringify(text);
    case 'v8':
      return JSON.stringify(text).replace(/[^\0-\x7f]/g, (unit) =>
        escapeUnit(unit).toUpperCase().replace('U', 'u'),
      );
    case 'lower-hex':
      return JSON.stringify(text)
        .replace(/[^\0-\x7f]/g, escapeUnit)
        .replaceAll('/', '\\/');
    case 'everything':
      return `"${text.replace(/[\s\S]/g, escapeUnit)}"`;
  }
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

export function quoteKey(key: string, style: JsonStyle): string {
  return quote(key, style.escapedKeys ? 'everything' : 'minimal');
}

/** A small nested value (the header, a trace tree); recursive, so not for hostile depths. */
export function printJson(value: JsonValue, style: JsonStyle, depth = 1): string {
  const layout = LAYOUTS[style.layout ?? 'section-lines'];
  if (typeof value === 'string') return quote(value, style.escapes ?? 'v8');
  if (typeof value !== 'object' || value === null) return String(value);
  const items = isList(value)
    ? value.map((item) => printJson(item, style, depth + 1))
    : Object.entries(value).map(
        ([key, item]) => `${quoteKey(key, style)}:${layout.afterColon}${printJson(item, style, depth + 1)}`,
      );
  const [open, close] = isList(value) ? '[]' : '{}';
  if (items.length === 0) return `${open}${close}`;
  const line = layout.newline + layout.indent.repeat(depth);
  return `${open}${line}${layout.indent}${items.join(`,${line}${layout.indent}`)}${line}${close}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
