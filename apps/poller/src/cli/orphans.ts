import type { Orphans } from '@fill-tracker/contract';
import { type FillDatabase, readOrphans } from '@fill-tracker/db';
import { type Output, table } from './output.ts';

/** Says where the record and the broker do not know of the same orders, and what to do about each. */
export async function showOrphans(db: FillDatabase, isJson: boolean, output: Output): Promise<void> {
  const orphans = await readOrphans(db);
  if (isJson) output.json(orphans);
  else output.line([...describeUntracked(orphans), '', ...describeUnknown(orphans)].join('\n'));
}

function describeUntracked({ untracked, untrackedIsCapped }: Orphans): string[] {
  if (untracked.length === 0) return ['The broker has listed no order that nobody tracks.'];
  const rows = untracked.map(({ enteredAt, instruction, quantity, symbol, brokerStatus, adopt }) => [
    enteredAt ?? '-',
    instruction ?? '-',
    quantity ?? '?',
    symbol ?? '-',
    brokerStatus,
    adopt.command,
  ]);
  return [
    'At the broker, and tracked by nobody:',
    table(['entered (UTC)', 'side', 'quantity', 'symbol', 'the broker says', 'to track it'], rows, new Set([2])),
    ...(untrackedIsCapped ? [MORE] : []),
  ];
}

function describeUnknown({ unknownToBroker, unknownToBrokerIsCapped }: Orphans): string[] {
  if (unknownToBroker.length === 0) return ['The broker knows every order of the record that is pending.'];
  const rows = unknownToBroker.map(({ id, brokerOrderId, symbol, absentSince, absences }) => [
    String(id),
    brokerOrderId ?? '-',
    symbol ?? '-',
    absentSince ?? '-',
    String(absences),
    `poller resolve ${id} --reason ...`,
  ]);
  return [
    'In the record, and unknown to the broker:',
    table(['id', 'broker id', 'symbol', 'not found since (UTC)', 'times', 'to close it'], rows, new Set([0, 4])),
    ...(unknownToBrokerIsCapped ? [MORE] : []),
  ];
}

const MORE = '... and more';
