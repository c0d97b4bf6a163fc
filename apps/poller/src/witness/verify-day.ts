import { createHash } from 'node:crypto';
import type { DayVerification } from '@fill-tracker/contract';
import { type DayCertificate, decimalText, type Traded } from '@fill-tracker/domain';
import type { PolledAccount } from '../cycle/account-directory.ts';
import { createSeenReports } from '../cycle/seen-reports.ts';
import { allOf } from '../events.ts';
import { takeLease } from '../loop/keep-lease.ts';
import { newLoopProgress, progressForLease } from '../loop/loop-progress.ts';
import type { Poller } from '../poller.ts';
import { presentTotal, recordHeard } from './hear-transactions.ts';
import type { TradingDay } from './trading-day.ts';
import { type WitnessedDay, witnessDay } from './witness-day.ts';

/**
 * Certifies one date. Verdicts and alarms are kept when no poller is at work, for only one process may write the
 * record; otherwise they are only told.
 *
 * @throws {SchwabError} when one of the broker's answers does not come whole: nothing is kept then.
 */
export async function verifyDay(
  poller: Poller,
  accounts: readonly PolledAccount[],
  day: TradingDay,
  signal: AbortSignal,
): Promise<DayVerification> {
  const lease = await takeLease(poller, () => progressForLease(newLoopProgress(), null));
  try {
    const ended = lease === null ? signal : AbortSignal.any([signal, lease.lost]);
    const { witnessed, unreadableOrders } = await witnessAloud(poller, accounts, day, ended);
    if (lease !== null) await recordHeard(poller, witnessed.heard, lease.fencing);
    const masked = new Map((await poller.db.listAccounts()).map(({ id, maskedNumber }) => [id, maskedNumber]));
    return {
      ...presentCertificate(witnessed.certificate),
      accounts: witnessed.certificate.accounts.map((id) => ({ id, maskedNumber: masked.get(id) ?? '' })),
      unreadable: [
        ...unreadableOrders.map(({ id, problem }) => ({ kind: 'ORDER' as const, id, problem })),
        ...witnessed.unreadable.map(({ activityId, problem }) => {
          return { kind: 'TRANSACTION' as const, id: activityId, problem };
        }),
      ],
      transactionsWithoutOrder: witnessed.withoutOrder,
      isListed: witnessed.isListed,
      isStored: lease !== null,
      leaseHolder: lease === null ? (await poller.db.readLease()).owner : null,
    };
  } finally {
    await lease?.release();
  }
}

interface UnreadableOrder {
  readonly id: string | null;
  readonly problem: string;
}

/** Every unreadable order is told anew, also to a poller that has heard of it before. */
async function witnessAloud(
  poller: Poller,
  accounts: readonly PolledAccount[],
  day: TradingDay,
  signal: AbortSignal,
): Promise<{ readonly witnessed: WitnessedDay; readonly unreadableOrders: readonly UnreadableOrder[] }> {
  const unreadableOrders: UnreadableOrder[] = [];
  const events = allOf(poller.events, {
    orderUnreadable: ({ brokerOrderId, problem }) => void unreadableOrders.push({ id: brokerOrderId, problem }),
  });
  const listening = { ...poller, events, toldUnreadable: createSeenReports() };
  return { witnessed: await witnessDay(listening, accounts, day, signal), unreadableOrders };
}

/** The hash stands for the record's statement of the date: whoever has the lines can work it out anew. */
export function presentCertificate(certificate: DayCertificate) {
  const { date, orders, fills, verdicts, lines } = certificate;
  return {
    date,
    orders,
    fills,
    shares: presentTraded(certificate.shares),
    contracts: presentTraded(certificate.contracts),
    otherUnits: presentTraded(certificate.otherUnits),
    fees: decimalText(certificate.fees),
    verdicts,
    differences: certificate.differences.map(({ kind, accountId, brokerOrderId, symbol, record, broker }) => ({
      kind,
      account: accountId,
      brokerOrderId,
      symbol,
      record: record && presentTotal(record),
      broker: broker && presentTotal(broker),
    })),
    lines: [...lines],
    hash: createHash('sha256')
      .update([date, ...lines].map((line) => `${line}\n`).join(''))
      .digest('hex'),
  };
}

function presentTraded({ quantity, notional }: Traded) {
  return { quantity: decimalText(quantity), notional: decimalText(notional) };
}
