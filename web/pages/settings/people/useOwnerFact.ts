// The owner of a record: a member of the team, also one who has left, as long as it is theirs.

import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { type Fact, orNull } from "../../../parts/facts/fact.ts";
import { useMe } from "../../../session.ts";
import { usePeople } from "./queries.ts";

type Owned = { owner_id: string | null };

export function useOwnerFact() {
  const { data: people } = usePeople();
  const { user } = useMe();
  return useMemo(
    (): Fact<Owned, Owned> => ({
      label: t("Owner"),
      input: ({ owner_id }) => ({
        kind: "choice",
        mayClear: true,
        value: owner_id,
        choices: (people ?? [])
          .filter(({ id, state }) => state === "active" || id === owner_id)
          .map(({ id, name }) => ({ value: id, label: id === user.id ? `${name} ${t("(you)")}` : name })),
      }),
      change: (id) => ({ owner_id: orNull(id) }),
    }),
    [people, user.id],
  );
}
