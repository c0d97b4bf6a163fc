import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '../../../lib/use-keys.ts';
import { accountsQuery } from '../api/accounts.ts';
import { type OrdersSearch, readOrdersSearch } from '../orders-search.ts';
import styles from './order-filters.module.css';

/** How long the person must pause in typing, ms. */
const PAUSE_MS = 20;

/** The filters. They live in the address: it can be kept, shared and gone back to. */
export function OrderFilters({ search, children }: { search: OrdersSearch; children: ReactNode }) {
  const navigate = useNavigate();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const searchBox = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => searchBox.current?.focus() });
  const set = (part: OrdersSearch) =>
    void navigate({ to: '/orders', search: (now) => readOrdersSearch({ ...now, ...part }), replace: true });
  return (
    <div role="search" className={styles.filters}>
      <TextFilter
        ref={searchBox}
        label="Search"
        placeholder="Symbol or order id ( / )"
        value={search.q ?? ''}
        maxLength={100}
        onChange={(q) => set({ q })}
      />
      <details className={styles.more} open={hasMore(search) || undefined}>
        <summary className="button">Filters</summary>
        <div className={styles.fields}>
          <TextFilter
            label="Symbol"
            placeholder="GME"
            value={search.symbol ?? ''}
            maxLength={40}
            onChange={(symbol) => set({ symbol: symbol.toUpperCase() })}
          />
          <Field label="Account">
            {(id) => (
              <select id={id} value={search.account ?? ''} onChange={(event) => set({ account: event.target.value })}>
                <option value="">All accounts</option>
                {accounts.map(({ id: account, maskedNumber, label }) => (
                  <option key={account} value={account}>
                    {account} {label ?? maskedNumber}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <DateFilter label="Entered from" value={search.from ?? ''} onChange={(from) => set({ from })} />
          <DateFilter label="to" value={search.to ?? ''} onChange={(to) => set({ to })} />
        </div>
      </details>
      {children}
    </div>
  );
}

function hasMore({ symbol, account, from, to }: OrdersSearch): boolean {
  return [symbol, account, from, to].some((value) => value !== undefined);
}

/** Text that is applied when the person pauses. The address may change it, too: back, forward, another tab. */
function TextFilter(props: {
  label: string;
  placeholder: string;
  value: string;
  maxLength: number;
  onChange: (value: string) => void;
  ref?: React.RefObject<HTMLInputElement | null>;
}) {
  const { label, placeholder, value, maxLength, onChange, ref } = props;
  const [typed, setTyped] = useState(value);
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    setApplied(value);
    setTyped(value);
  }
  const apply = useRef(onChange);
  useEffect(() => {
    apply.current = onChange;
  });
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => apply.current(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          ref={ref}
          type="search"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          maxLength={maxLength}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      )}
    </Field>
  );
}

function DateFilter({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label}>
      {(id) => (
        <input id={id} type="date" value={value.slice(0, 10)} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}
