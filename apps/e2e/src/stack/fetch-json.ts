/**
 * Fetches JSON. A body makes it a POST.
 *
 * @throws {Error} with the answer's text when the status is not 2xx.
 */
export async function fetchJson(
  address: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await fetch(address, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
  });
  if (answer.ok) return answer.json();
  throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
}
