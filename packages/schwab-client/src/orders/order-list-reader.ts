/**
 * Reads order lists without reading anything twice. The same list comes back every second, and mostly nothing in it has
 * changed: the same body gives the same result, and in another body each order whose text is the same gives the very
 * same report. Readers can therefore keep what they made of a report by its identity.
 */
import { type ParsedOrderList, parseOrderList } from './parse-orders.ts';
import type { SchwabOrderReport } from './read-order-tree.ts';

/** The list of the trading date, and one that reaches back further. */
const KEPT_BODIES = 2;

interface Body {
  readonly text: string;
  readonly list: ParsedOrderList;
  /** By the order's text. */
  readonly reports: ReadonlyMap<string, SchwabOrderReport>;
}

/** @throws {ShapeError} from the reader, as `parseOrderList` does. */
export function createOrderListReader(): (text: string) => ParsedOrderList {
  let bodies: readonly Body[] = [];
  return (text) => {
    const same = bodies.find((body) => body.text === text);
    const body = same ?? readBody(text, bodies);
    bodies = [body, ...bodies.filter((other) => other !== same)].slice(0, KEPT_BODIES);
    return body.list;
  };
}

function readBody(text: string, known: readonly Body[]): Body {
  const reports = new Map<string, SchwabOrderReport>();
  const list = parseOrderList(text, {
    get(order) {
      const report = known.map((body) => body.reports.get(order)).find((found) => found !== undefined);
      if (report !== undefined) reports.set(order, report);
      return report;
    },
    set: (order, report) => reports.set(order, report),
  });
  return { text, list, reports };
}
