/** Frames of a stream of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { AuditRecord, HealthEvent, ResetEvent } from '@fill-tracker/contract';

/** JSON escapes line ends within texts, so data is one line. */
function data(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export function changeFrame(record: AuditRecord): string {
  return `id: ${record.seq}\n${data(record)}`;
}

/** Its id is where the reader goes on from after it has loaded everything anew. */
export function resetFrame(reset: ResetEvent): string {
  return `event: reset\nid: ${reset.lastSeq}\n${data(reset)}`;
}

/** Without id: it must not move the place from which a reader resumes. */
export function healthFrame(health: HealthEvent): string {
  return `event: health\n${data(health)}`;
}

/** Sets the place from which a reader resumes, and how soon, without an event. */
export function startFrame(lastSeq: number, retryMs: number): string {
  return `retry: ${retryMs}\nid: ${lastSeq}\n\n`;
}

/** A comment: shows both ends that the connection lives. */
export const HEARTBEAT = ': alive\n\n';
