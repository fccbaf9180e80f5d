import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { api } from "../../session.ts";

const LOOKS_EVERY_MS = 500;

/** Looks one contact up, waits for it, and says what came of it. */
export function useEnrichContact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const { entity_progress_job } = await api.contacts.enrich({ contact_ids: [id] });
      for (;;) {
        const { entity_progress_job: job } = await api.progress.get({ id: entity_progress_job.id });
        if (job.finished_at) {
          if (job.error) throw new Error(job.error);
          return Object.keys(job.counts)[0] ?? "unchanged";
        }
        await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
      }
    },
    onSuccess: async (outcome) => {
      await queries.invalidateQueries({ queryKey: ["contacts"] });
      toast(OUTCOMES[outcome] ?? OUTCOMES.unchanged ?? "");
    },
    onError: (error) => toast(accountFor(error, "writing").happened),
  });
}

const LOST =
  "The server was stopped while a provider was asked. It may have been paid, so it is not asked again by itself: see Settings, Data sources.";

const OUTCOMES: Record<string, string> = {
  enriched: "What was missing is filled in.",
  job_changed: "They work elsewhere now: see the timeline.",
  not_found: "Nobody knows them, and nothing was spent.",
  lost: LOST,
  unchanged: "There was nothing new to learn.",
};

export function useEnrichCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.accounts.enrich({ id }),
    onSuccess: async ({ found, lookup_lost: lost, changed }) => {
      await queries.invalidateQueries({ queryKey: ["companies"] });
      toast(
        lost
          ? LOST
          : !found
            ? "Nobody knows the company, and nothing was spent."
            : changed.length === 0
              ? "There was nothing new to learn."
              : "What was missing is filled in.",
      );
    },
    onError: (error) => toast(accountFor(error, "writing").happened),
  });
}
