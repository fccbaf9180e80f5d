import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type PlacementTest = Awaited<ReturnType<typeof api.placementTests.list>>["placement_tests"][number];
export type PlacementWish = Parameters<typeof api.placementTests.start>[0];

const RUNNING_MS = 3_000;

/** Of one mailbox, the newest first; asked again while one runs. */
export function usePlacementTests(mailboxId: string) {
  return useQuery({
    queryKey: ["placement-tests", mailboxId],
    queryFn: async () => (await api.placementTests.list({ email_account_id: mailboxId })).placement_tests,
    refetchInterval: ({ state }) =>
      state.data?.some(({ finished_at }) => finished_at === null) ? RUNNING_MS : false,
  });
}

export function useStartPlacement() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (wish: PlacementWish) => (await api.placementTests.start(wish)).placement_test,
    onSuccess: ({ email_account_id }) =>
      queries.invalidateQueries({ queryKey: ["placement-tests", email_account_id] }),
  });
}

export function useSequenceNames() {
  return useQuery({
    queryKey: ["sequences", "names"],
    queryFn: async () =>
      (await api.sequences.search({ per_page: 100, sort_by_field: "name", sort_ascending: true }))
        .emailer_campaigns,
  });
}

/** The emails of a sequence's steps, in their order. */
export function useStepEmails(sequenceId: string | null) {
  return useQuery({
    queryKey: ["placement-step-emails", sequenceId],
    enabled: sequenceId !== null,
    queryFn: async () => {
      const { emailer_steps, emailer_touches, emailer_templates } = await api.sequences.show({
        id: sequenceId ?? "",
      });
      const subjects = new Map(emailer_templates.map(({ id, subject }) => [id, subject]));
      return emailer_steps
        .toSorted((one, other) => one.position - other.position)
        .flatMap(({ id, position }) =>
          emailer_touches
            .filter(({ emailer_step_id }) => emailer_step_id === id)
            .map((touch) => ({
              id: touch.id,
              position,
              subject: subjects.get(touch.emailer_template_id ?? "") ?? "",
            })),
        );
    },
  });
}
