import { authorizeUrl, type Clock, type ClockSkew, estimateClockSkew, readHttpDate } from '@fill-tracker/schwab-client';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';

/** What one question without a sign-in brought. */
export type BrokerProbe =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The beginning of the body. */
      readonly text: string;
      /** Null when the answer carried no clock. */
      readonly skew: ClockSkew | null;
    }
  /** `code` is the system's, such as ECONNREFUSED; `timeout` when no answer came. */
  | { readonly kind: 'silent'; readonly code: string };

const TIMEOUT_MS = 10_000;
const TEXT_KEPT = 2_000;

/**
 * Asks for the sign-in page, as a browser would: it needs no sign-in and changes nothing, and the answer tells whether
 * the broker can be reached, what its clock says, and whether it knows the app and its callback.
 */
export async function askBroker(
  { brokerUrl, callbackUrl }: Pick<PollerConfig, 'brokerUrl' | 'callbackUrl'>,
  { credentials }: Pick<PollerSecrets, 'credentials'>,
  clock: Clock,
): Promise<BrokerProbe> {
  const link = {
    baseUrl: brokerUrl,
    appKey: credentials?.appKey ?? '',
    callbackUrl: callbackUrl ?? '',
    state: 'doctor',
  };
  const requestedAt = clock.now();
  try {
    const answer = await fetch(authorizeUrl(link), { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const respondedAt = clock.now();
    const serverDate = readHttpDate(answer.headers.get('date'));
    const skew = serverDate === null ? null : estimateClockSkew([{ requestedAt, respondedAt, serverDate }]);
    return { kind: 'answered', status: answer.status, text: (await answer.text()).slice(0, TEXT_KEPT), skew };
  } catch (error) {
    return { kind: 'silent', code: codeOf(error) };
  }
}

/** The innermost system code: fetch wraps it. */
function codeOf(error: unknown): string {
  let code = 'no code';
  for (let layer: unknown = error; layer instanceof Error; layer = layer.cause) {
    if (layer.name === 'TimeoutError') return 'timeout';
    if ('code' in layer && typeof layer.code === 'string') code = layer.code;
  }
  return code;
}
