import type { Diagnosis } from '@fill-tracker/contract';
import { wrapText } from '../cli/wrap-text.ts';

const WIDTH = 80;
const MARKS = { ok: 'ok', problem: 'PROBLEM', unknown: '?' } as const;
const INDENT = 22;

/** A line for each check, and below each problem what to do. */
export function diagnosisText({ healthy, checks }: Diagnosis): string {
  const lines = checks.flatMap(({ title, verdict, finding, remedy }) => [
    ...block(`${MARKS[verdict].padEnd(8)} ${title.padEnd(INDENT - 10)} `, finding),
    ...(remedy === null ? [] : block(''.padEnd(INDENT), `-> ${remedy}`)),
  ]);
  const problems = checks.filter(({ verdict }) => verdict === 'problem').length;
  const unknowns = checks.filter(({ verdict }) => verdict === 'unknown').length;
  const open = unknowns === 0 ? '' : `; ${unknowns} could not be told`;
  const summary = healthy
    ? `No problem found${open}.`
    : `${problems} problem${problems === 1 ? '' : 's'} found${open}.`;
  return [...lines, '', summary].join('\n');
}

function block(label: string, text: string): readonly string[] {
  return wrapText(text, WIDTH - INDENT).map((line, i) => `${(i === 0 ? label : '').padEnd(INDENT)}${line}`);
}
