import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ToastProvider } from '../components/ui/toasts.tsx';
import { ConnectionStatus } from '../features/live/components/connection-status.tsx';
import { MarketStatus } from '../features/live/components/market-status.tsx';
import { PollerLink } from '../features/live/components/poller-link.tsx';
import { PollerStatus } from '../features/live/components/poller-status.tsx';
import { StaleBanner } from '../features/live/components/stale-banner.tsx';
import { staleScope } from '../features/live/freshness.ts';
import { useFreshness } from '../features/live/live-context.tsx';
import { summaryQuery } from '../features/orders/api/summary.ts';
import { useKeys } from '../lib/use-keys.ts';
import { KeyHelp } from './key-help.tsx';
import styles from './shell.module.css';
import { ThemeButton } from './theme-button.tsx';

/** What is on the screen whatever the page: where one is, whether the watcher lives, whether the numbers are fresh. */
export function Shell() {
  const freshness = useFreshness();
  const main = useRef<HTMLElement>(null);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  useKeys({ '?': () => setIsHelpOpen(true) });
  return (
    <ToastProvider>
      <div className={styles.shell}>
        <a
          className={styles.skip}
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          Skip to the content
        </a>
        <header>
          <DemoBanner />
          <div className={styles.bar}>
            <Link to="/orders" className={styles.brand}>
              <img src="/favicon.svg" alt="" width="22" height="22" />
              <span>Fill Tracker</span>
            </Link>
            <nav className={styles.nav} aria-label="Pages">
              <Link to="/orders">Orders</Link>
              <PollerLink />
            </nav>
            <div className={styles.tools}>
              <ThemeButton />
              <button type="button" data-look="bare" aria-label="Keyboard help" onClick={() => setIsHelpOpen(true)}>
                <kbd>?</kbd>
              </button>
            </div>
            <section className={styles.status} aria-label="Status">
              <MarketStatus />
              <PollerStatus />
              <ConnectionStatus />
            </section>
          </div>
          <StaleBanner />
        </header>
        <main id="main" ref={main} tabIndex={-1} className={styles.main} data-stale={staleScope(freshness)}>
          <Outlet />
        </main>
        {isHelpOpen && <KeyHelp onClose={() => setIsHelpOpen(false)} />}
      </div>
    </ToastProvider>
  );
}

function DemoBanner() {
  const { data } = useQuery(summaryQuery);
  if (data?.demo !== true) return null;
  return (
    <p className={styles.demo}>
      <strong>DEMO</strong> A made-up broker: no real orders, no real money.
    </p>
  );
}
