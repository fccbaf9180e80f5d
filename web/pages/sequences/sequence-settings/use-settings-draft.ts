// Settings of a sequence that are changed and not saved: a reload does not lose them. Only these fields are kept, so that what others
// save in the other fields stays.

import { useKept } from "../../../parts/kept.ts";
import { isSame, type SettingsValues } from "./form.ts";

type Part = Partial<SettingsValues>;

/** `was`: what was saved in the same fields when each was changed. */
type Changed = { mine: Part; was: Part };

const NOTHING: Changed = { mine: {}, was: {} };

export function useSettingsDraft(sequenceId: string, saved: SettingsValues) {
  const kept = useKept(`sequence-settings-${sequenceId}`, NOTHING);
  const { mine, was } = kept.value;
  const isOvertaken = (Object.keys(mine) as (keyof SettingsValues)[]).some(
    (name) => !isSame(was[name], saved[name]) && !isSame(mine[name], saved[name]),
  );
  return {
    values: { ...saved, ...mine },
    change: (next: Part) =>
      kept.keep((now) => {
        const before = Object.fromEntries(
          Object.keys(next).map((name) => [name, saved[name as keyof SettingsValues]]),
        );
        return { mine: { ...now.mine, ...next }, was: { ...before, ...now.was } };
      }),
    discard: () => kept.keep(() => NOTHING),
    isOvertaken,
  };
}
