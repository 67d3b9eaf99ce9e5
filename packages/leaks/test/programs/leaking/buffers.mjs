// Uploads that are kept after they were handled.
class Upload {
  constructor(size) {
    this.bytes = new Uint8Array(size);
  }
}

class Inbox {
  uploads = new Set();
  receive(size) {
    this.uploads.add(new Upload(size));
  }
}

const inbox = new Inbox();

export function round() {
  for (let i = 0; i < 20; i++) inbox.receive(20_000);
}
