import { open } from 'node:fs/promises';
import type { Engine } from '../engine.js';

const CHUNK_BYTES = 1024 * 1024;

/** The limit: no reader is faster than the file. */
export const plainRead: Engine = {
  name: 'plain read',
  description: 'every byte read once, 1 MiB at a time, and forgotten',
  tasks: {
    async parse() {
      return async (file) => {
        const handle = await open(file);
        const chunk = new Uint8Array(CHUNK_BYTES);
        let byteLength = 0;
        for (;;) {
          const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
          if (bytesRead === 0) break;
          byteLength += bytesRead;
        }
        await handle.close();
        return () => ({ byteLength });
      };
    },
  },
};
