import { expect, it } from 'vitest';
import { firstRunStage } from './first-run-stage.ts';

it.each([
  [{ isDemo: true, accounts: 0, errorKind: null }, 'demo'],
  [{ isDemo: false, accounts: 0, errorKind: null }, 'connect'],
  [{ isDemo: false, accounts: 0, errorKind: 'network' }, 'connect'],
  [{ isDemo: false, accounts: 0, errorKind: 'sign-in-needed' }, 'sign-in'],
  [{ isDemo: false, accounts: 2, errorKind: 'sign-in-needed' }, 'sign-in'],
  [{ isDemo: false, accounts: 2, errorKind: 'network' }, 'wait'],
  [{ isDemo: false, accounts: 1, errorKind: null }, 'wait'],
] as const)('with %j the person is at %s', (facts, stage) => {
  expect(firstRunStage(facts)).toBe(stage);
});
