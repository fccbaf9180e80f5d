import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { sayMails } from "./words.ts";

type Props = {
  mails: readonly Incoming[];
  onLeave: (...ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
  /** The key beside the label. */
  hint?: ReactNode;
};

const UNASSIGNED = "unassigned";

/** Who is to answer. A list of one user's emails loses those that another user is to answer. */
export function AssignMenu({ mails, onLeave, onBack, hint }: Props) {
  const { assign } = useInboxChanges();
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const [{ owner = "me" }] = useAddress();
  const shownFor = owner === "me" ? user.id : owner;
  const colleagues = people.filter(({ state }) => state === "active");
  const isAssigned = mails.some(({ assigned_to_user_id }) => assigned_to_user_id !== null);
  const choices = [
    ...(isAssigned ? [{ value: UNASSIGNED, label: t("Remove the assignment") }] : []),
    ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const give = (value: string, name: string) => {
    const userId = value === UNASSIGNED ? null : value;
    assign.mutate(
      { ids: mails.map(({ id }) => id), userId },
      {
        onSuccess: (answers) => {
          const changed = answers.flatMap(({ incoming_mail_ids }) => incoming_mail_ids);
          const [refused] = answers.flatMap(({ left }) => left);
          if (refused)
            toast(
              t("{mails} not assigned. {says}", { mails: sayMails(leftIn(answers)), says: refused.says }),
            );
          if (changed.length === 0) return;
          const says = userId
            ? t("{mails} assigned to {name}.", { mails: sayMails(changed.length), name })
            : t("Assignment removed.");
          toast(says, { undo: () => takeBack(changed) });
          if (userId !== null && shownFor !== "all" && shownFor !== userId) onLeave(...changed);
        },
      },
    );
  };
  const takeBack = async (ids: readonly string[]) => {
    const before = Map.groupBy(
      mails.filter(({ id }) => ids.includes(id)),
      ({ assigned_to_user_id }) => assigned_to_user_id,
    );
    for (const [userId, some] of before) await assign.mutateAsync({ ids: some.map(({ id }) => id), userId });
    onBack(...ids);
  };
  return (
    <>
      <ChoiceMenu
        label={t("Assign …")}
        pageKey="a"
        hint={hint}
        choices={choices}
        isBusy={assign.isPending}
        onChoose={give}
      />
      <Trouble error={assign.error} doing="writing" />
    </>
  );
}

function leftIn(answers: readonly { left: readonly unknown[] }[]) {
  return answers.reduce((sum, { left }) => sum + left.length, 0);
}
