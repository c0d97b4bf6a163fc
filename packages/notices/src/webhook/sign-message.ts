import { createHmac } from 'node:crypto';

/** In this form a secret is base64, as the services that hand secrets out write it; any other text stands for itself. */
const PREFIX = 'whsec_';

/** The headers of https://www.standardwebhooks.com. A receiver that knows the secret proves by them who wrote the body. */
export function signedHeaders(
  secret: string,
  { id, body, timestampSeconds }: { readonly id: string; readonly body: string; readonly timestampSeconds: number },
): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestampSeconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': `v1,${signature}`,
  };
}

function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8');
}
