// A backend that stopped answering: its replies are never settled, and wait in a list.
class Backend {
  pendingReplies = [];
  ask(question) {
    const reply = new Promise(() => {});
    this.pendingReplies.push(reply);
    return reply.then((text) => `${question}: ${text}`);
  }
}

const backend = new Backend();

async function handleRequest(id) {
  const answer = await backend.ask(id);
  return { id, answer };
}

export function round(n) {
  for (let i = 0; i < 60; i++) handleRequest(`${n}-${i}`);
}
