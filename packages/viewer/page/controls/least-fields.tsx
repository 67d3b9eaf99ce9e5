import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { parseCountText } from '../format/count-text.js';
import { formatCount, formatSize } from '../format/numbers.js';
import { parseSizeText } from '../format/size-text.js';
import { goTo, here } from '../state/navigation.js';

/** What rows have at least: retained bytes (`500 kB`, `2m`), and of classes, objects (`1,000`, `2k`). */
export function LeastFields({ hasCount = false }: { readonly hasCount?: boolean }): JSX.Element {
  const { minCount, minSize } = here();
  return (
    <span class="labelled">
      At least
      <LeastField
        label="Least size"
        placeholder="size"
        title="Bytes that a row retains at least, for example 500 kB or 2 MB"
        value={minSize}
        format={formatSize}
        parse={parseSizeText}
        onChange={(size) => goTo({ minSize: size })}
      />
      {hasCount && (
        <LeastField
          label="Least count"
          placeholder="count"
          title="Objects that a class has at least, for example 100 or 2k"
          value={minCount}
          format={formatCount}
          parse={parseCountText}
          onChange={(count) => goTo({ minCount: count })}
        />
      )}
    </span>
  );
}

interface LeastFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly title: string;
  /** 0: no bound. */
  readonly value: number;
  format(value: number): string;
  /** `null` where the text is none. */
  parse(text: string): number | null;
  onChange(value: number): void;
}

function LeastField({ label, value, format, parse, onChange, ...shown }: LeastFieldProps): JSX.Element {
  const [isWrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current!.value = value === 0 ? '' : format(value);
    setWrong(false);
  }, [value]);
  const apply = (): void => {
    const text = input.current!.value.trim();
    const wanted = text === '' ? 0 : parse(text);
    setWrong(wanted === null);
    if (wanted !== null) onChange(wanted);
  };
  return (
    <input
      ref={input}
      type="text"
      class="least-field"
      aria-label={label}
      {...shown}
      aria-invalid={isWrong}
      autocomplete="off"
      onChange={apply}
    />
  );
}
