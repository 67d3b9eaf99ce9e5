// A server that answers late: as many requests as in every other round wait for their answer when it ends.
import { once } from 'node:events';
import { createServer, get } from 'node:http';

const waiting = new Set();
const server = createServer((request, response) => {
  waiting.add({ request, response });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
server.unref();

async function ask(path) {
  const request = get({ port: server.address().port, host: '127.0.0.1', path, agent: false });
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
}

let asked = [];

export async function round(n) {
  for (const { request, response } of waiting) response.end(request.url);
  waiting.clear();
  await Promise.all(asked);
  asked = Array.from({ length: 20 }, (_, i) => ask(`/${n}/${i}`));
  while (waiting.size < 20) await new Promise((resolve) => setTimeout(resolve, 1));
}
