// The scope of one closure keeps the value before it, which has a closure that keeps the one before that.
let current = null;

function replace(n) {
  const previous = current;
  const unused = () => {
    if (previous) return 'never called';
    return '';
  };
  current = {
    payload: Array.from({ length: 20 }, (_, i) => ({ n, i })),
    method() {
      return n;
    },
  };
  return unused.length;
}

window.round = (n) => {
  for (let i = 0; i < 40; i++) replace(n * 40 + i);
};
