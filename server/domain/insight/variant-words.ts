// Why a contact gets one of several variants of a step, in a sentence.

import { say } from "../../kernel/say.ts";
import type { Because } from "../sequences/touch-choice.ts";

/** The step's position, and which of its variants, counted from one. */
export type VariantPlace = { position: number; place: number };

export type VariantStory = VariantPlace & {
  because: Because;
  /** What it goes with; null where with none. */
  goesWith: VariantPlace | null;
  /** They have been sent it. */
  isSent: boolean;
};

export type VariantTold = {
  touchId: string;
  goesWithTouchId: string | null;
  because: Because;
  sentence: string;
};

export function variantSays({ because, goesWith, isSent, ...own }: VariantStory): string {
  const got = `${isSent ? say("The contact got") : say("The contact gets")} ${nameOf(own)}`;
  switch (because) {
    case "goes_with":
      return say("{got}: it is paired with {goesWith}, which the contact got before.", {
        got,
        goesWith: goesWith ? nameOf(goesWith) : say("an email"),
      });
    case "everybody_else":
      return say("{got}: the contact got no email that another variant of this step is paired with.", {
        got,
      });
    case "no_other":
      return say(
        "{got}: no variant of this step fits the contact better. It is paired with {goesWith}, which the contact did not get.",
        { got, goesWith: goesWith ? nameOf(goesWith) : say("an email") },
      );
    case "drawn":
      return say(
        "{got}: it was picked at random by weight, and stays the same as long as the variants stay the same.",
        { got },
      );
    case "only":
      return say("{got}: it is the only variant of this step that may be sent.", { got });
  }
}

function nameOf({ position, place }: VariantPlace) {
  return say("variant {place} of step {position}", { place: letterOf(place), position });
}

function letterOf(place: number) {
  return String.fromCharCode(64 + place);
}
