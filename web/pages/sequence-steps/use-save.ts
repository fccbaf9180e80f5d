import { useMutation } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
import { useRefreshSequences, type Whole } from "../sequences/queries.ts";
import { wishOf } from "./draft.ts";
import type { Drafting } from "./use-draft.ts";

export type Saving = ReturnType<typeof useSave>;

/** All steps in one write: they are saved together, or not at all. `isForced` moves on whoever waits at a step taken away. */
export function useSave(whole: Whole, { draft, saved, discard }: Drafting, onDone: () => void) {
  const refresh = useRefreshSequences();
  const [address, go] = useAddress();
  return useMutation({
    mutationFn: (isForced: boolean) => api.sequences.update(updateOf(whole, draft, saved, isForced)),
    onSuccess: async ({ emailer_steps }) => {
      const open = draft.findIndex(({ key }) => key === address.step);
      await refresh();
      discard();
      if (open >= 0) go({ step: emailer_steps[open]?.id });
      toast("Saved.");
      onDone();
    },
  });
}

export function updateOf(
  whole: Whole,
  draft: Drafting["draft"],
  saved: Drafting["saved"],
  isForced: boolean,
) {
  return { id: whole.emailer_campaign.id, emailer_steps: wishOf(draft, saved), force: isForced };
}
