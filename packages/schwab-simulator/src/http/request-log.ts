/** One call to the broker. Control calls are not recorded: they would spoil every budget check. */
export interface RecordedRequest {
  /** Arrival by the real clock, which a moved or frozen broker clock does not touch; ISO 8601 UTC. */
  time: string;
  method: string;
  /** Without the query. */
  path: string;
  /** With its `?`, or empty. */
  query: string;
  /** 0 when no answer was sent: still under way, timed out or reset by a fault. */
  status: number;
  /** Of calls to the token endpoint: `refresh_token` for a refresh. */
  grantType?: string;
}

/** Far more than a day of polling at the request budget. */
const MOST_KEPT = 200_000;

/** The calls received, oldest first; the oldest are dropped beyond 200,000. */
export interface RequestLog {
  /** Records an arrival; the caller sets its status when there is one. */
  open(request: { time: number; method: string; url: string }): RecordedRequest;
  /** @param since epoch ms, included */
  list(since?: number): RecordedRequest[];
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let requests: RecordedRequest[] = [];
  return {
    open({ time, method, url }) {
      const queryAt = url.includes('?') ? url.indexOf('?') : url.length;
      const path = url.slice(0, queryAt);
      const entry = { time: new Date(time).toISOString(), method, path, query: url.slice(queryAt), status: 0 };
      requests.push(entry);
      // Dropped by the tenth, since dropping one by one would move the rest each time.
      if (requests.length > MOST_KEPT * 1.1) requests = requests.slice(-MOST_KEPT);
      return entry;
    },
    list: (since = 0) => requests.filter(({ time }) => Date.parse(time) >= since),
    clear() {
      requests = [];
    },
  };
}
