import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, useMe } from "../../session.ts";
import { openedBy } from "./opened.ts";

const TYPED_FOR_MS = 80;

/** The records that fit what was typed; nothing typed: those opened last. */
export function useFound(typed: string) {
  const { user } = useMe();
  const [asked] = useDebouncedValue(typed, TYPED_FOR_MS);
  const opened_ids = openedBy(user.id);
  const found = useQuery({
    queryKey: ["search", asked, opened_ids],
    queryFn: async () =>
      (await api.search.records({ q_keywords: asked, opened_ids, per_type: asked ? 5 : 8 })).results,
    enabled: asked !== "" || opened_ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const isOld = asked !== typed || found.isPlaceholderData;
  // What was opened last says nothing about a word, nor the other way round.
  const fits = !isOld || (asked !== "" && typed.startsWith(asked));
  return {
    records: fits ? (found.data ?? []) : [],
    isLoading: isOld || found.isLoading,
    error: found.error,
  };
}
