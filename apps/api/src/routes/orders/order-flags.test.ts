import { ORDER_FLAGS as promised, orderFlag } from '@fill-tracker/contract';
import { ORDER_FLAGS } from '@fill-tracker/domain';
import { expect, it } from 'vitest';

it('promises exactly the flags that the domain raises, in its order and with its meanings', () => {
  expect(promised).toEqual(ORDER_FLAGS);
  expect(orderFlag.options).toEqual(Object.keys(ORDER_FLAGS));
});
