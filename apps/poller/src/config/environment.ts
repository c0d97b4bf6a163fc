import { type EnvironmentOf, environmentReader, hookAddress, yesOrNo } from '@fill-tracker/settings';
import { z } from 'zod';

/** The environment of the poller and its commands: what all programs share, and these. */
export const POLLER_ENVIRONMENT = environmentReader({
  DEADMAN_PING_URL: hookAddress.optional(),
  DISCOVER_ORDERS: yesOrNo.default(true),
  TOKEN_ENCRYPTION_KEY: z
    .string()
    .regex(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/, 'must be 32 bytes as 64 hex digits or as base64')
    .optional(),
});

export type Environment = EnvironmentOf<typeof POLLER_ENVIRONMENT>;
