import { type Decimal, decimalFromRecord, decimalText } from '@fill-tracker/domain';

export function decimalTextOrNull(value: Decimal | null): string | null {
  return value === null ? null : decimalText(value);
}

export function decimalFromTextOrNull(text: string | null): Decimal | null {
  return text === null ? null : decimalFromRecord(text);
}
