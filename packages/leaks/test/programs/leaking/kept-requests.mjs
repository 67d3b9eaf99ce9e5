// A server that keeps every request for its statistics, with the socket and all that hangs on it.
import { once } from 'node:events';
import { createServer, get } from 'node:http';

class Statistics {
  requests = [];
  add(request) {
    this.requests.push(request);
  }
}

const statistics = new Statistics();
const server = createServer((request, response) => {
  statistics.add(request);
  response.end('ok');
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

export async function round(n) {
  for (let i = 0; i < 15; i++) await ask(`/${n}/${i}`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
