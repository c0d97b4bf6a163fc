/** The tabs of one browser that show the same server: one of them leads at a time, and all hear what any of them says. */
export interface Tabs {
  /** Says something to all other tabs. */
  readonly post: (message: unknown) => void;
  /**
   * Asks for the lead: `wait` for the tab that has it to close, or `take` it from that tab at once. Asking anew gives
   * up the lead that this tab may have, and replaces what it asked for before.
   */
  readonly seekLead: (how: 'wait' | 'take') => void;
  readonly leave: () => void;
}

export interface TabsListener {
  readonly onMessage: (message: unknown) => void;
  readonly onLead: () => void;
  /** Another tab took the lead. */
  readonly onLost: () => void;
  /** The browser lets this page take no part. */
  readonly onRefused: () => void;
}

/** @returns null where the browser lacks Web Locks or BroadcastChannel, as for pages of plain http beyond loopback */
export function joinTabs(name: string, listener: TabsListener): Tabs | null {
  const locks = lockManager();
  const channel = locks === null ? null : openChannel(name);
  if (locks === null || channel === null) return null;
  channel.addEventListener('message', ({ data }) => listener.onMessage(data));
  let giveUp = () => {};
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches this origin alone
    post: (message) => channel.postMessage(message),
    seekLead: (how) => {
      giveUp();
      const wish = new AbortController();
      giveUp = () => wish.abort();
      // The lock is held for as long as the promise is open; a tab that closes lets go of it.
      const hold = () =>
        new Promise<void>((release) => {
          wish.signal.addEventListener('abort', () => release());
          if (wish.signal.aborted) release();
          else listener.onLead();
        });
      // `steal` and `signal` exclude each other.
      locks.request(name, how === 'take' ? { steal: true } : { signal: wish.signal }, hold).catch((error: unknown) => {
        if (wish.signal.aborted) return;
        if (error instanceof DOMException && error.name === 'AbortError') listener.onLost();
        else listener.onRefused();
      });
    },
    leave: () => {
      giveUp();
      channel.close();
    },
  };
}

function lockManager(): LockManager | null {
  return 'locks' in navigator ? navigator.locks : null;
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
