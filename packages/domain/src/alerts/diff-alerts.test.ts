import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../testing/property-runs.ts';
import type { AlertCause } from './alert-cause.ts';
import { type AlertName, diffAlerts } from './diff-alerts.ts';
import type { StandingAlert } from './standing-alert.ts';

const CAUSES: readonly AlertCause[] = ['broker-unreachable', 'order-odd', 'poller-down'];
const name = fc.record({ cause: fc.constantFrom(...CAUSES), subject: fc.constantFrom('', 'A1/1', 'A1/2') });
const names = fc.uniqueArray(name, { selector: ({ cause, subject }) => `${cause} ${subject}` });
const judged = fc.uniqueArray(fc.constantFrom(...CAUSES)).map((causes) => new Set(causes));

const standingOf = (alert: AlertName): StandingAlert => ({ ...alert, since: 0, summary: 'so', detail: {} });
const keys = (alerts: readonly AlertName[]) => alerts.map(({ cause, subject }) => `${cause} ${subject}`).sort();

it('raises what is new, clears what is over, and never both', () => {
  fc.assert(
    fc.property(names, names, judged, (open, wanted, causes) => {
      const { raise, clear } = diffAlerts(open, wanted.map(standingOf), causes);
      const after = keys([...open.filter((alert) => !clear.includes(alert)), ...raise]);
      const expected = keys([
        ...wanted.filter(({ cause }) => causes.has(cause)),
        ...open.filter(({ cause }) => !causes.has(cause)),
      ]);
      expect(after).toEqual(expected);
      expect(keys(raise).filter((key) => keys(clear).includes(key))).toEqual([]);
    }),
    PROPERTY_RUNS,
  );
});

it('says nothing the second time', () => {
  fc.assert(
    fc.property(names, judged, (wanted, causes) => {
      const { raise } = diffAlerts([], wanted.map(standingOf), causes);
      expect(diffAlerts(raise, wanted.map(standingOf), causes)).toEqual({ raise: [], clear: [] });
    }),
    PROPERTY_RUNS,
  );
});
