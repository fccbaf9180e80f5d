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
  const isStale = drafting.isStale && !save.isPending; // what is being saved is one's own
  if (!isDirty) return null;
  return (
    <>
      <UnsavedBar
        says={
          isStale
            ? t("Another user saved these steps after you started. Saving replaces their version.")
            : t("You have unsaved changes.")
        }
        discard={isStale ? t("Discard mine") : t("Discard")}
        isBusy={save.isPending}
        error={isAsking ? null : save.error}
        onDiscard={discard}
        onSave={() => {
          if (underWay(whole.emailer_campaign) > 0) setIsAsking(true);
          else save.mutate({ isForced: false, mode: "live" });
        }}
      />
      {isAsking && (
        <SaveDialog whole={whole} drafting={drafting} save={save} onClose={() => setIsAsking(false)} />
      )}
    </>
  );
}
