import { describe, expect, it } from 'vitest';
import { chainOrder, replaced } from '../testing/chain-builders.ts';
import { checkCorrection, type CorrectionRefusal } from './check-correction.ts';
import { inferReplacements } from './infer-replacements.ts';
import type { ReplacementCorrection } from './replacement-link.ts';

/** A was replaced by B and B by C, by inference; X and Y stand alone. */
const ORDERS = [
  replaced({ key: 'A', entered: 0, closed: 60 }),
  replaced({ key: 'B', entered: 60, closed: 120 }),
  chainOrder({ key: 'C', entered: 120 }),
  chainOrder({ key: 'X', entered: 500 }),
  chainOrder({ key: 'Y', entered: 600 }),
];

const X_AFTER_A: ReplacementCorrection = { to: 'X', from: 'A' };

describe('checkCorrection', () => {
  it.each<[string, ReplacementCorrection, readonly ReplacementCorrection[]]>([
    ['a link where there was none', { to: 'Y', from: 'X' }, []],
    ['a successor in place of an inferred one', X_AFTER_A, []],
    ['that an order is no replacement', { to: 'B', from: null }, []],
    ['the same again', X_AFTER_A, [X_AFTER_A]],
    ['another successor, once the first was taken back', { to: 'Y', from: 'A' }, [X_AFTER_A, { to: 'X', from: null }]],
    ['another predecessor for the same order', { to: 'X', from: 'C' }, [X_AFTER_A]],
    ['the other way round, once the inferred link was denied', { to: 'A', from: 'B' }, [{ to: 'B', from: null }]],
  ])('lets a person say %s', (_name, correction, corrections) => {
    expect(checkCorrection(correction, ORDERS, corrections)).toBeNull();
    const { links } = inferReplacements(ORDERS, [...corrections, correction]);
    const said = links.find((link) => link.to === correction.to);
    expect(said?.from ?? null).toBe(correction.from);
  });

  it.each<[CorrectionRefusal['code'], string, ReplacementCorrection, readonly ReplacementCorrection[]]>([
    ['UNKNOWN_ORDER', 'an order that is not there', { to: 'Q', from: 'A' }, []],
    ['UNKNOWN_ORDER', 'a predecessor that is not there', { to: 'A', from: 'Q' }, []],
    ['UNKNOWN_ORDER', 'that an order that is not there is no replacement', { to: 'Q', from: null }, []],
    ['ITSELF', 'an order as its own predecessor', { to: 'A', from: 'A' }, []],
    ['SECOND_SUCCESSOR', 'two successors', { to: 'Y', from: 'A' }, [X_AFTER_A]],
    ['CIRCLE', 'an inferred link the other way round', { to: 'A', from: 'B' }, []],
    ['CIRCLE', 'the end of a chain as what its beginning replaced', { to: 'A', from: 'C' }, []],
    ['CIRCLE', 'the end of a chain that a person made longer', { to: 'A', from: 'Y' }, [{ to: 'Y', from: 'C' }]],
  ])('refuses as %s to take %s', (code, _name, correction, corrections) => {
    expect(checkCorrection(correction, ORDERS, corrections)?.code).toBe(code);
  });

  it('tells what to do instead', () => {
    expect(checkCorrection({ to: 'Y', from: 'A' }, ORDERS, [X_AFTER_A])?.message).toBe(
      'Order A was already said to be replaced by X, and an order has one successor. If Y is the right one, first say that X is not a replacement.',
    );
    expect(checkCorrection({ to: 'A', from: 'C' }, ORDERS)?.message).toBe(
      'Order C already follows A in their chain, so A cannot follow C. If the chain is wrong, first say that C is not a replacement.',
    );
  });
});
