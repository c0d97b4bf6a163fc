// A Dockerfile as instructions: { word, rest, stage }. Only what ours uses: no heredocs, no escape directive.
export function readDockerfile(text) {
  const joined = text.replaceAll(/\\\n\s*/g, '');
  const lines = joined.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  let stage = null;
  return lines.map((line) => {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (word === '') throw new Error(`No instruction: ${line}`);
    if (word === 'FROM') stage = / AS (\S+)$/.exec(rest)?.[1] ?? 'final';
    return { word, rest, stage };
  });
}
