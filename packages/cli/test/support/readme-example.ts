import { readFileSync } from 'node:fs';

/** The first block of JavaScript in a README. */
export function readmeExample(readme: URL): string {
  const match = /^```js\n(.*?)^```$/ms.exec(readFileSync(readme, 'utf8'));
  if (match === null) throw new Error(`${readme.pathname} has no block of JavaScript`);
  return match[1];
}
