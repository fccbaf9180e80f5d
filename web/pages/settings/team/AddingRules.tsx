import { Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { teamQuery } from "./queries.ts";

/** Who may add which contacts to sequences. */
export function AddingRules() {
  const queries = useQueryClient();
  const { data: team, error, refetch } = useQuery(teamQuery);
  const save = useMutation({
    mutationFn: (only_owners_add_contacts: boolean) => api.teams.update({ only_owners_add_contacts }),
    onSuccess: () => queries.invalidateQueries({ queryKey: teamQuery.queryKey }),
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!team) return null;
  const change = (isOn: boolean) =>
    save.mutate(isOn, {
      onSuccess: () => toast(t("Saved."), { undo: () => save.mutateAsync(!isOn) }),
    });
  return (
    <Section title={t("Adding contacts")} note={t("For every sequence of the team.")}>
      <Checkbox
        label={t("Only owners can add their contacts")}
        description={t(
          "Members can add contacts without an owner, or owned by them or their group. Admins can add all contacts.",
        )}
        checked={save.isPending ? save.variables : team.only_owners_add_contacts}
        disabled={save.isPending}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <Trouble error={save.error} doing="writing" />
    </Section>
  );
}
