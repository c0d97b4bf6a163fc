import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chatText } from './chat-text.ts';

it('leaves plain words alone', () => {
  expect(chatText('Filled: BUY 100 GME at 22.7; order 4711.')).toBe('Filled: BUY 100 GME at 22.7; order 4711.');
});

it('lets no markup, mention, link or hidden character through, and is not too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (text) => {
      const plain = chatText(text);
      expect(plain).not.toMatch(/[<>&@`*_~|[\]\\]|[\p{Cc}\p{Cf}]/u);
      expect(plain.length).toBeLessThanOrEqual(1_901);
    }),
  );
});
