/** Longer texts are refused by Discord (2,000) and cut by others. */
const LONGEST = 1_900;

/**
 * Text that chat tools show as it is. What comes from the broker must not ring everybody's phone, become a link or
 * bring markup: the characters that do so in Slack, Mattermost and Discord are replaced by harmless likenesses.
 */
export function chatText(text: string): string {
  const plain = text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll(/[<>&@`*_~|[\]\\]/g, (char) => HARMLESS[char] ?? ' ');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}

const HARMLESS: Readonly<Record<string, string>> = {
  '<': '‹',
  '>': '›',
  '&': '+',
  '@': '(at) ',
  '`': "'",
  '*': '∗',
  _: '-',
  '~': '-',
  '|': '/',
  '[': '(',
  ']': ')',
  '\\': '/',
};
