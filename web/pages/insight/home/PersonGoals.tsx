import { Skeleton } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { TeamMember } from "../../settings/people/queries.ts";
import { Goals } from "./Goals.tsx";
import { useGoals } from "./queries.ts";

type Props = { person: Pick<TeamMember, "id" | "name">; onClose: () => void };

/** The goals of another user, for admins. */
export function PersonGoals({ person, onClose }: Props) {
  const goals = useGoals(person.id);
  return (
    <Dialog title={t("Goals of {name}", { name: person.name })} size="lg" onClose={onClose}>
      {goals.error ? (
        <Trouble error={goals.error} onRetry={() => void goals.refetch()} />
      ) : goals.data ? (
        <Goals userId={person.id} goals={goals.data} />
      ) : (
        <Skeleton height={96} />
      )}
    </Dialog>
  );
}
