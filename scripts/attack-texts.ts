// Texts that a pattern finds hard: for each part of it that repeats without an end, a text that reaches this part, repeats
// it, and then does not fit. And runs of one sign, which patterns that look anywhere in a text meet.

import { type AST, RegExpParser } from "@eslint-community/regexpp";

const RUNS = [..." \t\n-_:;,.<>()[]{}=\"'/\\@&%*#!?0aA\u00e4"];
const ENDINGS = ["", "\u0000", "x", "!"];

type Attack = (times: number) => string;

export function attacksOn(source: string, flags: string): Attack[] {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const repeated = endlessIn(pattern).flatMap((quantifier) => {
    const before = textBefore(quantifier);
    const piece = sampleOf(quantifier.element) || " ";
    return ENDINGS.map((ending) => (times: number) => before + repeat(piece, times) + ending);
  });
  return [...RUNS.map((sign) => (times: number) => repeat(sign, times)), ...repeated];
}

const repeat = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

function endlessIn(node: AST.Node): AST.Quantifier[] {
  if (node.type === "Quantifier")
    return [...(node.max === Number.POSITIVE_INFINITY ? [node] : []), ...endlessIn(node.element)];
  if ("alternatives" in node) return node.alternatives.flatMap((one) => endlessIn(one as AST.Node));
  return node.type === "Alternative" ? node.elements.flatMap(endlessIn) : [];
}

/** What has to stand before this place, on the shortest way to it. */
function textBefore(node: AST.Node): string {
  const { parent } = node;
  if (!parent) return "";
  if (parent.type !== "Alternative") return textBefore(parent);
  const at = parent.elements.indexOf(node as AST.Element);
  return textBefore(parent) + parent.elements.slice(0, at).map(sampleOf).join("");
}

/** One text that it fits, as short as may be. */
function sampleOf(node: AST.Node): string {
  switch (node.type) {
    case "Character":
      return String.fromCodePoint(node.value);
    case "CharacterSet":
      return SETS[node.kind] ?? "a";
    case "CharacterClass":
      return memberOf(node);
    case "Quantifier":
      return sampleOf(node.element).repeat(Math.min(node.min, 100));
    case "Group":
    case "CapturingGroup":
      return node.alternatives[0] ? sampleOf(node.alternatives[0]) : "";
    case "Alternative":
      return node.elements.map(sampleOf).join("");
    default:
      return "";
  }
}

const SETS: Partial<Record<AST.CharacterSet["kind"], string>> = { digit: "1", space: " ", word: "a" };
const CANDIDATES = [..."a1 -_:;,.<>()[]{}=\"'/\\@&%*#!?\t\nA\u00e4\u4e00"];

function memberOf(node: AST.CharacterClass) {
  const flags = node.unicodeSets ? "v" : "u";
  try {
    const matcher = new RegExp(node.raw, flags);
    const found = CANDIDATES.find((sign) => matcher.test(sign));
    if (found !== undefined) return found;
  } catch {
    // a class that is only read without the flag; its first member will do
  }
  const [first] = node.elements;
  if (first?.type === "CharacterClassRange") return String.fromCodePoint(first.min.value);
  return first?.type === "Character" ? String.fromCodePoint(first.value) : "a";
}
