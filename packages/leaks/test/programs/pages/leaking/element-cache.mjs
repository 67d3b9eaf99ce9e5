// Rows by their number, so that they need not be made again: but numbers never come twice.
const app = document.querySelector('main');
const rows = new Map();

function rowOf(number) {
  let row = rows.get(number);
  if (row === undefined) {
    row = document.createElement('div');
    row.innerHTML = `<b>${number}</b> <i>item</i>`;
    rows.set(number, row);
  }
  return row;
}

export function round(n) {
  app.replaceChildren(...Array.from({ length: 50 }, (_, i) => rowOf(n * 50 + i)));
  app.replaceChildren();
}
