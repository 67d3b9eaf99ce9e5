import { expect, test } from 'vitest';
import { classNameOfRawName, classNameOfType } from '../../src/naming/class-name.js';

test.each([
  ['hidden', '(system)'],
  ['code', '(compiled code)'],
  ['closure', 'Function'],
  ['regexp', 'RegExp'],
  ['string', '(string)'],
  ['concatenated string', '(concatenated string)'],
  ['wasm object', '(wasm object)'],
  ['synthetic', '(synthetic)'],
])('all nodes of type %s are %s', (type, name) => {
  expect(classNameOfType(type)).toBe(name);
});

test.each(['object', 'native'])('nodes of type %s have classes of their own', (type) => {
  expect(classNameOfType(type)).toBeNull();
});

test.each([
  ['Foo', 'Foo'],
  ['', ''],
  ['<div id="a" class="b">', '<div>'],
  ['<div>', '<div>'],
  ['< x', '<>'],
  ['Detached <p id=x>', 'Detached <p>'],
  ['Detached <p>', 'Detached <p>'],
  ['Detached HTMLDivElement x', 'Detached HTMLDivElement x'],
  ['system / Context / a b', 'system / Context / a b'],
])('the raw name %j means class %j', (rawName, name) => {
  expect(classNameOfRawName(rawName)).toBe(name);
});
