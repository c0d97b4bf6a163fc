import type { Output } from '../cli/output.ts';

/** Keeps what a command prints. */
export function capturedOutput(): { output: Output; values: unknown[]; lines: string[]; notes: string[] } {
  const values: unknown[] = [];
  const lines: string[] = [];
  const notes: string[] = [];
  const output: Output = {
    json: (value) => void values.push(value),
    line: (text) => void lines.push(text),
    note: (text) => void notes.push(text),
  };
  return { output, values, lines, notes };
}
