// What a trial run tells by codes, in words.

import { say } from "../../kernel/say.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import { enrollmentSentence } from "../imports/import-words.ts";
import { HOLD_WORDS, type HoldCode } from "./hold-words.ts";

export function notAdded(code: string) {
  return enrollmentSentence(code) ?? say("The contact was not added ({code}).", { code });
}

export function holdMeans(code: string) {
  return Object.hasOwn(HOLD_WORDS, code)
    ? HOLD_WORDS[code as HoldCode].means
    : say("On hold ({code}).", { code });
}

/** Where a contact ended, and why. */
export function endingSays(state: string, code: string | null) {
  if (state === "left_out") return notAdded(code ?? "");
  if (state === "active") return code === null ? say("The next step is planned.") : holdMeans(code);
  const why = wordsFor(code);
  return `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`;
}
