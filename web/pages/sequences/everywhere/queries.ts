import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { api } from "../../../session.ts";
import type { EverywhereVerb } from "./words.ts";

type People = { account_ids: string[] } | { contact_ids: string[] };

/** Who it is about: named at once, or found when it is asked. */
export type FindPeople = () => Promise<People> | People;

type EverywhereInput = { verb: EverywhereVerb; find: FindPeople; until: string | null };
export type ManagedEverywhere = Awaited<ReturnType<typeof ask>>;

async function ask({ verb, find, until }: EverywhereInput, options: { dryRun?: boolean } = {}) {
  const wish = { action: verb, ...(await find()), ...(verb === "pause" && { auto_unpause_at: until }) };
  return api.enrollments.manageEverywhere(wish, options);
}

/** The same call, rolled back: which contacts and sequences it would change. */
export function useEverywhereTried(input: EverywhereInput, isBusy: boolean) {
  const dialog = useId();
  return useQuery({
    queryKey: ["enrollments", "everywhere", dialog, input.verb, input.until],
    queryFn: () => ask(input, { dryRun: true }),
    enabled: !isBusy, // while it runs, a new dry run would find nothing left to change
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => before,
  });
}

export function useManageEverywhere() {
  const refresh = useRefreshEverywhere();
  return useMutation({ mutationFn: (input: EverywhereInput) => ask(input), onSuccess: () => refresh() });
}

export function useRefreshEverywhere() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["contacts", "companies", "enrollments", "sequences", "story", "tasks", "explain"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun] }),
      ),
    );
}
