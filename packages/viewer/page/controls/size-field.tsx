import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatSize } from '../format/numbers.js';
import { parseSizeText } from '../format/size-text.js';
import { goTo, here } from '../state/navigation.js';

/** The least retained size of rows: `500 kB`, `2m`. */
export function SizeField(): JSX.Element {
  const { minSize } = here();
  const [isWrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current!.value = minSize === 0 ? '' : formatSize(minSize);
    setWrong(false);
  }, [minSize]);
  const apply = (): void => {
    const text = input.current!.value.trim();
    const size = text === '' ? 0 : parseSizeText(text);
    setWrong(size === null);
    if (size !== null) goTo({ minSize: size });
  };
  return (
    <label class="labelled">
      Least size
      <input
        ref={input}
        type="text"
        class="size-field"
        placeholder="any size"
        title="Bytes that a row retains at least, for example 500 kB or 2 MB"
        aria-invalid={isWrong}
        autocomplete="off"
        onChange={apply}
      />
    </label>
  );
}
