/** How often each property is tried: `FC_RUNS` in the environment asks for a longer hunt than the everyday one. */
export const PROPERTY_RUNS = { numRuns: Number(process.env['FC_RUNS'] ?? 1_000) };

/** Ms that a test of a property may take: a hunt is long by wish, never a failure. */
export const PROPERTY_TIMEOUT = { timeout: 60_000 + 60 * PROPERTY_RUNS.numRuns };
