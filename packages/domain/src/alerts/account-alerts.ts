import { HOUR, type Instant } from '../instant.ts';
import type { StandingAlert } from './standing-alert.ts';

/** An account of the record that the sign-in does not reach. */
export interface MissingAccount {
  /** Our short account id. */
  readonly id: string;
  /** Such as `...4321`. */
  readonly maskedNumber: string;
  readonly since: Instant;
  readonly workingOrders: number;
  /** When one of its orders changed last; null when it has none. */
  readonly lastOrderAt: Instant | null;
}

/** One that was not traded in for so long may be closed for good: that is no news. */
const IN_USE_MS = 30 * 24 * HOUR;

export function accountAlerts(missing: readonly MissingAccount[], now: Instant): readonly StandingAlert[] {
  return missing.filter((account) => isInUse(account, now)).map(alertOf);
}

function isInUse({ workingOrders, lastOrderAt }: MissingAccount, now: Instant): boolean {
  return workingOrders > 0 || (lastOrderAt !== null && now - lastOrderAt < IN_USE_MS);
}

function alertOf({ id, maskedNumber, since, workingOrders }: MissingAccount): StandingAlert {
  const orders = workingOrders === 1 ? '1 working order' : `${workingOrders} working orders`;
  const summary = `The sign-in does not reach account ${id} (${maskedNumber}), which has ${orders}.`;
  return { cause: 'account-missing', subject: id, since, summary, detail: { workingOrders } };
}
