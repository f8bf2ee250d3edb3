/** Words that nobody's random token holds, and every example does. */
const EXAMPLE_WORD =
  /example|sample|dummy|fake|test|place-?holder|change-?me|your[-_]?|redacted|secret|token|foobar|demo|invalid|not-?real|x{4}|deadbeef|cafebabe/i;
/** Letters that follow each other this often are typed, not drawn; of sixteen digits chance makes longer runs. */
const RUN = 4;
const RUN_OF_DIGITS = 6;

/** Bits a character, as Shannon counts them. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** True for a text that was drawn at random: no word, run or repetition, and as many different letters as chance gives. */
export function isRandom(text: string): boolean {
  const isHexadecimal = /^[0-9a-f]+$/i.test(text);
  if (EXAMPLE_WORD.test(text) || hasRun(text, isHexadecimal ? RUN_OF_DIGITS : RUN)) return false;
  // Chance gives a text of this length more than this; one that was made up stays below.
  return entropyOf(text) > 0.75 * Math.log2(Math.min(isHexadecimal ? 16 : 62, text.length));
}

/** `aaaa`, `1234`, `dcba`. */
function hasRun(text: string, longest: number): boolean {
  for (const step of [0, 1, -1]) {
    let length = 1;
    for (let at = 1; at < text.length; at++) {
      length = text.charCodeAt(at) - text.charCodeAt(at - 1) === step ? length + 1 : 1;
      if (length >= longest) return true;
    }
  }
  return false;
}
