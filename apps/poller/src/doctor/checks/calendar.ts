import { tradingDateAt } from '@fill-tracker/domain';
import { type Check, ok, problem } from '../verdict.ts';

const WARN_DAYS = 90;
const DAY_MS = 86_400_000;

/** Do the built-in rules of the market's days reach far enough. */
export const calendarReach: Check = {
  name: 'calendar',
  title: 'Calendar',
  run({ config, clock }) {
    const { validThrough } = config.calendar;
    if (validThrough === null) return ok('it never ends');
    const left = Math.floor((Date.parse(validThrough) - Date.parse(tradingDateAt(clock.now()))) / DAY_MS);
    return left > WARN_DAYS
      ? ok(`the market's days are known through ${validThrough}`)
      : problem(
          `the market's days are known through ${validThrough} only`,
          'Update this program: a newer version knows the holidays to come.',
        );
  },
};
