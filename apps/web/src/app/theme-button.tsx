import { useState } from 'react';
import { applyTheme, chosenTheme, NEXT_THEME } from '../lib/theme.ts';

const SIGNS = { system: '◐', light: '☀', dark: '☾' } as const;

/** Goes through the themes: as the system says, light, dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(chosenTheme);
  const next = NEXT_THEME[theme];
  return (
    <button
      type="button"
      data-look="bare"
      aria-label={`Theme: ${theme}. Change to ${next}.`}
      title={`Theme: ${theme}`}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  );
}
