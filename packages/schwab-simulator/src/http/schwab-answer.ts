/** An answer before it is sent: plain data, so that faults can be tried on it. */
export interface SchwabAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function jsonAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): SchwabAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): SchwabAnswer {
  return { status, headers, body: '' };
}

/** The Trader API's error: in life only `message`, although its document promises `errors` too. */
export function traderError(status: number, message: string): SchwabAnswer {
  return jsonAnswer(status, JSON.stringify({ message }));
}

/** The 401 of the Trader and market data APIs. */
export function unauthorized(id: string): SchwabAnswer {
  const error = { id, status: 401, title: 'Unauthorized', detail: 'Client not authorized' };
  return jsonAnswer(401, JSON.stringify({ errors: [error] }));
}
