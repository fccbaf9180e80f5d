import { useMutation } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { ChangedElsewhere, useReadFirst } from "../../../parts/read-first.ts";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { type FullSequence, sequenceQuery, useRefreshSequences } from "../sequences/queries.ts";
import { draftOf, isSame } from "./draft.ts";
import type { Drafting } from "./use-draft.ts";
import { wishOf } from "./wish.ts";

export type Saving = ReturnType<typeof useSave>;

/** `frozen`: people in the sequence keep the steps as they were. */
export type EditMode = "live" | "frozen";

/** All steps in one write: they are saved together, or not at all. Contacts who wait at a removed step move on. */
export function useSave(whole: FullSequence, { draft, saved, discard }: Drafting, onDone: () => void) {
  const refresh = useRefreshSequences();
  const readFirst = useReadFirst();
  const [address, go] = useAddress();
  return useMutation({
    mutationFn: async (how: Parameters<typeof updateOf>[3]) => {
      return readFirst(
        sequenceQuery(whole.emailer_campaign.id),
        (now) => isSame(draftOf(now), saved),
        ({ etag }) => api.sequences.update(updateOf(whole, draft, saved, how), { ifMatch: etag }),
      );
    },
    onError: (error) => {
      if (error instanceof ChangedElsewhere) onDone(); // both versions are below what was asked
    },
    onSuccess: async ({ emailer_steps }) => {
      const open = draft.findIndex(({ key }) => key === address.step);
      await refresh();
      discard();
      if (open >= 0) go({ step: emailer_steps[open]?.id });
      toast(t("Saved."));
      onDone();
    },
  });
}

export function updateOf(
  whole: FullSequence,
  draft: Drafting["draft"],
  saved: Drafting["saved"],
  { isForced, mode }: { isForced: boolean; mode: EditMode },
) {
  return {
    id: whole.emailer_campaign.id,
    emailer_steps: wishOf(draft, saved),
    force: isForced,
    edit_mode: mode,
  };
}
