// Why somebody gets one of several variants of a step, in a sentence.

import type { Because } from "./touch-choice.ts";

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
  const got = `${isSent ? "They were sent" : "They get"} ${nameOf(own)}`;
  switch (because) {
    case "goes_with":
      return `${got}: it goes with ${goesWith ? nameOf(goesWith) : "a mail"}, which they were sent before.`;
    case "everybody_else":
      return `${got}: they were sent nothing that another variant of this step goes with.`;
    case "no_other":
      return `${got}, although it goes with ${goesWith ? nameOf(goesWith) : "a mail"}, which they were not sent: the step has none for them.`;
    case "drawn":
      return `${got}: it was drawn for them by its weight, and stays theirs while the variants stay.`;
    case "only":
      return `${got}: no other of this step may be sent.`;
  }
}

function nameOf({ position, place }: VariantPlace) {
  return `variant ${letterOf(place)} of step ${position}`;
}

function letterOf(place: number) {
  return String.fromCharCode(64 + place);
}
