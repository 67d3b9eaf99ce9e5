import { once } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { OutputError, writeText } from '../src/output-stream.js';

function failingStream(code: string): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`${code}: it broke`), { code }));
    },
  });
}

describe('writeText', () => {
  it('waits for a slow reader', async () => {
    let taken = 0;
    let ahead = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        taken++;
        setImmediate(done);
      },
    });
    function* chunks() {
      for (let made = 0; made < 100; made++) {
        ahead = Math.max(ahead, made - taken);
        yield 'chunk';
      }
    }
    await writeText(slow, chunks());
    expect(taken).toBe(100);
    expect(ahead).toBeLessThan(20);
  });

  it('leaves the stream open', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    await writeText(stream, ['a']);
    await writeText(stream, ['b']);
    expect(stream.writable).toBe(true);
  });

  it('ends quietly when the reader has gone', async () => {
    await expect(writeText(failingStream('EPIPE'), ['a', 'b'])).resolves.toBeUndefined();
  });

  it('reports a full disk', async () => {
    const failure = writeText(failingStream('ENOSPC'), ['a', 'b']);
    await expect(failure).rejects.toThrow(OutputError);
    await expect(failure).rejects.toThrow('cannot write the output: ENOSPC: it broke');
  });

  it('passes on what goes wrong while the text is made', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    function* chunks() {
      yield 'a';
      throw new RangeError('no such row');
    }
    await expect(writeText(stream, chunks())).rejects.toThrow(new RangeError('no such row'));
    stream.end();
    await once(stream, 'finish');
  });
});
