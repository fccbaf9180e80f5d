// What holds a contact, in words: the gate's own holds by its groups, and what holds beside it.

import { texts } from "../../kernel/say.ts";
import type { GateCode } from "../gate/gate.ts";
import { WORDS_OF_BRAKES } from "./hold-words/of-brakes.ts";
import { WORDS_OF_MAIL } from "./hold-words/of-mail.ts";
import { WORDS_OF_PERSON } from "./hold-words/of-person.ts";
import { WORDS_OF_PLACE } from "./hold-words/of-place.ts";
import { WORDS_OF_TIMES } from "./hold-words/of-times.ts";
import type { Words } from "./hold-words/words.ts";
import { WORDS_BESIDE_GATE } from "./words-beside-gate.ts";

export type HoldCode = GateCode | keyof typeof WORDS_BESIDE_GATE;

export const HOLD_WORDS: Record<HoldCode, Words> = texts({
  ...WORDS_OF_PLACE,
  ...WORDS_OF_PERSON,
  ...WORDS_OF_MAIL,
  ...WORDS_OF_BRAKES,
  ...WORDS_OF_TIMES,
  ...WORDS_BESIDE_GATE,
});
