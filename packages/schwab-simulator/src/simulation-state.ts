import { z } from 'zod';
import { simulatedNodeSchema } from './broker/simulated-order.ts';

/** A demo under way. */
const storySchema = z.object({
  seed: z.number().int(),
  /** Epoch ms. */
  startedAt: z.number().int(),
  /** The demo's next order to be entered. */
  nextIndex: z.number().int(),
  everyMs: z.number().int().nullable(),
});

/** All that must outlive the process for a demo to go on where it stood. */
export const simulationStateSchema = z.object({
  version: z.literal(1),
  /** Epoch ms. */
  savedAt: z.number().int(),
  lastOrderId: z.string().regex(/^\d+$/),
  /** The scenario that was run last. */
  scenario: z.string(),
  story: storySchema.nullable(),
  login: z.object({ refreshToken: z.string(), loggedInAt: z.number().int() }).nullable(),
  orders: z.array(simulatedNodeSchema),
});

export type Story = z.infer<typeof storySchema>;
export type SimulationState = z.infer<typeof simulationStateSchema>;
