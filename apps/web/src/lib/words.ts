/** `BUY_TO_OPEN` as `Buy to open`. Words that nobody foresaw read well too. */
export function wordsOf(code: string): string {
  const words = code.toLowerCase().replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 fill`, `2 fills`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
