import { Message } from '../../../components/ui/message.tsx';
import styles from './first-run.module.css';

/** What a person sees who has no orders yet: how to get some. */
export function FirstRun({ isDemo, onTrack }: { isDemo: boolean; onTrack: () => void }) {
  if (isDemo) return <Message title="The demo begins">The first made-up orders appear within seconds.</Message>;
  return (
    <section className={styles.firstRun} aria-labelledby="first-run">
      <h2 id="first-run">Connect Schwab</h2>
      <p>There are no orders yet. Four steps, once:</p>
      <ol>
        <li>
          Register an app at <span className={styles.address}>developer.schwab.com</span> with the products “Accounts
          and Trading” and “Market Data”. Wait until it says <em>Ready for Use</em>.
        </li>
        <li>
          Copy <code>.env.example</code> to <code>.env</code> and fill in <code>SCHWAB_APP_KEY</code>,{' '}
          <code>SCHWAB_APP_SECRET</code> and <code>SCHWAB_CALLBACK_URL</code>.
        </li>
        <li>
          Sign in: <code>npx -y pnpm@10.34.9 poller login</code>
        </li>
        <li>
          Start watching: <code>npx -y pnpm@10.34.9 poller run</code>
        </li>
      </ol>
      <p>
        Today’s orders then appear by themselves. One that is older, or that your bot placed a moment ago, can be{' '}
        <button type="button" className={styles.track} onClick={onTrack}>
          tracked by its id
        </button>
        .
      </p>
    </section>
  );
}
