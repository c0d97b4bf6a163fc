/** The words of a closed list; as a record, so that the compiler asks for a new one. */
export type Words<Word extends string> = Readonly<Record<Word, unknown>>;

/**
 * A word of the record. The database CHECKs its lists, so another word means that the record is newer or was altered.
 *
 * @throws {RangeError} when it is none of the list
 */
export function wordOf<Word extends string>(words: Words<Word>, text: string): Word {
  if (isWordOf(words, text)) return text;
  throw new RangeError(`The record holds "${text}", which is none of: ${Object.keys(words).join(', ')}`);
}

/** True when the text is a word of the list. */
export function isWordOf<Word extends string>(words: Words<Word>, text: string): text is Word {
  return Object.hasOwn(words, text);
}
