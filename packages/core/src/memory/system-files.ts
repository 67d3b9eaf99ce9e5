import { readFileSync } from 'node:fs';

/** The files in which the system tells about itself. */
export interface SystemFiles {
  /** The text of a file; undefined where there is none that can be read. */
  read(path: string): string | undefined;
}

/** The system's own files, or those below another folder: for tests, and for a root mounted elsewhere. */
export function systemFiles(root = ''): SystemFiles {
  return {
    read: (path) => {
      try {
        return readFileSync(root + path, 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}
