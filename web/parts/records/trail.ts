// From which list a record was opened, and where it stood there: so that one goes on to the next without going back.
// Kept as long as the page lives.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { rowAt, type WindowSource } from "./useWindowed.ts";

type Trail = { source: WindowSource<never>; keyOf: (row: never) => string; index: number; backTo: string };

const trails = new Map<string, Trail>();

/** `noun`: whose page is being opened. */
export function leaveTrail<Row>(
  noun: string,
  { source, keyOf, index }: { source: WindowSource<Row>; keyOf: (row: Row) => string; index: number },
) {
  const backTo = location.pathname + location.search;
  trails.set(noun, {
    source: source as WindowSource<never>,
    keyOf: keyOf as (row: never) => string,
    index,
    backTo,
  });
}

/** The records before and after this one, where it was opened from a list. */
export function useTrail(noun: string, id: string) {
  const client = useQueryClient();
  const trail = trails.get(noun);
  const { data } = useQuery({
    queryKey: [noun, "trail", trail?.source.key, trail?.index, id],
    queryFn: async () => {
      if (!trail) return null;
      const { source, keyOf, index } = trail;
      const [before, here, after] = await Promise.all(
        [index - 1, index, index + 1].map((place) => rowAt(client, source, place)),
      );
      if (here === undefined || keyOf(here) !== id) return null; // the list has moved on, or led elsewhere
      return {
        before: before === undefined ? null : keyOf(before),
        after: after === undefined ? null : keyOf(after),
      };
    },
    enabled: trail !== undefined,
    staleTime: 60_000,
  });
  const step = (by: 1 | -1) => {
    if (trail) trail.index += by;
  };
  return { before: data?.before ?? null, after: data?.after ?? null, backTo: trail?.backTo, step };
}
