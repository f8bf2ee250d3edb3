import { defineFact } from "./fact.ts";
import { settingOf } from "./secrets/setting.ts";

/** The place of a number that can be a card's; the number itself is nowhere. */
export interface CardNumber {
  readonly path: string;
  readonly line: number;
}

const TABLE = /\.(csv|tsv|jsonl?|ndjson|ya?ml|sql|ipynb|xml)$/i;
const NUMBER =
  /(?<![\w.-])(?:4\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|(?:5[1-5]|2[2-7])\d{2}([ -]?)\d{4}\2\d{4}\2\d{4}|3[47]\d{13}|6(?:011|5\d\d)\d{12})(?![\w.-])/g;
const CARD = /\b(credit_?card|card_?(number|num|no)|cc_?(number|num|no)|primary_?account_?number|pan)\b/i;
/** Characters before a number, and of the file's first line, that may say that it is a card's. */
const SAID_BEFORE = 300;
/** Places of one file that are told. */
const MAX_FOUND = 5;
/**
 * The beginnings of what payment providers publish for tests.
 * Sources: https://docs.stripe.com/testing, https://docs.adyen.com/development-resources/test-cards-and-credentials
 */
const PUBLISHED =
  /^(4242|4111|40000|4012888|4222|4917|4484|5555|5105|51051|5200828|2223|222|378282|371449|378734|6011111|6011000|6011981|4444|6510)/;

/** Numbers of cards in the product's data: under a card's name, with the right check digit, and not published for tests. */
export const cardNumbers = defineFact({
  scans: (path) => TABLE.test(path),
  parse: ({ text }): readonly number[] => linesWithCards(text),
  combine: ({ files, tree }): readonly CardNumber[] =>
    files.flatMap(({ path, parsed }) =>
      parsed.length > 0 && settingOf(path, tree) === "product" ? parsed.map((line) => ({ path, line })) : [],
    ),
});

function linesWithCards(text: string): readonly number[] {
  if (!CARD.test(text)) return [];
  const firstLine = text.slice(0, SAID_BEFORE).split("\n")[0] ?? "";
  const lines: number[] = [];
  for (const { index, 0: written } of text.matchAll(NUMBER)) {
    const digits = written.replace(/\D/g, "");
    if (PUBLISHED.test(digits) || new Set(digits).size < 5 || !hasCheckDigit(digits)) continue;
    const before =
      text
        .slice(Math.max(0, index - SAID_BEFORE), index)
        .split("\n")
        .at(-1) ?? "";
    if (!CARD.test(before) && !CARD.test(firstLine)) continue;
    lines.push(text.slice(0, index).split("\n").length);
    if (lines.length === MAX_FOUND) break;
  }
  return lines;
}

/** Luhn's sum. Source: ISO/IEC 7812-1, annex B. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
