// Why a contact gets one of several variants of a step, in a sentence.

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
  const got = `${isSent ? "The contact got" : "The contact gets"} ${nameOf(own)}`;
  switch (because) {
    case "goes_with":
      return `${got}: it is paired with ${goesWith ? nameOf(goesWith) : "an email"}, which the contact got before.`;
    case "everybody_else":
      return `${got}: the contact got no email that another variant of this step is paired with.`;
    case "no_other":
      return `${got}: no variant of this step fits the contact better. It is paired with ${goesWith ? nameOf(goesWith) : "an email"}, which the contact did not get.`;
    case "drawn":
      return `${got}: it was picked at random by weight, and stays the same as long as the variants stay the same.`;
    case "only":
      return `${got}: it is the only variant of this step that may be sent.`;
  }
}

function nameOf({ position, place }: VariantPlace) {
  return `variant ${letterOf(place)} of step ${position}`;
}

function letterOf(place: number) {
  return String.fromCharCode(64 + place);
}
