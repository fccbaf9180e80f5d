import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import type { SkippedGroup } from "./check.ts";
import { askOwners } from "./fixes.ts";
import { useMend } from "./queries.ts";
import type { EnrollmentForm } from "./wish.ts";

type Props = { group: SkippedGroup; wish: EnrollmentForm; isBusy: boolean };

/** Each owner gets a task about each contact: the contacts themselves do not change. */
export function AskOwners({ group, wish, isBusy }: Props) {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const { data } = useQuery({ ...sequenceQuery(wish.sequenceId ?? ""), enabled: wish.sequenceId !== null });
  const [isAsked, setIsAsked] = useState(false);
  const mend = useMend();
  const owners = new Set(group.people.map(({ reason }) => reason.evidence.owner_id));
  const named = people.filter(({ id }) => owners.has(id)).map(({ name }) => name);
  const who =
    named.length === 1
      ? named[0]
      : t("{owners, plural, one {# owner} other {# owners}}", { owners: owners.size });
  const ask = () => {
    const sequence = data?.emailer_campaign.name;
    const question = t("{name} asks: may I add this contact to {value}?", {
      name: user.name,
      value: sequence ? t("the sequence {sequence}", { sequence }) : t("a sequence"),
    });
    mend.mutate(() => askOwners(group, question), {
      onSuccess: () => {
        setIsAsked(true);
        toast(
          t("{people, plural, one {# task} other {# tasks}} created for {who}.", {
            people: group.people.length,
            who,
          }),
        );
      },
    });
  };
  return (
    <Button variant="default" loading={mend.isPending} disabled={isBusy || isAsked} onClick={ask}>
      {isAsked ? t("Asked") : t("Ask {who}", { who })}
    </Button>
  );
}
