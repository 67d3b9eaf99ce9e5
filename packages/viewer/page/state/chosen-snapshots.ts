/** The snapshots that an address names, of those there are, each once and in its order; all where it names none of them. */
export function parseChosen(text: string, offered: readonly number[]): number[] {
  const named = text.split(',').filter((part) => /^\d{1,4}$/.test(part));
  const chosen = [...new Set(named.map(Number))].filter((snapshot) => offered.includes(snapshot));
  return chosen.length > 0 ? chosen : [...offered];
}

/** The same for the address: nothing where all are chosen in the order that they were opened in. */
export function formatChosen(chosen: readonly number[], offered: readonly number[]): string {
  return chosen.join() === offered.join() ? '' : chosen.join();
}
