// A server that sends a heartbeat to every connection, also to those that have ended.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

class Client {
  constructor(socket) {
    this.socket = socket;
    this.seen = [];
  }
  beat() {
    if (this.socket.writable) this.socket.write('.');
  }
}

const server = createServer((socket) => {
  const client = new Client(socket);
  setInterval(() => client.beat(), 3_600_000).unref();
  socket.on('data', (data) => client.seen.push(data.length));
  socket.resume();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
server.unref();

async function visit(text) {
  const socket = connect(server.address().port, '127.0.0.1');
  socket.resume();
  socket.end(text);
  await once(socket, 'close');
}

export async function round(n) {
  for (let i = 0; i < 12; i++) await visit(`hello ${n}-${i}`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
