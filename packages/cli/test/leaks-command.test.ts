import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaptureSession } from '@heapstream/capture';
import { describe, expect, it } from 'vitest';
import { startChromium } from '../../capture/test/support/chromium.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { SnapshotBuilder } from '../../snapshot-builder/src/index.js';
import { runCli } from '../src/index.js';
import { createTestIo } from './support/test-io.js';

const folder = temporaryFolder();
/** Names that would act if they were printed as they are. */
const HOSTILE = 'x<img src=x onerror=alert(1)>"\'&\u001b[31m|`x`';

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** A heap whose `Inbox.messages` holds so many messages. */
function inboxSnapshot(messages: number, variable = 'messages', message = HOSTILE): string {
  const heap = new SnapshotBuilder();
  const window = heap.child(
    heap.root,
    { type: 'shortcut', name: 'w' },
    { name: 'Window', selfSize: 5000, id: 3 },
  );
  const inbox = heap.child(window, 'inbox', { name: 'Inbox', selfSize: 30, id: 5 });
  heap.location(inbox, { scriptId: 4, line: 9, column: 2 });
  const list = heap.child(inbox, variable, { name: 'Array', selfSize: 16, id: 7 });
  for (let i = 0; i < messages; i++) {
    heap.child(list, { type: 'element', name: i }, { name: message, selfSize: 100, id: 101 + 2 * i });
  }
  return heap.toJson();
}

const files = [10, 20, 30].map((count, i) => write(`${i}.heapsnapshot`, inboxSnapshot(count)));

async function run(...args: string[]) {
  const io = createTestIo();
  const status = await runCli(args, io);
  return { status, out: io.out, err: io.err };
}

const FINDING = {
  rule: 'arrays',
  kind: 'array',
  level: 'high',
  confidence: 0.8,
  class: 'Array',
  id: 7,
  growth: { count: 10, bytes: 1000 },
  retainedShare: 0.3741,
  path: [
    { edge: null, node: { id: 1, class: '(synthetic)', name: '' } },
    { edge: { type: 'shortcut', name: 'w' }, node: { id: 3, class: 'Window', name: 'Window' } },
    { edge: { type: 'property', name: 'inbox' }, node: { id: 5, class: 'Inbox', name: 'Inbox' } },
    { edge: { type: 'property', name: 'messages' }, node: { id: 7, class: 'Array', name: 'Array' } },
  ],
  location: { scriptId: 4, scriptName: null, line: 9, column: 2 },
  fingerprint: 'array: Window.inbox → Inbox.messages → Array',
};

