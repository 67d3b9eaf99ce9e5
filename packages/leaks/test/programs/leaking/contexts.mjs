// A realm for every template, each with all of the language's own objects.
import { createContext, runInContext } from 'node:vm';

class Templates {
  realms = [];
  render(text) {
    const realm = createContext({ text });
    this.realms.push(realm);
    return runInContext('Object.keys(this).length', realm);
  }
}

const templates = new Templates();

export function round(n) {
  return templates.render(`first ${n}`) + templates.render(`second ${n}`);
}
