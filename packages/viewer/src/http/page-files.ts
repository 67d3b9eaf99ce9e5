import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

/** Where the build puts the page; the same from the sources and from what is built. */
const PAGE_FOLDER = fileURLToPath(new URL('../../dist/page/', import.meta.url));

export type PageFiles = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void;

/** Serves the files of the page. Their list is made now, so nothing else can be reached. */
export function openPageFiles(folder = PAGE_FOLDER): PageFiles {
  if (!existsSync(folder)) return (_request, _response, otherwise) => otherwise();
  const serve = sirv(folder, { etag: false, dotfiles: false });
  return (request, response, otherwise) => {
    // whole files only: sirv trusts ranges
    delete request.headers.range;
    serve(request, response, otherwise);
  };
}
