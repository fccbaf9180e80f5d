// Brakes.

import { say, texts } from "../../../kernel/say.ts";
import type { OF_BRAKES } from "../../gate/gate-of-brakes.ts";
import { text, type Words } from "./words.ts";

export const WORDS_OF_BRAKES = texts({
  "brake:mailbox": {
    means:
      "Too many emails of the mailbox came back, or replies to it fell suddenly. A brake holds its first emails, or all emails of sequences.",
    says: brakeHolds("mailbox"),
  },
  "brake:sequence": {
    means:
      "Too many emails of the sequence came back, or its replies fell suddenly. A brake holds its first emails, or all of its emails.",
    says: brakeHolds("sequence"),
  },
  "brake:team": {
    means:
      "Too many emails of the team came back, or its replies fell suddenly. A brake holds first emails, or all emails of sequences.",
    says: brakeHolds("team"),
  },
} satisfies Record<keyof typeof OF_BRAKES, Words>);

function brakeHolds(of: "mailbox" | "sequence" | "team"): Words["says"] {
  return ({ level, figures }) =>
    say(
      "A brake of the {of} holds {level, select, paused {all emails of sequences} other {first emails}}: {figures}.",
      { of, level, figures: text(figures) },
    );
}
