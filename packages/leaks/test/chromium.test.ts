import { fileURLToPath } from 'node:url';
import { openSnapshot } from '@heapstream/core';
import { analyzeSync } from '@heapstream/dominators';
import { expect, test } from 'vitest';
import { findLeaks } from '../src/find-leaks.js';

const PAIRS = new URL('../../conformance/test/fixtures/pairs/', import.meta.url);

test('a page that leaks in several ways: elements outside the document among them, and what holds them', async () => {
  const analyses = [];
  for (const moment of ['before', 'after']) {
    const file = fileURLToPath(new URL(`chromium-${moment}.heapsnapshot.br`, PAIRS));
    analyses.push(analyzeSync(await openSnapshot(file)));
  }
  const findings = await findLeaks(analyses);
  const [dom] = findings.filter(({ kind }) => kind === 'detached-dom');
  expect(dom).toMatchObject({
    class: 'Array',
    level: 'medium',
    fingerprint: 'detached-dom: elements → Array',
    growth: { count: 60 },
  });
});
