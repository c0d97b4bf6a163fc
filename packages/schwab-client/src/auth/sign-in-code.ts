/**
 * The authorization code as the token endpoint wants it. Schwab's codes end in `@`, which a pasted redirect URL shows
 * as `%40`: undone here once, so that the form encoder does not encode it twice. A code with a bare `@` has been decoded before.
 */
export function decodeSignInCode(code: string): string {
  const text = code.trim();
  if (text.includes('@')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
