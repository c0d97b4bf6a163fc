/** What a line of the audit trail is about. */
export type AuditKind =
  /** The order came into the record. */
  | 'ORDER_ADDED'
  | 'FILL_RECORDED'
  /** The broker named the activity of a fill recorded without: its price, quantity and time stay. */
  | 'FILL_IDENTIFIED'
  /** A fill counts no longer: corrected, busted, or replaced on a person's word. */
  | 'FILL_WITHDRAWN'
  | 'BROKER_STATUS_CHANGED'
  /** Quantity, limit or other terms of the order. */
  | 'DETAILS_CHANGED'
  | 'STATUS_CHANGED'
  /** Filled quantity, sum, average or net price. */
  | 'PRICE_CHANGED'
  | 'FLAGS_CHANGED'
  /** A person closed the order, or the broker's word reopened it. */
  | 'RESOLUTION_CHANGED'
  /** A second witness was heard. */
  | 'VERIFIED'
  | 'NOT_FOUND';

/** Values before or after a change: decimals as plain text, instants as ISO 8601 UTC. */
export type AuditValues = Readonly<Record<string, string | number | null>>;

/** One line of the audit trail of an order, not yet numbered. */
export interface AuditEntry {
  readonly kind: AuditKind;
  /** Null when there was nothing before. */
  readonly before: AuditValues | null;
  readonly after: AuditValues | null;
  /** Why: a short sentence for people. */
  readonly reason: string;
}
