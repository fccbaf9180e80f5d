// Settings of a sequence that are changed and not saved: a reload does not lose them. Only these fields are kept, so that what others
// save in the other fields stays.

import { useState } from "react";
import { type Side, type Sides, useKept } from "../../../parts/kept.ts";
import { isSame, type SettingsValues } from "./form.ts";

type Part = Partial<SettingsValues>;
type Field = keyof SettingsValues;

/** `was`: what was saved in the same fields when each was changed. */
type Changed = { mine: Part; was: Part };

const NOTHING: Changed = { mine: {}, was: {} };

export function useSettingsDraft(sequenceId: string, saved: SettingsValues) {
  const kept = useKept(`sequence-settings-${sequenceId}`, NOTHING);
  const [chosen, show] = useState<Side>("mine");
  const overtaken = overtakenIn(kept.value, saved);
  const sides: Sides | null = overtaken.length > 0 ? { shown: chosen, show } : null;
  const shownOf = (mine: Part) => (sides?.shown === "theirs" ? without(mine, overtaken) : mine);
  return {
    values: { ...saved, ...shownOf(kept.value.mine) },
    isChanged: !isSame({ ...saved, ...kept.value.mine }, saved),
    change: (next: Part) => {
      show("mine");
      kept.keep((now) => {
        const mine = shownOf(now.mine);
        const was = shownOf(now.was);
        return { mine: { ...mine, ...next }, was: { ...savedIn(next, saved), ...was } };
      });
    },
    discard: () => kept.keep(() => NOTHING),
    /** In the saved version, what others changed stands in the same fields; what only this user changed stands in both. */
    sides,
  };
}

function overtakenIn({ mine, was }: Changed, saved: SettingsValues): Field[] {
  return (Object.keys(mine) as Field[]).filter(
    (name) => !isSame(was[name], saved[name]) && !isSame(mine[name], saved[name]),
  );
}

function savedIn(part: Part, saved: SettingsValues): Part {
  return Object.fromEntries(Object.keys(part).map((name) => [name, saved[name as Field]]));
}

function without(part: Part, fields: readonly Field[]): Part {
  return Object.fromEntries(Object.entries(part).filter(([name]) => !fields.includes(name as Field)));
}
