import type { BackupSummary } from '@fill-tracker/contract';
import type { RecordContents } from '@fill-tracker/db';

type Contents = BackupSummary['contents'];

export function presentContents({ broker, lastChangeAt, ...rest }: RecordContents): Contents {
  return {
    ...rest,
    broker: broker.baseUrl,
    demo: broker.mode === 'demo',
    lastChangeAt: lastChangeAt === null ? null : new Date(lastChangeAt).toISOString(),
  };
}

/** Lines for people, each with a title. */
export function contentsText({ orders, fills, lastAuditSeq, lastChangeAt, schema, broker, bytes }: Contents): string {
  return [
    `  orders       ${orders.pending} pending, ${orders.completed} completed, ${orders.failed} failed`,
    `  fills        ${fills}`,
    `  last change  ${lastChangeAt ?? 'none yet'}${lastAuditSeq === 0 ? '' : `, audit entry ${lastAuditSeq}`}`,
    `  broker       ${broker}`,
    `  schema       ${schema}`,
    `  size         ${(bytes / 1_000_000).toFixed(1)} MB`,
  ].join('\n');
}
