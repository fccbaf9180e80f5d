import { useMutation, useQueryClient } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";

const LOOKS_EVERY_MS = 500;

/** Looks one contact up, waits for it, and says the result. */
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

const sayLost = () =>
  t(
    "The lookup was interrupted and may have cost a credit. It is not repeated automatically. See Settings, Data sources.",
  );

const OUTCOMES: Record<string, string> = perLanguage(() => ({
  enriched: t("Missing data added."),
  job_changed: t("This contact changed jobs. See the timeline."),
  not_found: t("No data found. No credits were used."),
  lost: sayLost(),
  unchanged: t("No new data found."),
}));

export function useEnrichCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.accounts.enrich({ id }),
    onSuccess: async ({ found, lookup_lost: lost, changed }) => {
      await queries.invalidateQueries({ queryKey: ["companies"] });
      toast(
        lost
          ? sayLost()
          : !found
            ? t("No data found. No credits were used.")
            : changed.length === 0
              ? t("No new data found.")
              : t("Missing data added."),
      );
    },
    onError: (error) => toast(accountFor(error, "writing").happened),
  });
}
