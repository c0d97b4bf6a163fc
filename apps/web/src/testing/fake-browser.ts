import type { Tabs, TabsListener } from '../features/live/tabs.ts';

export interface FakeBrowser {
  readonly join: (listener: TabsListener) => Tabs;
  /** The tab that joined as number `tab`, from 0, hears nothing until it thaws. */
  readonly freeze: (tab: number) => void;
  readonly thaw: (tab: number) => void;
}

interface Member {
  readonly listener: TabsListener;
  /** What it has not been told yet, while it is frozen. */
  untold: (() => void)[] | null;
}

/** A browser whose tabs hear one another at once, and among which the lead goes as Web Locks has it. */
export function fakeBrowser(): FakeBrowser {
  const members: Member[] = [];
  const present = new Set<Member>();
  let waiting: Member[] = [];
  let leader: Member | null = null;

  const tell = (member: Member, word: () => void) => {
    if (member.untold === null) word();
    else member.untold.push(word);
  };
  const giveLead = (member: Member | undefined) => {
    leader = member ?? null;
    waiting = waiting.filter((other) => other !== leader);
    if (member !== undefined) tell(member, () => member.listener.onLead());
  };
  const giveUp = (member: Member) => {
    waiting = waiting.filter((other) => other !== member);
    if (leader === member) giveLead(waiting[0]);
  };
  const take = (member: Member) => {
    const former = leader;
    giveLead(member);
    if (former !== null) tell(former, () => former.listener.onLost());
  };
  return {
    join: (listener) => {
      const member: Member = { listener, untold: null };
      members.push(member);
      present.add(member);
      return {
        post: (message) => {
          const copy: unknown = structuredClone(message);
          for (const other of present) if (other !== member) tell(other, () => other.listener.onMessage(copy));
        },
        seekLead: (how) => {
          giveUp(member);
          if (how === 'take') take(member);
          else if (leader === null) giveLead(member);
          else waiting.push(member);
        },
        leave: () => {
          present.delete(member);
          giveUp(member);
        },
      };
    },
    freeze: (tab) => {
      const member = members[tab];
      if (member !== undefined) member.untold = [];
    },
    thaw: (tab) => {
      const untold = members[tab]?.untold ?? [];
      const member = members[tab];
      if (member !== undefined) member.untold = null;
      for (const word of untold) word();
    },
  };
}
