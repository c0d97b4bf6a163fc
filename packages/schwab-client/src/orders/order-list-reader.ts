/**
 * Reads order lists without reading anything twice. The same list comes back every second, and mostly nothing in it has
 * changed: the same body gives the same result, and in another body each order whose text is the same gives the very
 * same report. Readers can therefore keep what they made of a report by its identity.
 */
import { type ParsedOrderList, parseOrderList, type ReportCache, type SchwabOrderReport } from './parse-orders.ts';

/** Some 4,000 orders. */
const MAX_CHARACTERS = 8_000_000;
/** The list of the trading date, and one that reaches back further. */
const KEPT_BODIES = 2;

interface Body {
  readonly text: string;
  readonly list: ParsedOrderList;
}

/** @throws {ShapeError} from the reader, as `parseOrderList` does. */
export function createOrderListReader(maxCharacters: number = MAX_CHARACTERS): (text: string) => ParsedOrderList {
  const reports = createReportCache(maxCharacters);
  let bodies: readonly Body[] = [];
  return (text) => {
    const same = bodies.find((body) => body.text === text);
    const list = same?.list ?? parseOrderList(text, reports);
    bodies = [{ text, list }, ...bodies.filter((body) => body !== same)].slice(0, KEPT_BODIES);
    return list;
  };
}

/** What was used longest ago goes first. */
function createReportCache(maxCharacters: number): ReportCache {
  const reports = new Map<string, SchwabOrderReport>();
  let characters = 0;
  const drop = (text: string): void => {
    if (reports.delete(text)) characters -= text.length;
  };
  return {
    get(text) {
      const report = reports.get(text);
      if (report === undefined) return undefined;
      // A key cut out of a body keeps all of that body in memory: the newest body is the one that is kept anyway.
      reports.delete(text);
      reports.set(text, report);
      return report;
    },
    set(text, report) {
      drop(text);
      reports.set(text, report);
      characters += text.length;
      for (const oldest of reports.keys()) {
        if (characters <= maxCharacters) break;
        drop(oldest);
      }
    },
  };
}
