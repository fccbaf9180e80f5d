// The first steps of a team with what they are read from, for admins until the first real reply.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, useMe } from "../../../session.ts";
import { type Mailbox, mailboxesQuery } from "../../mail/mailboxes/queries.ts";
import { type Key, keysQuery } from "../../settings/api-keys/queries.ts";
import { peopleQuery } from "../../settings/people/queries.ts";
import { hasCalled, type SetupStep, stepsFor } from "./started.ts";

const runningQuery = {
  queryKey: ["sequences", "running"],
  queryFn: async () =>
    (await api.sequences.search({ emailer_campaign_status: "active", per_page: 1 })).pagination.total_entries,
};

/** `data` is undefined until all of it is known, and empty where nothing is open when Home is opened. */
export function useSetupSteps(isWanted: boolean) {
  const { user, team, sandbox } = useMe();
  const ofUser = (keys: readonly Key[] = []) =>
    keys.filter(({ created_by_user_id }) => created_by_user_id === user.id);
  const people = useQuery({ ...peopleQuery, enabled: isWanted });
  // A key that is not used yet is asked for every 4 seconds: a user who tries the example watches this step.
  const keys = useQuery({
    ...keysQuery,
    enabled: isWanted,
    staleTime: 0,
    refetchInterval: ({ state }) => isUnused(ofUser(state.data)) && 4000,
  });
  const mailboxes = useQuery({ ...mailboxesQuery, enabled: isWanted });
  const running = useQuery({ ...runningQuery, enabled: isWanted });
  // A test mailbox sends to nobody. In a sandbox all mailboxes are such.
  const isReal = ({ type }: Mailbox) => sandbox !== null || type !== "catcher";
  const real = (all: readonly Mailbox[]) => all.filter((one) => !one.revoked_at && isReal(one));
  const parts = [people, keys, mailboxes, running];
  const isKnown = people.data && keys.data && mailboxes.data && running.data !== undefined;
  const steps =
    isWanted && isKnown
      ? stepsFor({
          teamName: team.name,
          mailboxes: {
            connected: real(mailboxes.data).filter(({ active }) => active).length,
            lost: real(mailboxes.data).filter(({ active }) => !active).length,
          },
          runningSequences: running.data,
          colleagues: people.data.filter(({ id, state }) => id !== user.id && state !== "deactivated").length,
          keys: ofUser(keys.data),
        })
      : undefined;
  return {
    data: useWhileOpen(isWanted ? steps : []),
    error: parts.find((part) => part.error)?.error ?? null,
    refetch: () => Promise.all(isWanted ? parts.map((part) => part.refetch()) : []),
  };
}

const isUnused = (keys: readonly Key[]) => keys.length > 0 && !hasCalled(keys);

/** Steps that are all done at the first look are not shown. What is done later stays: it would make the page jump. */
function useWhileOpen(steps: readonly SetupStep[] | undefined) {
  const [wasOpen, setWasOpen] = useState(false);
  const isOpen = steps?.some(({ isDone }) => !isDone) ?? false;
  if (isOpen && !wasOpen) setWasOpen(true);
  return steps && !isOpen && !wasOpen ? [] : steps;
}
