import { SECOND } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { failedChecks } from '../check.ts';
import { OUTAGES } from './outage.ts';
import { rehearseOutage } from './rehearse-outage.ts';

const CASES = OUTAGES.flatMap((outage) => [5, 60].map((seconds) => ({ ...outage, seconds })));

describe('lives through an outage of the broker', () => {
  it.for(CASES)('of $seconds s in which $what', async ({ seconds, ...outage }, test) => {
    const { checks, figures } = await rehearseOutage(test, outage, seconds * SECOND);
    await test.annotate(JSON.stringify(figures));
    expect(failedChecks(checks)).toEqual([]);
  });
});
