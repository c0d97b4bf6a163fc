import { clockRemedy, clockSkewText, isClockOff } from '../../clock-warning.ts';
import { type Check, ok, problem, unknown } from '../verdict.ts';

/** Does this machine's clock agree with the broker's. */
export const clockAgrees: Check = {
  name: 'clock',
  title: 'Clock',
  async run(patient) {
    const probe = await patient.broker();
    if (probe.kind === 'silent') return unknown('the broker cannot be reached to compare with');
    if (probe.skew === null) return unknown('the broker does not say its time');
    const text = `this clock is ${clockSkewText(probe.skew)}`;
    return isClockOff(probe.skew) ? problem(text, clockRemedy(probe.skew)) : ok(text);
  },
};
