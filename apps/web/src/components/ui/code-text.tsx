import type { ReactNode } from 'react';

/** A sentence in which what stands between backticks is a command. */
export function CodeText({ children }: { children: string }): ReactNode {
  return children.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>));
}
