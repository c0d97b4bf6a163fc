import { decimalText } from '@fill-tracker/domain';
import { type Logger, pino } from 'pino';
import type { PollerEvents } from '../events.ts';
import { describeSignInNeeded, describeSignInWarning } from '../sign-in/sign-in-warning.ts';

/** Structured logs on stderr, one JSON object a line. Bodies, tokens and account numbers never come near them. */
export function createLogger(level: string): Logger {
  return pino({ level, base: { app: 'poller' }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

/** Writes each event once. Cycles in which nothing happened are for debugging only. */
export function logEvents(log: Logger): Partial<PollerEvents> {
  return {
    leaseTaken: (facts) => log.info(facts, 'lease taken: this poller is at work'),
    leaseLost: (facts) => log.error(facts, 'lease lost: another poller may be at work'),
    leaseHeldElsewhere: (facts) => log.info(facts, 'another poller is at work: standing by'),
    cycleEnded: ({ summary: { outcome, ...facts }, next }) => {
      const level = outcome === 'complete' ? (facts.changed > 0 ? 'info' : 'debug') : 'warn';
      log[level]({ outcome, ...facts, nextPollAt: next.at, nextPollReason: next.reason }, 'cycle ended');
    },
    loopFailed: ({ error }) => log.error({ err: error }, 'the loop failed and goes on'),
    orderAdded: (facts) => log.info(facts, 'order added'),
    orderChanged: ({ orderId, order, newFills, discrepancies }) => {
      const { status, outcome, filledQuantity, averagePrice, flags } = order.state;
      const facts = {
        orderId,
        brokerOrderId: order.brokerOrderId,
        brokerStatus: order.facts?.brokerStatus,
        status,
        outcome,
        filledQuantity: filledQuantity && decimalText(filledQuantity),
        averagePrice: averagePrice && decimalText(averagePrice),
        newFills: newFills.length,
        flags,
      };
      log.info(facts, 'order changed');
      for (const { flag, explanation } of discrepancies) log.warn({ orderId, flag, explanation }, 'discrepancy raised');
    },
    orderRefused: (facts) => log.error(facts, 'the database refused an order; it was left as it was'),
    noteRefused: (facts) => log.error(facts, 'the database refused a note beside the orders'),
    orderNearsWindowLimit: (facts) =>
      log.warn(
        facts,
        "an order was entered more than 50 days ago: the broker's list reaches back 60; it is asked by id",
      ),
    orderUnreadable: (facts) => log.warn(facts, 'an order in the answer cannot be read; it was set aside'),
    brokerCallFailed: (facts) => log.warn(facts, 'a call to the broker failed'),
    signInEnding: (facts) =>
      log.warn(
        { ...facts, endsAt: isoText(facts.endsAt) },
        describeSignInWarning(facts.threshold, facts.workingOrders),
      ),
    signInNeeded: (facts) =>
      log.error({ ...facts, signedInAt: isoText(facts.signedInAt) }, describeSignInNeeded(facts.workingOrders)),
    signedIn: ({ signedInAt, endsAt }) =>
      log.info({ signedInAt: isoText(signedInAt), endsAt: isoText(endsAt) }, 'somebody signed in at Schwab'),
    commandAnswered: (facts) => log.info(facts, 'command answered'),
    alertRaised: ({ id, cause, subject, severity, summary }) =>
      log.warn({ alertId: id, cause, subject, severity, summary }, 'alert raised'),
    alertCleared: ({ id, cause, subject, clearedNote, fillsFoundLate }) =>
      log.info({ alertId: id, cause, subject, clearedNote, fillsFoundLate }, 'alert cleared'),
    noticeDelivered: (facts) => log.debug(facts, 'message delivered to the webhook'),
    noticeFailed: (facts) => log[facts.attempts === 1 ? 'warn' : 'debug'](facts, 'the webhook did not take a message'),
    noticeGivenUp: (facts) => log.error(facts, 'a message to the webhook was given up'),
    // What is wrong with the record, the loop that needs it tells.
    noticesTroubled: ({ error }) => log.debug({ err: error }, 'alerts wait for the record'),
    pingFailed: (facts) => log.warn(facts, 'the monitor could not be told that all is well; polling goes on'),
    pingTaken: (facts) => log.debug(facts, 'the monitor was told that all is well'),
  };
}

function isoText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
