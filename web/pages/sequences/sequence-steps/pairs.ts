// Variants for contacts who got a certain variant of an earlier step, in a draft: the variants to choose from, and the share
// of contacts of each.

import { t } from "../../../language/t.ts";
import { type DraftMail, type DraftStep, isEmail, letterOf, type StepsDraft } from "./draft.ts";

/** Where a mail stands in the draft, both counted from one. */
type DraftPosition = { step: number; variant: number };

/** Null where it is not there, or is of no e-mail step before this one: then it goes with nothing. */
export function placeBefore(
  draft: StepsDraft,
  index: number,
  key: string | null | undefined,
): DraftPosition | null {
  const at = draft.slice(0, index).findIndex(({ type, mails }) => isEmail(type) && mails.some(isThe(key)));
  const variant = draft[at]?.mails.findIndex(isThe(key)) ?? -1;
  return variant < 0 ? null : { step: at + 1, variant: variant + 1 };
}

const isThe =
  (key: string | null | undefined) =>
  (mail: DraftMail): boolean =>
    mail.key === key;

/** "1A", as reports name it. */
function shortName({ step, variant }: DraftPosition) {
  return `${step}${letterOf(variant - 1)}`;
}

export function forWhoeverGot({ step, variant }: DraftPosition) {
  return t("For contacts who got variant {letterOf} of step {step}", {
    letterOf: letterOf(variant - 1),
    step,
  });
}

/** Whom a mail of this step may be for: of steps before it that have several variants, each; and what it goes with already. */
export function choicesFor(draft: StepsDraft, index: number, mail: DraftMail) {
  return draft
    .slice(0, index)
    .flatMap(({ type, mails }, at) =>
      isEmail(type)
        ? mails.flatMap(({ key }, n) =>
            mails.length > 1 || key === mail.goesWith
              ? [{ value: key, label: forWhoeverGot({ step: at + 1, variant: n + 1 }) }]
              : [],
          )
        : [],
    );
}

/** Of a hundred contacts whom a variant is for; what is off gets none. */
export function sharesOf(draft: StepsDraft, index: number) {
  const { mails = [] }: Partial<DraftStep> = draft[index] ?? {};
  const isPaired = mails.some(({ goesWith }) => placeBefore(draft, index, goesWith));
  return mails.map((mail) => {
    const place = placeBefore(draft, index, mail.goesWith);
    const beside = mails.filter(
      ({ isOn, goesWith }) => isOn && samePlace(place, placeBefore(draft, index, goesWith)),
    );
    const all = beside.reduce((sum, { weight }) => sum + weight, 0);
    return {
      share: mail.isOn && all > 0 ? Math.round((mail.weight / all) * 100) : 0,
      of: place ? shortName(place) : isPaired ? "others" : null,
    };
  });
}

function samePlace(one: DraftPosition | null, other: DraftPosition | null) {
  return one?.step === other?.step && one?.variant === other?.variant;
}
