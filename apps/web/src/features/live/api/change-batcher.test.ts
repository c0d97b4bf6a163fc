import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../../testing/fake-surroundings.ts';
import { createChangeBatcher } from './change-batcher.ts';

function gather() {
  const surroundings = fakeSurroundings();
  const refreshed: (number[] | 'all')[] = [];
  let end: (error?: Error) => void = () => {};
  const batcher = createChangeBatcher(surroundings, (changed) => {
    refreshed.push(changed === 'all' ? 'all' : [...changed]);
    return new Promise<void>((resolve, reject) => {
      end = (error) => (error === undefined ? resolve() : reject(error));
    });
  });
  /** Ends the refresh under way, and lets what waits for it run. */
  const settle = async (error?: Error) => {
    end(error);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { surroundings, refreshed, batcher, settle };
}

describe('a batch of changes', () => {
  it('is refreshed once, each order once', () => {
    const { surroundings, refreshed, batcher } = gather();
    for (const id of [1, 2, 1, 1]) batcher.add(id);
    expect(refreshed).toEqual([]);
    surroundings.advance(400);
    expect(refreshed).toEqual([[1, 2]]);
  });

  it('waits for the refresh before it', async () => {
    const { surroundings, refreshed, batcher, settle } = gather();
    batcher.add(1);
    surroundings.advance(400);
    batcher.add(2);
    surroundings.advance(60_000);
    expect(refreshed).toEqual([[1]]);
    await settle();
    surroundings.advance(400);
    expect(refreshed).toEqual([[1], [2]]);
  });

  it('covers single orders when everything is to be refreshed', () => {
    const { surroundings, refreshed, batcher } = gather();
    batcher.add(1);
    batcher.addAll();
    batcher.add(2);
    surroundings.advance(400);
    expect(refreshed).toEqual(['all']);
  });

  it('goes on after a refresh that failed', async () => {
    const { surroundings, refreshed, batcher, settle } = gather();
    batcher.add(1);
    surroundings.advance(400);
    await settle(new Error('the server is gone'));
    batcher.add(2);
    surroundings.advance(400);
    expect(refreshed).toEqual([[1], [2]]);
  });
});
