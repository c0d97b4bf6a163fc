import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import { hearWitness, type Reconciliation, type WitnessFlag } from '@fill-tracker/domain';

/** What a witness says of one order. */
export interface Finding {
  readonly flag: WitnessFlag;
  readonly isRaised: boolean;
  /** For the audit trail. */
  readonly reason: string;
}

/** What several findings do to an order, as one change; null when its flags stay as they are. */
export function hearFindings({ id, accountId, known }: StoredOrder, findings: readonly Finding[]): OrderCommit | null {
  const steps: Reconciliation[] = [];
  for (const { flag, isRaised, reason } of findings) {
    if (known.state.flags.includes(flag) === isRaised) continue;
    steps.push(hearWitness(steps.at(-1)?.order ?? known, flag, isRaised, reason));
  }
  const last = steps.at(-1);
  if (last === undefined) return null;
  const audit = steps.flatMap((step) => step.audit);
  const discrepancies = steps.flatMap((step) => step.discrepancies);
  return { id, accountId, reconciliation: { ...last, audit, discrepancies }, evidence: null, actor: 'poller' };
}
