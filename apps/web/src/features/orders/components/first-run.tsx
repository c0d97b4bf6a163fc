import type { Account } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Message } from '../../../components/ui/message.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { pollerQuery } from '../../poller/api/poller.ts';
import { accountsQuery } from '../api/accounts.ts';
import { firstRunStage } from '../first-run-stage.ts';
import styles from './first-run.module.css';

/** How often accounts are looked for while there are none, ms: no live change tells of them. */
const LOOK_AGAIN_MS = 5000;

/** What a person sees who has no orders yet: what is left to do to get some. */
export function FirstRun({ isDemo, onTrack }: { isDemo: boolean; onTrack: () => void }) {
  const accounts = useQuery({
    ...accountsQuery,
    refetchInterval: ({ state }) => (isDemo || (state.data?.length ?? 0) > 0 ? false : LOOK_AGAIN_MS),
  });
  const poller = useQuery(pollerQuery);
  if (accounts.isPending || poller.isPending) return <Skeleton lines={8} label="Loading what is set up" />;
  const known = accounts.data ?? [];
  const errorKind = poller.data?.lastCycle?.errorKind ?? null;
  switch (firstRunStage({ isDemo, accounts: known.length, errorKind })) {
    case 'demo':
      return <Message title="The demo begins">The first made-up orders appear within seconds.</Message>;
    case 'connect':
      return <Connect />;
    case 'sign-in':
      return <SignIn isFirst={known.length === 0} />;
    case 'wait':
      return <Wait accounts={known} onTrack={onTrack} />;
    default:
      return null;
  }
}

function Connect() {
  return (
    <Steps title="Connect Schwab">
      <p>There are no orders yet. Five steps, once:</p>
      <ol>
        <li>
          Create an app at <span className={styles.address}>developer.schwab.com</span> with the products “Accounts and
          Trading” and “Market Data”. Its callback address: <code>https://127.0.0.1</code> (<code>localhost</code> does
          not work).
        </li>
        <li>
          Wait while it says <em>Approved - Pending</em>: signing in fails until it says <em>Ready for Use</em>.
        </li>
        <li>
          Copy <code>.env.example</code> to <code>.env</code> and fill in <code>SCHWAB_APP_KEY</code>,{' '}
          <code>SCHWAB_APP_SECRET</code> and <code>SCHWAB_CALLBACK_URL</code>, the last to the letter as registered.
        </li>
        <li>
          Sign in: <SignInCommand />
        </li>
        <li>
          Start anew, so that the settings count: <code>npx -y pnpm@10.34.9 start</code>
        </li>
      </ol>
      <SignInEnds />
    </Steps>
  );
}

function SignIn({ isFirst }: { isFirst: boolean }) {
  return (
    <Steps title={isFirst ? 'Sign in to Schwab' : 'Sign in to Schwab again'}>
      <p>
        {isFirst
          ? 'The app is set up. What is missing is the sign-in:'
          : 'The sign-in has ended. No order is watched until you sign in again:'}
      </p>
      <p>
        <SignInCommand />
      </p>
      <SignInEnds />
    </Steps>
  );
}

function Wait({ accounts, onTrack }: { accounts: readonly Account[]; onTrack: () => void }) {
  return (
    <Steps title="Connected, no orders yet">
      <p>
        Signed in to Schwab. Watched: {accounts.map(({ id, maskedNumber }) => `${id} ${maskedNumber}`).join(', ')}. An
        order that is placed from now on appears here by itself, unless <code>DISCOVER_ORDERS</code> is off.
      </p>
      <p>
        To watch an older one, or one the moment it is placed, hand over its id. Your bot finds the id at the end of the{' '}
        <code>Location</code> that Schwab answers to a new order.
      </p>
      <ul>
        <li>
          <button type="button" onClick={onTrack}>
            Track by its id
          </button>{' '}
          here, or press <kbd>n</kbd>.
        </li>
        <li>
          In a terminal: <code>npx -y pnpm@10.34.9 poller track --order-id ID</code>
        </li>
        <li>
          From your bot: <code>POST /api/orders</code>; <a href="/docs">the API’s own page</a> says more.
        </li>
      </ul>
      <SignInEnds />
    </Steps>
  );
}

function Steps({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.firstRun} aria-labelledby="first-run">
      <h2 id="first-run">{title}</h2>
      {children}
    </section>
  );
}

function SignInCommand() {
  return (
    <>
      <code>npx -y pnpm@10.34.9 poller login</code>. It prints a link; after signing in you land on a page that does not
      load. Paste its address within 30 seconds.
    </>
  );
}

/** Schwab's refresh tokens live seven days from the sign-in, used or not. */
function SignInEnds() {
  return <p className={styles.note}>Schwab ends every sign-in after 7 days: sign in again before that.</p>;
}
