import type { JSX } from 'preact';
import type { Location } from '../../src/api/index.js';
import { fileOfLocation, formatLocation } from '../format/location.js';
import { visibleText } from '../format/text-parts.js';
import type { HeapRow } from './heap-row.js';
import { EdgeName, ObjectName } from './object-name.js';

/** The first cell of a line. `direction`: whether edges lead down the tree to the object, or up from it. */
export function RowName({
  row,
  direction,
}: {
  readonly row: HeapRow;
  readonly direction: 'to' | 'from';
}): JSX.Element {
  switch (row.kind) {
    case 'object':
      return (
        <>
          {row.change && <ChangeMark change={row.change} />}
          <ObjectName object={row.object} />
        </>
      );
    case 'edge':
      return (
        <>
          <EdgeName edge={row.object} />
          <span class="edge-joint">{direction === 'to' ? '::' : 'in'}</span>
          <ObjectName object={row.object} />
          {row.object.explanation && <span class="explanation">{visibleText(row.object.explanation)}</span>}
        </>
      );
    case 'class':
      return <ClassName name={row.class.name} isCut={row.class.isNameCut} location={row.class.location} />;
    case 'comparison':
    case 'trend':
      return <ClassName name={row.row.name} isCut={row.row.isNameCut} location={row.row.location} />;
    case 'change':
      return (
        <>
          <ChangeMark change={row.change} />
          <span class="name">{row.change === 'added' ? 'New objects' : 'Deleted objects'}</span>
        </>
      );
    case 'strings':
      return (
        <span class="name type-text">{`"${visibleText(row.group.text)}${row.group.isTextCut ? '…' : ''}"`}</span>
      );
    case 'site':
      return <FunctionName {...row.site} />;
    case 'call':
      return <FunctionName {...row.call} />;
  }
}

/** The whole of it, where the cell cuts it off. */
export function rowTooltip(row: HeapRow): string | undefined {
  switch (row.kind) {
    case 'object':
    case 'edge':
      return `${row.object.type} · ${visibleText(row.object.className)} · ${visibleText(row.object.name)}`;
    case 'class':
      return classTooltip(row.class.name, row.class.location);
    case 'comparison':
    case 'trend':
      return classTooltip(row.row.name, row.row.location);
    case 'strings':
      return visibleText(row.group.text);
    case 'site':
      return `${row.site.functionName} ${row.site.scriptName}:${row.site.line}:${row.site.column}`;
    case 'call':
      return `${row.call.functionName} ${row.call.scriptName}:${row.call.line}:${row.call.column}`;
    case 'change':
      return undefined;
  }
}

function classTooltip(name: string, location: Location | null): string {
  return location === null ? visibleText(name) : `${visibleText(name)}\n${formatLocation(location, 300)}`;
}

interface ClassNameProps {
  readonly name: string;
  readonly isCut: boolean;
  readonly location: Location | null;
}

export function ClassName({ name, isCut, location }: ClassNameProps): JSX.Element {
  const isSystem = name.startsWith('(') || name.startsWith('system / ');
  return (
    <>
      <span class={isSystem ? 'name type-system' : 'name type-class'}>
        {visibleText(name)}
        {isCut && '…'}
      </span>
      {location !== null && <span class="location">{visibleText(fileOfLocation(location))}</span>}
    </>
  );
}

function ChangeMark({ change }: { readonly change: 'added' | 'removed' }): JSX.Element {
  return change === 'added' ? (
    <span class="change is-added" role="img" aria-label="new">
      +
    </span>
  ) : (
    <span class="change is-removed" role="img" aria-label="deleted">
      −
    </span>
  );
}

interface FunctionNameProps {
  readonly functionName: string;
  readonly scriptName: string;
  readonly line: number;
}

function FunctionName({ functionName, scriptName, line }: FunctionNameProps): JSX.Element {
  const file = scriptName.split(/[/\\]/).at(-1);
  return (
    <>
      <span class={functionName === '' ? 'name type-system' : 'name type-closure'}>
        {visibleText(functionName) || '(anonymous)'}
      </span>
      {file && (
        <span class="location">
          {visibleText(file)}
          {line > 0 && `:${line}`}
        </span>
      )}
    </>
  );
}
