// Polling that is started for every session and never stopped.
class Session {
  constructor(name) {
    this.name = name;
    this.messages = Array.from({ length: 8 }, (_, i) => ({ i, name }));
  }
  poll() {
    return this.messages.length;
  }
}

function open(name) {
  const session = new Session(name);
  setInterval(() => session.poll(), 3_600_000).unref();
}

export function round(n) {
  for (let i = 0; i < 60; i++) open(`session ${n}-${i}`);
}
