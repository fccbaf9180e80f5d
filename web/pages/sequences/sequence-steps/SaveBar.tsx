import { useState } from "react";
import { t } from "../../../language/t.ts";
import { UnsavedBar } from "../../../parts/UnsavedBar.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import { underWay } from "../sequences/words.tsx";
import { SaveDialog } from "./SaveDialog.tsx";
import type { Drafting } from "./use-draft.ts";
import { useSave } from "./use-save.ts";

/** What people in a live sequence would feel is said before it is saved. */
export function SaveBar({ whole, drafting }: { whole: FullSequence; drafting: Drafting }) {
  const { isDirty, discard } = drafting;
  const [isAsking, setIsAsking] = useState(false);
  const save = useSave(whole, drafting, () => setIsAsking(false));
  const sides = save.isPending ? null : drafting.sides; // what is being saved is one's own
  if (!isDirty) return null;
  return (
    <>
      <UnsavedBar
        says={
          sides
            ? t("Another user saved these steps after you started. Save the version that you want to keep.")
            : t("You have unsaved changes.")
        }
        sides={sides}
        isBusy={save.isPending}
        error={isAsking ? null : save.error}
        onDiscard={discard}
        onSave={() => {
          if (sides?.shown === "theirs")
            discard(); // it is saved
          else if (underWay(whole.emailer_campaign) > 0) setIsAsking(true);
          else save.mutate({ isForced: false, mode: "live" });
        }}
      />
      {isAsking && (
        <SaveDialog whole={whole} drafting={drafting} save={save} onClose={() => setIsAsking(false)} />
      )}
    </>
  );
}
