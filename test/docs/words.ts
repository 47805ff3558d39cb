/** The words of a command line as a shell would part them: quotes kept together, comments and redirections left out. */

const END = new Set(['|', '>', '>>', '&&', ';']);

export const wordsOf = (line: string): readonly string[] => {
  const words: string[] = [];
  for (const [, single, double, plain = ''] of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    if (END.has(plain) || plain.startsWith('#')) break;
    words.push(single ?? double ?? plain);
  }
  return words;
};
