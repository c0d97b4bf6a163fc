import type { ResolveRequest } from '@fill-tracker/contract';
import type { Command, OrderDetail } from '@fill-tracker/db';
import type { Decision } from '@fill-tracker/domain';

/** One person's word on one order. */
export interface Resolving {
  readonly command: Command;
  readonly detail: OrderDetail;
  readonly request: ResolveRequest;
  readonly decision: Decision;
}
