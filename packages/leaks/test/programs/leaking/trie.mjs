// An index of all words ever seen. It grows in a different place with every word.
class Branch {
  children = new Map();
  word = null;
}

class Index {
  root = new Branch();
  add(word) {
    let branch = this.root;
    for (const letter of word) {
      let next = branch.children.get(letter);
      if (next === undefined) {
        next = new Branch();
        branch.children.set(letter, next);
      }
      branch = next;
    }
    branch.word = word;
  }
}

const index = new Index();
let seed = 1;

function anyWord() {
  let word = '';
  while (word.length < 8) {
    seed = (seed * 48_271) % 2_147_483_647;
    word += String.fromCharCode(97 + (seed % 26));
  }
  return word;
}

export function round() {
  for (let i = 0; i < 150; i++) index.add(anyWord());
}
