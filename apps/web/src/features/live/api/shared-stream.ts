/**
 * One live connection for all tabs of a browser: servers and browsers allow few.
 *
 * A tab is a follower until it leads. The leader holds the stream and passes on what it hears; it says how things
 * stand every few seconds, so that followers know it is alive even when the server is not. A follower takes over when
 * the leader closes (the browser hands on the lead), or when it has been silent for too long (a frozen or slowed-down
 * tab); it goes on after the last change that it heard of. Where tabs cannot hear one another, each has its own
 * stream.
 */
import { followLeader, type LiveView, NOTHING_HEARD, patienceOf, shouldTakeLead } from '../follow-leader.ts';
import type { Surroundings } from '../surroundings.ts';
import { type LeaderMessage, type TabMessage, tabMessage } from '../tab-message.ts';
import { type EventStream, type EventStreamListener, openEventStream } from './event-stream.ts';

/** The number changes with the form of the messages: tabs of other versions then have a connection of their own. */
const NAME = 'fill-tracker live 1';
/** How often the leader says how things stand, ms. */
const BEAT_MS = 4000;

export type SharedStream = Pick<EventStream, 'retryNow' | 'close'>;

export function openSharedStream(surroundings: Surroundings, listener: EventStreamListener): SharedStream {
  let view: LiveView = NOTHING_HEARD;
  /** Open while this tab leads, or is alone. */
  let stream: EventStream | null = null;
  let heardAt = surroundings.now();
  let callOffTimer = () => {};

  const tabs = surroundings.joinTabs(NAME, {
    onMessage: (data) => {
      const message = tabMessage.safeParse(data);
      if (message.success) hear(message.data);
    },
    onLead: () => lead(),
    onLost: () => follow(),
    onRefused: () => {
      callOffTimer();
      tabs?.leave();
      stream ??= openEventStream(surroundings, listener, view.lastSeq);
    },
  });
  if (tabs === null) return openEventStream(surroundings, listener);

  const post = (message: TabMessage) => tabs.post(message);
  const sayHowThingsStand = () => post({ kind: 'word', ...view });
  const beat = () => {
    sayHowThingsStand();
    callOffTimer = surroundings.after(BEAT_MS, beat);
  };
  const lead = () => {
    callOffTimer();
    view = { ...view, term: Math.max(surroundings.now(), view.term + 1) };
    // What the leader before was connected to, this tab is not yet.
    if (view.connection === 'live') setConnection('reconnecting');
    stream = openEventStream(surroundings, passingOn, view.lastSeq);
    beat();
  };
  const follow = () => {
    stream?.close();
    stream = null;
    listen();
    post({ kind: 'ask' });
    tabs.seekLead('wait');
  };
  const listen = () => {
    heardAt = surroundings.now();
    waitForLeader();
  };
  const waitForLeader = () => {
    callOffTimer();
    callOffTimer = surroundings.after(patienceOf(view), lookAfterLeader);
  };
  const lookAfterLeader = () => {
    waitForLeader();
    if (shouldTakeLead(view, surroundings.now() - heardAt, surroundings.isVisible())) tabs.seekLead('take');
  };
  const hear = (message: TabMessage) => {
    if (message.kind === 'ask') {
      if (stream === null) return;
      sayHowThingsStand();
      stream.retryNow();
    } else if (message.term >= view.term) {
      // Heard before the browser says that the lead is lost.
      if (stream !== null) follow();
      take(message);
      listen();
    }
  };
  const take = (message: LeaderMessage) => {
    const { view: next, news } = followLeader(view, message);
    view = next;
    if (news.connection !== undefined) listener.onConnection(news.connection);
    if (news.health !== undefined) listener.onHealth(news.health.event, news.health.at);
    if (news.change !== undefined) listener.onChange(news.change);
    if (news.isGap === true) listener.onGap();
  };
  const setConnection = (connection: LiveView['connection']) => {
    view = { ...view, connection };
    listener.onConnection(connection);
  };
  const noteLastSeq = () => {
    view = { ...view, lastSeq: stream?.lastSeq() ?? view.lastSeq };
  };
  const passingOn: EventStreamListener = {
    onConnection: (connection) => {
      setConnection(connection);
      sayHowThingsStand();
    },
    onHealth: (health, healthAt) => {
      noteLastSeq();
      view = { ...view, health, healthAt };
      listener.onHealth(health, healthAt);
      sayHowThingsStand();
    },
    onChange: (change) => {
      noteLastSeq();
      listener.onChange(change);
      post({ kind: 'change', term: view.term, change });
    },
    onGap: () => {
      noteLastSeq();
      listener.onGap();
      if (view.lastSeq !== null) post({ kind: 'reset', term: view.term, lastSeq: view.lastSeq });
    },
  };

  follow();
  return {
    retryNow: () => {
      if (stream !== null) {
        stream.retryNow();
        return;
      }
      post({ kind: 'ask' });
      lookAfterLeader();
    },
    close: () => {
      callOffTimer();
      stream?.close();
      tabs.leave();
    },
  };
}