describe('heapstream leaks', () => {
  it('exits with 1 on findings, and prints them as one JSON document', async () => {
    const { err, out, status } = await run('leaks', ...files, '--json');
    expect({ err, status }).toEqual({ err: '', status: 1 });
    const document = JSON.parse(out);
    expect(Object.keys(document)).toEqual(['files', 'totalSizes', 'findings', 'acceptedCount']);
    expect(document).toMatchObject({ files, totalSizes: [6046, 7046, 8046], acceptedCount: 0 });
    expect(document.findings).toHaveLength(1);
    const { explanation, ...finding } = document.findings[0];
    expect(finding).toEqual({ ...FINDING, retainedShare: finding.retainedShare });
    expect(Object.keys(document.findings[0])).toEqual([...Object.keys(FINDING), 'explanation']);
    expect(finding.retainedShare).toBeCloseTo(3016 / 8046, 3);
    expect(explanation).toBe(
      `The elements of an Array: grew by 1,000 bytes and 10 ${HOSTILE} in every one of 2 rounds.`,
    );
  });

  it('prints the way to the culprit, and nothing that acts on a terminal', async () => {
    const { out, status } = await run('leaks', ...files, '--bytes');
    expect(status).toBe(1);
    expect(out).toContain(
      'total size 6046 → 7046 → 8046\n1 finding: 1 high\n\n1. HIGH (80 %) array: Array @7\n',
    );
    expect(out).toContain('1000 and 10 objects per round, retains 37.5 % of the heap, script 4:10:3\n');
    expect(out).toMatch(/^\.messages +Array +@7$/m);
    expect(out).not.toContain('\u001b');
  });

  it('fails on the level asked for', async () => {
    const pair = files.slice(0, 2);
    expect((await run('leaks', ...pair)).status).toBe(0);
    expect((await run('leaks', ...pair, '--fail-on', 'medium')).status).toBe(1);
    expect((await run('leaks', ...files, '--fail-on', 'none')).status).toBe(0);
    expect((await run('leaks', files[0], '--fail-on', 'medium')).status).toBe(0);
    expect((await run('leaks', files[0], files[0], '--fail-on', 'low')).status).toBe(0);
  });

  it('accepts what a baseline has', async () => {
    const { out } = await run('leaks', ...files, '--json');
    for (const content of [out, JSON.stringify([FINDING.fingerprint])]) {
      const baseline = write('baseline.json', content);
      const accepted = await run('leaks', ...files, '--baseline', baseline);
      expect(accepted.status).toBe(0);
      expect(accepted.out).toContain('no findings; 1 accepted by the baseline\n');
    }
    const other = write('other.json', '["array: somewhere.else → Array"]');
    expect((await run('leaks', ...files, '--baseline', other)).status).toBe(1);
  });

  it.each(['{"a":1}', 'null', '[1]', '{"findings":[{}]}', 'no JSON'])(
    'refuses %s as a baseline before it reads snapshots',
    async (content) => {
      const baseline = write('bad.json', content);
      const { err, out, status } = await run('leaks', join(folder, 'none'), '--baseline', baseline);
      expect({ out, status }).toEqual({ out: '', status: 2 });
      expect(err).toMatch(/^heapstream: .*baseline/);
    },
  );

  it('writes HTML that loads nothing and takes no name for markup', async () => {
    const html = join(folder, 'report.html');
    await run('leaks', ...files, '--html', html);
    const text = readFileSync(html, 'utf8');
    expect(text).toContain('x&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\x1b[31m');
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/<script|<link|<iframe|url\(|https?:|@import/);
    expect(text).toContain(`default-src 'none'`);
    expect(text).toContain('<code>Array</code> @7');
    // what it retained in each snapshot: 10, 20 and 30 messages of 100 bytes, and its own 16
    for (const size of ['1.02 kB', '2.02 kB', '3.02 kB']) expect(text).toContain(`>${size}</text>`);
    // the dominator tree, with the culprit pointed out: 3,016 of 8,046 bytes behind nothing else
    expect(text).toContain(
      '<title>Array @7: 3.02 kB, 37.5 % (left out above: 1)</title><rect class="box found" x="0.0" y="40" width="374.8"',
    );
  });

  it('shows a report in a browser in which no name becomes an element or attribute', async () => {
    const ATTACKS = [
      HOSTILE,
      '</title></svg></code><script>document.title = "taken over"</script>',
      '</style><style>* { display: none }</style><iframe src="about:blank"></iframe>',
      '<!--',
      ']]><a href="javascript:alert(1)">a</a>',
      '" onmouseover="alert(1)" x="',
      '&lt;b&gt;&#60;i&#62;',
      'a\u202eb\u0000\ufffe\ud800',
    ];
    const tagsOf = async (name: string, i: number): Promise<string> => {
      const rounds = [10, 20, 30].map((count) =>
        write(`${i} ${count} ${name.replace(/[/\0\ud800]/gu, '')}`, inboxSnapshot(count, name, name)),
      );
      const html = join(folder, 'hostile.html');
      await run('leaks', ...rounds, '--html', html);
      await session.evaluate(
        `document.open(); document.write(${JSON.stringify(readFileSync(html, 'utf8'))})`,
      );
      await session.evaluate('document.close(); new Promise((resolve) => setTimeout(resolve, 50))');
      expect(await session.evaluate('document.title')).toBe('heapstream leaks');
      return String(
        await session.evaluate(
          `JSON.stringify([...document.querySelectorAll('*')].map((e) => [e.localName, ...e.getAttributeNames()]))`,
        ),
      );
    };
    const session = await CaptureSession.open({
      port: await startChromium('<title>empty</title>'),
      target: { type: 'page' },
    });
    const harmless = await tagsOf('harmless', 0);
    expect(harmless).toContain('"table"');
    for (const [i, name] of ATTACKS.entries()) expect(await tagsOf(name, i + 1)).toBe(harmless);
    await session.close();
  }, 120_000);

  it('writes JUnit: what counts fails, the rest passes, nothing is one case that passes', async () => {
    const junit = join(folder, 'report.xml');
    await run('leaks', ...files, '--junit', junit);
    const failed = readFileSync(junit, 'utf8');
    expect(failed).toContain('<testsuites tests="1" failures="1">');
    expect(failed).toContain('name="array: Window.inbox → Inbox.messages → Array"');
    expect(failed).toContain('<failure type="high" message="The elements of an Array: grew by 1,000 bytes');
    expect(failed).not.toContain('<img');
    await run('leaks', ...files, '--junit', junit, '--fail-on', 'none');
    expect(readFileSync(junit, 'utf8')).toContain('<testsuites tests="1" failures="0">');
    await run('leaks', files[0], files[0], '--junit', junit);
    expect(readFileSync(junit, 'utf8')).toContain('name="no findings"');
  });

  it('writes Markdown in which names are text', async () => {
    const { out } = await run('leaks', ...files, '--markdown');
    expect(out).toContain('# Leaks\n');
    expect(out).toContain('| .messages | Array | &#64;7 |\n');
    expect(out).toContain('x&#60;img src=x onerror=alert(1)&#62;');
    expect(out).not.toContain('|`x`');
  });

  it('tells wrong usage and bad files by their status, and leaves no report behind', async () => {
    const html = join(folder, 'never.html');
    expect((await run('leaks', '-', '-')).status).toBe(2);
    expect((await run('leaks', ...files, '--fail-on', 'sometimes')).status).toBe(2);
    expect((await run('leaks', ...files, '--json', '--markdown')).status).toBe(2);
    expect((await run('leaks', files[0], join(folder, 'none'), '--html', html)).status).toBe(3);
    expect(existsSync(html)).toBe(false);
  });

  it('looks at a single snapshot for suspects', async () => {
    const { out, status } = await run('leaks', files[2], '--json');
    const [suspect] = JSON.parse(out).findings;
    expect(status).toBe(0);
    expect(suspect).toMatchObject({ class: 'Array', id: 7, level: 'medium', growth: { count: 0, bytes: 0 } });
  });
});
