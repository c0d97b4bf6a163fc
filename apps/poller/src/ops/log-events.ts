import { BLIND_CAUSES, decimalText, SECOND } from '@fill-tracker/domain';
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
    leaseRenewed: (facts) => log.trace(facts, 'lease renewed'),
    leaseLost: (facts) => log.error(facts, 'lease lost: another poller may be at work'),
    leaseHeldElsewhere: (facts) => log.info(facts, 'another poller is at work: standing by'),
    cycleEnded: ({ summary: { outcome, ...facts }, next }) => {
      const level = outcome === 'complete' ? (facts.changed > 0 ? 'info' : 'debug') : 'warn';
      log[level]({ outcome, ...facts, nextPollAt: next.at, nextPollReason: next.reason }, 'cycle ended');
    },
    loopFailed: ({ error }) => log.error({ err: error }, 'the loop failed and goes on'),
    loopHung: ({ step, cycleStartedAt }) =>
      log.error(
        { step, cycleStartedAt: isoText(cycleStartedAt) },
        step === 'cycle-cut'
          ? 'the loop does not move: its cycle is cut short and the lease renewed no more'
          : 'the loop still does not move: the process ends, to be started anew',
      ),
    streakBegan: ({ cycles, since, kinds }) =>
      log.error({ cycles, since: isoText(since), kinds }, 'cycles fail, one after the other'),
    recovered: ({ cycles, since, until, kinds }) =>
      log.info({ cycles, since: isoText(since), until: isoText(until), kinds }, 'cycles go well again'),
    blindSpotBegan: ({ beganAt, cause }) =>
      log.warn({ beganAt: isoText(beganAt), cause }, `the tracker cannot see: ${BLIND_CAUSES[cause]}`),
    blindSpotEnded: ({ beganAt, endedAt, cause, also }) =>
      log.info(
        { beganAt: isoText(beganAt), endedAt: isoText(endedAt), cause, also, seconds: (endedAt - beganAt) / SECOND },
        'a blind spot is over: what it kept out of sight is looked up',
      ),
    blindSpotBackfilled: ({ spotId, beganAt, endedAt, cause }) =>
      log.info(
        { spotId, beganAt: isoText(beganAt), endedAt: isoText(endedAt), cause },
        'what happened in a blind spot is in the record',
      ),
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
    valueUnreadable: (facts) => log.warn(facts, 'a value of an order cannot be read; the order counts without it'),
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
    calendarEnding: (facts) =>
      log.warn(facts, 'the built-in market calendar ends soon; a newer version has later rules'),
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
