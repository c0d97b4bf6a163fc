import { allOf, type PollerEvents } from '../events.ts';

/** All that a poller told, by event, in the order in which it was told. */
export type HeardEvents = { readonly [Name in keyof PollerEvents]: Parameters<PollerEvents[Name]>[0][] };

/** Events that write down what they are told, and then call `onEvent`. */
export function hearing(onEvent: () => void): { events: PollerEvents; heard: HeardEvents } {
  const heard: HeardEvents = {
    leaseTaken: [],
    leaseRenewed: [],
    leaseLost: [],
    leaseHeldElsewhere: [],
    cycleEnded: [],
    loopFailed: [],
    loopHung: [],
    streakBegan: [],
    recovered: [],
    blindSpotBegan: [],
    blindSpotEnded: [],
    blindSpotBackfilled: [],
    orderAdded: [],
    orderChanged: [],
    orderRefused: [],
    noteRefused: [],
    orderNearsWindowLimit: [],
    orderUnreadable: [],
    valueUnreadable: [],
    brokerCallFailed: [],
    brokerAttempted: [],
    signInEnding: [],
    signInNeeded: [],
    signedIn: [],
    commandAnswered: [],
    calendarEnding: [],
    alertRaised: [],
    alertCleared: [],
    noticeDelivered: [],
    noticeFailed: [],
    noticeGivenUp: [],
    noticesTroubled: [],
    pingFailed: [],
    pingTaken: [],
  };
  const into =
    <Facts>(list: Facts[]) =>
    (facts: Facts): void => {
      list.push(facts);
      onEvent();
    };
  const events = allOf({
    leaseTaken: into(heard.leaseTaken),
    leaseRenewed: into(heard.leaseRenewed),
    leaseLost: into(heard.leaseLost),
    leaseHeldElsewhere: into(heard.leaseHeldElsewhere),
    cycleEnded: into(heard.cycleEnded),
    loopFailed: into(heard.loopFailed),
    loopHung: into(heard.loopHung),
    streakBegan: into(heard.streakBegan),
    recovered: into(heard.recovered),
    blindSpotBegan: into(heard.blindSpotBegan),
    blindSpotEnded: into(heard.blindSpotEnded),
    blindSpotBackfilled: into(heard.blindSpotBackfilled),
    orderAdded: into(heard.orderAdded),
    orderChanged: into(heard.orderChanged),
    orderRefused: into(heard.orderRefused),
    noteRefused: into(heard.noteRefused),
    orderNearsWindowLimit: into(heard.orderNearsWindowLimit),
    orderUnreadable: into(heard.orderUnreadable),
    valueUnreadable: into(heard.valueUnreadable),
    brokerCallFailed: into(heard.brokerCallFailed),
    brokerAttempted: into(heard.brokerAttempted),
    signInEnding: into(heard.signInEnding),
    signInNeeded: into(heard.signInNeeded),
    signedIn: into(heard.signedIn),
    commandAnswered: into(heard.commandAnswered),
    calendarEnding: into(heard.calendarEnding),
    alertRaised: into(heard.alertRaised),
    alertCleared: into(heard.alertCleared),
    noticeDelivered: into(heard.noticeDelivered),
    noticeFailed: into(heard.noticeFailed),
    noticeGivenUp: into(heard.noticeGivenUp),
    noticesTroubled: into(heard.noticesTroubled),
    pingFailed: into(heard.pingFailed),
    pingTaken: into(heard.pingTaken),
  });
  return { events, heard };
}
