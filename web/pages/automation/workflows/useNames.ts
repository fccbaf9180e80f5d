import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSequenceNames } from "../../insight/story/queries.ts";
import { sequencesQuery } from "../../sequences/sequences/queries.ts";
import { useOwnFields } from "../../settings/fields/queries.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { sequencesIn } from "./kinds.ts";
import { type Actions, everyAction } from "./tree.ts";

/** What the ids in actions are called; a team may have more sequences than a page of them holds. */
export function useNames(actions: Actions) {
  const { data: people } = usePeople();
  const { data: contactStages } = useStages("contact");
  const { data: accountStages } = useStages("account");
  const { data: fields } = useOwnFields();
  const { data: sequences } = useQuery(sequencesQuery({ per_page: 100 }));
  const listed = new Set(sequences?.emailer_campaigns.map(({ id }) => id));
  const further = everyAction(actions).flatMap(({ action }) => sequencesIn(action));
  const named = useSequenceNames(sequences ? [...new Set(further)].filter((id) => !listed.has(id)) : []);
  return useMemo(() => {
    const all = [people, contactStages, accountStages, fields, sequences?.emailer_campaigns];
    const names = new Map(all.flatMap((some) => some?.map(({ id, name }) => [id, name] as const) ?? []));
    return (id: unknown) => names.get(String(id)) ?? named.get(String(id));
  }, [people, contactStages, accountStages, fields, sequences, named]);
}
