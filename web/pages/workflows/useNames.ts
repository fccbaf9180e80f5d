import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useOwnFields } from "../fields/queries.ts";
import { usePeople } from "../people/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import { useStages } from "../stages/queries.ts";

/** What the ids in actions are called. */
export function useNames() {
  const { data: people } = usePeople();
  const { data: contactStages } = useStages("contact");
  const { data: accountStages } = useStages("account");
  const { data: fields } = useOwnFields();
  const { data: sequences } = useQuery(sequencesQuery({ per_page: 100 }));
  return useMemo(() => {
    const all = [people, contactStages, accountStages, fields, sequences?.emailer_campaigns];
    const names = new Map(all.flatMap((some) => some?.map(({ id, name }) => [id, name] as const) ?? []));
    return (id: unknown) => names.get(String(id));
  }, [people, contactStages, accountStages, fields, sequences]);
}
