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

  it('waits until a text is written', async () => {
    let isWritten = false;
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        setImmediate(() => {
          isWritten = true;
          done();
        });
      },
    });
    await writeText(slow, 'ab');
    expect(isWritten).toBe(true);
  });

  it('reports a stream that is closed', async () => {
    const closed = new Writable();
    closed.destroy();
    await expect(writeText(closed, 'ab')).rejects.toThrow('destroyed');
  });

  it('leaves the stream open', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    await writeText(stream, ['a']);
    const listeners = stream.listenerCount('error');
    await writeText(stream, 'b');
    expect(stream.writable).toBe(true);
    expect(stream.listenerCount('error')).toBe(listeners);
  });

  it.each([
    ['chunks', ['a', 'b']],
    ['a text', 'ab'],
  ])('ends quietly when the reader has gone: %s', async (_, text) => {
    await expect(writeText(failingStream('EPIPE'), text)).resolves.toBeUndefined();
  });

  it.each([
    ['chunks', ['a', 'b']],
    ['a text', 'ab'],
  ])('reports a full disk: %s', async (_, text) => {
    const failure = writeText(failingStream('ENOSPC'), text);
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
