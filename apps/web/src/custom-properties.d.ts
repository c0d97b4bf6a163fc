import 'react';

declare module 'react' {
  /** React's own type of styles leaves custom properties out. */
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
