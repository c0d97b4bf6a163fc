import type { Alert, FillDatabase } from '@fill-tracker/db';
import { ALERT_CAUSES, type Instant, isSightWhole, MINUTE, type SightFacts } from '@fill-tracker/domain';

/** An alert to be cleared. */
export interface EndedAlert {
  readonly alert: Alert;
  /** When its trouble was seen to be over. */
  readonly endedAt: Instant;
  /** Whether the fills that were found late can be counted. */
  readonly isSightWhole: boolean;
}

/** Who can tell how far the tracker has looked. */
export type SightRecord = Pick<FillDatabase, 'readLease' | 'openBlindSpot' | 'loadBlindSpotsToBackfill'>;

/**
 * Holds back the end of an alert in which fills may have gone unseen until what happened meanwhile is in the record.
 * That an order cannot be asked about must not keep it open for ever: after a while it ends with nothing said of fills.
 */
export interface ClearingHold {
  /** Of the alerts whose trouble is over, those to be cleared now. One that is left out stands again. */
  release(over: readonly Alert[], record: SightRecord, now: Instant): Promise<readonly EndedAlert[]>;
  /** Whether the last call held any back. */
  isHolding(): boolean;
}

const HOLD_AT_MOST_MS = 10 * MINUTE;

export function createClearingHold(): ClearingHold {
  /** Since when the trouble of an alert is over, by its id. */
  let held = new Map<number, Instant>();
  return {
    async release(over, record, now) {
      const ends = over.map((alert) => ({ alert, endedAt: held.get(alert.id) ?? now }));
      const isBlind = ({ cause }: Alert): boolean => ALERT_CAUSES[cause].isBlind;
      const sight = over.some(isBlind) ? await readSight(record) : NO_SIGHT;
      const judged = ends.map((end) => ({
        ...end,
        isSightWhole: !isBlind(end.alert) || isSightWhole(end.alert, sight),
      }));
      const isDone = (end: EndedAlert): boolean => end.isSightWhole || now - end.endedAt >= HOLD_AT_MOST_MS;
      held = new Map(judged.filter((end) => !isDone(end)).map(({ alert, endedAt }) => [alert.id, endedAt]));
      return judged.filter(isDone);
    },
    isHolding: () => held.size > 0,
  };
}

const NO_SIGHT: SightFacts = { lastLookAt: null, spots: [] };

async function readSight(record: SightRecord): Promise<SightFacts> {
  // First: a look and the spot that it ends are written together, so that this look's spot is among those read after.
  const { lastLookAt } = await record.readLease();
  const [open, toBackfill] = await Promise.all([record.openBlindSpot(), record.loadBlindSpotsToBackfill()]);
  return { lastLookAt, spots: [...(open === null ? [] : [open]), ...toBackfill] };
}
