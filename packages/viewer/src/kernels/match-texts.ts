export interface TextMatchInput {
  readonly texts: readonly string[];
  readonly query: string | RegExp;
}

/** Position → 1 where the text holds the query (in any case) or matches the expression. */
export function matchTexts({ query, texts }: TextMatchInput): Uint8Array {
  const isMatch = textTest(query);
  return Uint8Array.from(texts, (text) => (isMatch(text) ? 1 : 0));
}

export function textTest(query: string | RegExp): (text: string) => boolean {
  if (typeof query !== 'string') return (text) => query.test(text);
  const wanted = query.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}
