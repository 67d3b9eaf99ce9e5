// Connections that are taken from a pool and given back.
class Connection {
  buffer = new Uint8Array(256);
  log = [];
  query(text) {
    this.log = [text];
    return text.length;
  }
}

class Pool {
  free = Array.from({ length: 50 }, () => new Connection());
  use(work) {
    const connection = this.free.pop();
    try {
      return work(connection);
    } finally {
      this.free.push(connection);
    }
  }
}

const pool = new Pool();

export function round(n) {
  for (let i = 0; i < 2_000; i++) pool.use((connection) => connection.query(`select ${n}, ${i}`));
}
