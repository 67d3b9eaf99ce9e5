// A program whose classes are called like the runtime's: they mean something else here.
class Module {
  constructor(title) {
    this.title = title;
    this.lessons = [{ title }, { title }];
  }
}

class IncomingMessage {
  constructor(module) {
    this.module = module;
  }
}

class ModuleMap extends Map {}

const modules = new ModuleMap();

export function round(n) {
  for (let i = 0; i < 80; i++) modules.set(`module ${n}-${i}`, new IncomingMessage(new Module(`${i}`)));
}
