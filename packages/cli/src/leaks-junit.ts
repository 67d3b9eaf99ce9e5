import { isAtLeast, type Level } from '@heapstream/leaks';
import type { LeakReport } from './commands/leaks.js';
import { escapeMarkup } from './escape-markup.js';
import { stepsOf } from './leaks-output.js';

/** A test case a finding: failed where its level is at or above the one asked for. Without findings, one that passes. */
export async function leaksJunit(report: LeakReport, failOn: Level | 'none'): Promise<string> {
  const { findings } = report;
  const isFailure = (level: Level): boolean => failOn !== 'none' && isAtLeast(level, failOn);
  const cases = findings.map(({ class: name, explanation, fingerprint, kind, level, path }) => {
    const start = `    <testcase classname="heapstream.leaks.${kind}" name="${escapeMarkup(fingerprint)}"`;
    if (!isFailure(level)) return `${start}/>`;
    const way = stepsOf(path).map((cells) => cells.join(' ').trim());
    return [
      `${start}>`,
      `      <failure type="${level}" message="${escapeMarkup(explanation)}">${escapeMarkup(`${name}\n${way.join('\n')}`)}</failure>`,
      '    </testcase>',
    ].join('\n');
  });
  if (cases.length === 0) cases.push('    <testcase classname="heapstream.leaks" name="no findings"/>');
  const failures = findings.filter(({ level }) => isFailure(level)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="heapstream leaks" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
