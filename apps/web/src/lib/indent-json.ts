/**
 * Lays JSON text out in lines without reading it: every number stays as the broker wrote it, where a parser would
 * round the long ones and drop trailing zeros.
 */
export function indentJson(text: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return (text.match(/"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+|[{}[\],:]/gs) ?? [])
    .map((token, i, tokens) => {
      const closes = tokens[i + 1] === '}' || tokens[i + 1] === ']';
      if (token === '{' || token === '[') {
        if (closes) return token;
        depth += 1;
        return token + line();
      }
      if (token === '}' || token === ']') {
        const isEmpty = tokens[i - 1] === '{' || tokens[i - 1] === '[';
        if (isEmpty) return token;
        depth -= 1;
        return line() + token;
      }
      if (token === ',') return token + line();
      return token === ':' ? ': ' : token;
    })
    .join('');
}
