import { useServerNow } from '../live-context.tsx';
import { exactMoment, roughDuration } from '../../../lib/time-text.ts';

/** How long ago something was; the exact instant, in New York and here, on hover. */
export function Ago({ at, suffix = ' ago' }: { at: string; suffix?: string }) {
  const age = useServerNow() - Date.parse(at);
  return (
    <time dateTime={at} title={exactMoment(at)}>
      {roughDuration(age)}
      {suffix}
    </time>
  );
}
