// A server and its clients, over connections that are kept and used again.
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ url: request.url, size: chunks.length }));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
server.unref();

async function ask(path) {
  const request = get({ port: server.address().port, host: '127.0.0.1', path, agent });
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return JSON.parse(text).url;
}

export async function round(n) {
  for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 8 }, (_, k) => ask(`/${n}/${i}/${k}`)));
}
