// `.env.example` is what the code reads: no variable more, none less, each with its default.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { API_ENVIRONMENT } from '../apps/api/src/config/environment.ts';
import { POLLER_ENVIRONMENT } from '../apps/poller/src/config/environment.ts';

const PROGRAMS = [POLLER_ENVIRONMENT, API_ENVIRONMENT];
const EXAMPLE = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'));

it('.env.example lists every variable that the programs read, and no other', () => {
  expect(new Set(Object.keys(EXAMPLE))).toEqual(new Set(PROGRAMS.flatMap(({ names }) => names)));
});

it.each(PROGRAMS)('.env.example, copied as it is, changes nothing', ({ parse }) => {
  expect(parse(EXAMPLE)).toEqual(parse({}));
});
