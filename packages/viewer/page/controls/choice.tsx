import type { JSX } from 'preact';

interface ChoiceProps<Name extends string> {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: Name, title: string])[];
  readonly isWide?: boolean;
  onChoose(value: Name): void;
}

/** One of several, in a list that opens. */
export function Choice<Name extends string>(props: ChoiceProps<Name>): JSX.Element {
  return (
    <label class={props.isWide ? 'labelled is-wide' : 'labelled'}>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChoose(event.currentTarget.value as Name)}>
        {props.options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One of a few, side by side. */
export function Segments<Name extends string>(props: ChoiceProps<Name>): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{props.label}</legend>
      {props.options.map(([value, title]) => (
        <label key={value} class={props.value === value ? 'segment is-on' : 'segment'}>
          <input
            type="radio"
            name={props.label}
            checked={props.value === value}
            onChange={() => props.onChoose(value)}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
