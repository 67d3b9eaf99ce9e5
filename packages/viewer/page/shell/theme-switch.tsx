import type { JSX } from 'preact';
import { THEMES, theme } from '../state/theme.js';

const TITLES = { system: 'Auto', light: 'Light', dark: 'Dark' };

/** Light, dark, or as the system has it. */
export function ThemeSwitch(): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">Colours</legend>
      {THEMES.map((name) => (
        <label key={name} class={theme.value === name ? 'segment is-on' : 'segment'}>
          <input
            type="radio"
            name="theme"
            checked={theme.value === name}
            onChange={() => {
              theme.value = name;
            }}
          />
          {TITLES[name]}
        </label>
      ))}
    </fieldset>
  );
}
