import { type JsonStyle, type JsonValue, LAYOUTS, printJson, quote, quoteKey } from './json-style.js';

/** A flat number array, handed over row by row: `[9, 1, 1, 0, 2]` is five numbers of the section. */
export class NumberRows {
  readonly rows: Iterable<readonly number[]>;
  constructor(rows: Iterable<readonly number[]>) {
    this.rows = rows;
  }
}

/** A string table. */
export class StringList {
  readonly strings: Iterable<string>;
  constructor(strings: Iterable<string>) {
    this.strings = strings;
  }
}

/** Text that is written as it stands: values that are too deep, too long or too wrong for the other forms. */
export class RawText {
  readonly texts: Iterable<string>;
  constructor(texts: Iterable<string>) {
    this.texts = texts;
  }
}

export type SectionBody = NumberRows | StringList | RawText | JsonValue;

/** Pieces of text are gathered to about this many characters before they are handed out. */
const PIECE_LENGTH = 64 * 1024;

/** Writes `{"key": body, …}` in the order given, in pieces: a section of any size takes constant memory. */
export function* writeSections(
  sections: Iterable<readonly [key: string, body: SectionBody]>,
  style: JsonStyle,
): Generator<string, void, undefined> {
  let piece = '';
  for (const text of writeParts(sections, style)) {
    piece += text;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* writeParts(
  sections: Iterable<readonly [key: string, body: SectionBody]>,
  style: JsonStyle,
): Generator<string, void, undefined> {
  const layout = LAYOUTS[style.layout ?? 'section-lines'];
  let separator = `{${layout.afterOpen}`;
  for (const [key, body] of sections) {
    yield `${separator}${quoteKey(key, style)}:${layout.afterColon}`;
    yield* writeBody(body, style);
    separator = layout.sectionSeparator;
  }
  yield `${layout.beforeClose}}`;
}

function* writeBody(body: SectionBody, style: JsonStyle): Generator<string, void, undefined> {
  const layout = LAYOUTS[style.layout ?? 'section-lines'];
  if (body instanceof NumberRows) {
    const rows = mapLazily(body.rows, (row) => row.join(layout.numberSeparator));
    yield* writeList(rows, layout.beforeRows, layout.rowSeparator, layout.afterRows);
  } else if (body instanceof StringList) {
    const escapes = style.escapes ?? 'v8';
    const strings = mapLazily(body.strings, (text) => quote(text, escapes));
    yield* writeList(strings, layout.beforeRows, layout.stringSeparator, layout.afterStrings);
  } else if (body instanceof RawText) {
    yield* body.texts;
  } else {
    yield printJson(body, style);
  }
}

function* writeList(
  items: Iterable<string>,
  first: string,
  separator: string,
  last: string,
): Generator<string, void, undefined> {
  let before = `[${first}`;
  let isEmpty = true;
  for (const item of items) {
    yield before + item;
    before = separator;
    isEmpty = false;
  }
  yield isEmpty ? '[]' : `${last}]`;
}

function* mapLazily<From, To>(
  items: Iterable<From>,
  map: (item: From) => To,
): Generator<To, void, undefined> {
  for (const item of items) yield map(item);
}
