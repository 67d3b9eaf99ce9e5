import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shopSnapshot } from '../../cli/test/support/shop-snapshot.js';
import { SnapshotBuilder } from '../../snapshot-builder/src/index.js';
import { rawRequest } from './support/raw-request.js';
import { viewerOf } from './support/viewer-of.js';

/** One name that makes some expressions go back and forth without end. */
function trapSnapshot(): string {
  const heap = new SnapshotBuilder();
  heap.child(heap.root, 'trap', { type: 'string', name: `${'a'.repeat(40)}!`, selfSize: 64 });
  heap.child(heap.root, 'named', { name: `${'b'.repeat(40)}!`, selfSize: 64 });
  return heap.toJson();
}

const running = viewerOf(shopSnapshot(), trapSnapshot());
const ask = async (path: string) => {
  const { port, token } = running.viewer;
  const { body, status } = await rawRequest(port, `/api/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status, answer: JSON.parse(body) };
};

const ROUTES = [
  'statistics',
  'classes',
  'objects',
  'search',
  'object',
  'text',
  'children',
  'retainers',
  'paths',
  'dominated',
  'dominator-chain',
  'dominator-tree',
  'comparison',
  'comparison-objects',
  'grown',
  'trend',
  'leaks',
  'duplicate-strings',
  'duplicate-string-objects',
  'largest-strings',
  'allocation-timeline',
  'allocation-sites',
  'allocation-objects',
  'allocation-tree',
];
const PARAMETERS = [
  'snapshot',
  'object',
  'class',
  'group',
  'site',
  'node',
  'row',
  'base',
  'current',
  'snapshots',
  'offset',
  'limit',
  'sort',
  'order',
  'filter',
  'query',
  'mode',
  'type',
  'minSize',
  'retainedBy',
  'fromId',
  'toId',
  'depth',
  'minShare',
  'count',
  'maxLength',
  'change',
  'growing',
];
const VALUES = [
  '0',
  '1',
  '2',
  '3',
  '@5',
  '@',
  '-1',
  'NaN',
  'Infinity',
  '1e9',
  '0x1',
  '4294967295',
  '9007199254740991',
  '99999999999999999999',
  '',
  ' ',
  'name',
  'retainedSize',
  'wastedSize',
  'asc',
  'regex',
  'regex-i',
  '(',
  '[',
  'a{99999}',
  '(?<=a)b',
  '\u0000',
  '\ud800',
  '<script>',
  'string',
  'contexts',
  'added',
  '0,1',
  '1,0',
  '0,0',
  ',',
  '__proto__',
  'constructor',
  'toString',
  '0.5',
  'true',
];

describe('hostile parameters', () => {
  test('any of them, in any number, give an answer or an error that is typed', async () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(...PARAMETERS), fc.constantFrom(...VALUES)), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), pairs, async (route, parameters) => {
        const search = new URLSearchParams([['snapshot', '0'], ...parameters]);
        const { answer, status } = await ask(`${route}?${search}`);
        if (status === 200) {
          expect(answer.error).toBeUndefined();
          return;
        }
        expect([400, 422]).toContain(status);
        expect(answer).toEqual({
          error: {
            code: expect.stringMatching(/^(BAD_PARAMETER|PATTERN_TOO_SLOW|INCOMPARABLE\w*)$/),
            message: expect.any(String),
            ...(answer.error.parameter !== undefined && { parameter: expect.any(String) }),
          },
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('an offset behind the end gives an empty page with the total', async () => {
    for (const offset of [1000, 4294967296, Number.MAX_SAFE_INTEGER]) {
      for (const path of [
        'classes?',
        'objects?class=0&',
        'children?object=0&',
        'retainers?object=1&',
        'largest-strings?sort=name&',
        'duplicate-strings?',
      ]) {
        const { answer, status } = await ask(`${path}snapshot=0&offset=${offset}`);
        expect([status, path]).toEqual([200, path]);
        expect(answer).toMatchObject({ offset, rows: [] });
      }
    }
  });

  test('a snapshot that is not there is told by its parameter', async () => {
    for (const route of ['classes', 'object', 'statistics']) {
      const { answer, status } = await ask(`${route}?snapshot=2`);
      expect(status).toBe(400);
      expect(answer.error).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'snapshot' });
    }
  });
});

describe('expressions without end', () => {
  const trap = (letter: string): string => encodeURIComponent(`^(${letter}+)+$`);

  test('are stopped and told, while other requests are answered', async () => {
    let isOver = false;
    const slow = Promise.all([
      ask(`search?snapshot=1&mode=regex&query=${trap('a')}`),
      ask(`classes?snapshot=1&mode=regex&filter=${trap('b')}`),
    ]);
    slow.finally(() => {
      isOver = true;
    });
    await setTimeout(200);
    expect((await ask('classes?snapshot=0')).status).toBe(200);
    expect((await ask('search?snapshot=0&query=Session')).answer.total).toBe(2);
    expect(isOver).toBe(false);
    for (const { answer, status } of await slow) {
      expect(status).toBe(400);
      expect(answer.error.code).toBe('PATTERN_TOO_SLOW');
      expect(answer.error.message).toMatch(/: the expression took more than 5 seconds and was stopped$/);
    }
    // and the threads go on with others
    expect((await ask('search?snapshot=1&mode=regex&query=%5Ea')).answer.total).toBe(1);
  });

  test('that do not parse say why', async () => {
    const { answer, status } = await ask('search?snapshot=0&mode=regex&query=(');
    expect(status).toBe(400);
    expect(answer.error).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'query' });
    expect(answer.error.message).toMatch(/^query: Invalid regular expression/);
  });
});

test('who goes away before the answer does no harm', async () => {
  const { port, token } = running.viewer;
  for (let i = 0; i < 20; i++) {
    const sent = request({
      host: '127.0.0.1',
      port,
      path: '/api/duplicate-strings?snapshot=0',
      headers: { authorization: `Bearer ${token}` },
    });
    sent.on('error', () => {});
    sent.end();
    sent.on('socket', (socket) => socket.once('connect', () => sent.destroy()));
  }
  await setTimeout(100);
  expect((await ask('state')).status).toBe(200);
});
