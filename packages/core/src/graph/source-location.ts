/** Where code was written, as in the file: lines and columns count from 0. */
export interface SourceLocation {
  readonly scriptId: number;
  /** The script's file or URL, `null` where the snapshot does not tell. */
  readonly scriptName: string | null;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column` as people read it, counted from 1. */
export function formatLocation(location: SourceLocation): string {
  const script = location.scriptName ?? `script ${location.scriptId}`;
  return `${script}:${location.line + 1}:${location.column + 1}`;
}
