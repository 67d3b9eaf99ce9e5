// Users whose histories only ever get longer, each at times of its own.
class User {
  history = [];
  constructor(name) {
    this.name = name;
  }
  act(what) {
    this.history.push({ what, name: this.name });
  }
}

const users = new Map(Array.from({ length: 400 }, (_, i) => [`user ${i}`, new User(`user ${i}`)]));
let seed = 7;

export function round(n) {
  for (let i = 0; i < 150; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    users.get(`user ${seed % 400}`).act(`${n}-${i}`);
  }
}
