// State that is never changed but copied, and grows with every copy.
class Reducer {
  state = { items: [] };
  dispatch(item) {
    this.state = { items: [...this.state.items, item] };
  }
}

const reducer = new Reducer();

export function round(n) {
  for (let i = 0; i < 80; i++) reducer.dispatch({ name: `item ${n}-${i}`, n });
}
