import type { Instant } from '../instant.ts';
import type { AlertCause } from './alert-cause.ts';

/** Something that should be told of now. At most one stands for each cause and subject. */
export interface StandingAlert {
  readonly cause: AlertCause;
  /** Which order or which threshold it is about; empty when the cause says it all. */
  readonly subject: string;
  /** When the trouble itself began: before anybody was told. */
  readonly since: Instant;
  /** One sentence for people. */
  readonly summary: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
}
