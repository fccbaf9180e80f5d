import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count } from "../../parts/figures.ts";
import { toast } from "../../parts/toast.tsx";
import { useMe } from "../../session.ts";
import { usePeople } from "../people/queries.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import type { Group } from "./check.ts";
import { askOwners } from "./fixes.ts";
import { useMend } from "./queries.ts";
import type { Wish } from "./wish.ts";

type Props = { group: Group; wish: Wish; isBusy: boolean };

/** Whoever they belong to finds a task about each: nothing about the contacts changes. */
export function AskOwners({ group, wish, isBusy }: Props) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const { data } = useQuery({ ...sequenceQuery(wish.sequenceId ?? ""), enabled: wish.sequenceId !== null });
  const [isAsked, setIsAsked] = useState(false);
  const mend = useMend();
  const owners = new Set(group.people.map(({ reason }) => reason.evidence.owner_id));
  const named = people.filter(({ id }) => owners.has(id)).map(({ name }) => name);
  const who = named.length === 1 ? named[0] : count(owners.size, "owner");
  const ask = () => {
    const sequence = data?.emailer_campaign.name;
    const question = `${user.name} asks: may I add this contact to ${sequence ? `the sequence ${sequence}` : "a sequence"}?`;
    mend.mutate(() => askOwners(group, question), {
      onSuccess: () => {
        setIsAsked(true);
        toast(`${count(group.people.length, "task")} for ${who}: may they be added?`);
      },
    });
  };
  return (
    <Button variant="default" loading={mend.isPending} disabled={isBusy || isAsked} onClick={ask}>
      {isAsked ? "Asked" : `Ask ${who}`}
    </Button>
  );
}
