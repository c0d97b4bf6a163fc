import { HOUR, MINUTE, SECOND } from '../instant.ts';

const DAY = 24 * HOUR;

/** A span for people, in its two largest units, such as `1 min 5 s` or `3 h`. */
export function durationText(ms: number): string {
  const units = [
    { name: 'd', size: DAY },
    { name: 'h', size: HOUR },
    { name: 'min', size: MINUTE },
    { name: 's', size: SECOND },
  ];
  const first = units.findIndex(({ size }) => ms >= size);
  if (first === -1) return '0 s';
  let left = ms;
  const parts = units.slice(first, first + 2).map(({ name, size }) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { name, count };
  });
  return parts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(' ');
}
