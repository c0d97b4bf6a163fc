/** The screens that every scene is taken on. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

export const LOOKS: readonly Look[] = SCREENS.flatMap((screen) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ ...screen, colorScheme })),
);
