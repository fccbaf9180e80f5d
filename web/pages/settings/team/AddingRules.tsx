import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { teamQuery } from "./queries.ts";
import { useSaveTeam } from "./saving.ts";

/** Who may add which contacts to sequences. */
export function AddingRules() {
  const { data: team, error, refetch } = useQuery(teamQuery);
  const save = useSaveTeam((team) => team.only_owners_add_contacts);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!team) return null;
  const change = (isOn: boolean) =>
    save.mutate(
      { only_owners_add_contacts: isOn, before: !isOn },
      {
        onSuccess: () =>
          toast(t("Saved."), {
            undo: () => save.mutateAsync({ only_owners_add_contacts: !isOn, before: null }),
          }),
      },
    );
  return (
    <Section title={t("Adding contacts")} note={t("For every sequence of the team.")}>
      <Checkbox
        label={t("Only owners can add their contacts")}
        description={t(
          "Members can add contacts without an owner, or owned by them or their group. Admins can add all contacts.",
        )}
        checked={
          (save.isPending ? save.variables.only_owners_add_contacts : null) ?? team.only_owners_add_contacts
        }
        disabled={save.isPending}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <Trouble error={save.error} doing="writing" />
    </Section>
  );
}
