import prettyBytes from 'pretty-bytes';

const GROUPED = new Intl.NumberFormat('en-US');

/** `12.3 MB`; units are decimal, as in Chrome DevTools. */
export function formatSize(bytes: number): string {
  return prettyBytes(bytes);
}

/** `12,345,678 bytes`. */
export function formatExactSize(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${GROUPED.format(bytes)} bytes`;
}

/** `1,234`. */
export function formatCount(value: number): string {
  return GROUPED.format(value);
}

/** A change with its sign; `±0` says that nothing changed. */
export function formatDelta(value: number, format: (value: number) => string): string {
  if (value === 0) return '0';
  return `${value > 0 ? '+' : '−'}${format(Math.abs(value))}`;
}

/** `12.3 %`, and `< 0.1 %` for what is there but would read as nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0 || part === 0) return '0 %';
  const percent = (part / whole) * 100;
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

/** `1,234 objects`, `1 object`. */
export function formatPlural(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** From this distance on, only the system reaches an object. */
const BASE_SYSTEM_DISTANCE = 100_000_000;

/** Edges from the roots; `–` where nothing reaches, and what lies behind the system's roots only counted from there. */
export function formatDistance(distance: number | null): string {
  if (distance === null) return '–';
  if (distance >= BASE_SYSTEM_DISTANCE) return `sys+${distance - BASE_SYSTEM_DISTANCE}`;
  return formatCount(distance);
}

/** `1.4 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
