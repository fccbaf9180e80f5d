import { Button, type MenuProps } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { LaterMenu } from "../../../parts/dates/LaterMenu.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { isSnoozed, sayMails } from "./words.ts";

type Props = Pick<MenuProps, "position"> & {
  mails: readonly Incoming[];
  children: ReactNode;
  onLeave: (...ids: readonly string[]) => void;
  onBack: (...ids: readonly string[]) => void;
};

/** Out of the inbox until a time. What was snoozed already goes back to its earlier time when that is undone. */
export function SnoozeMenu({ mails, children, onLeave, onBack, position }: Props) {
  const { snooze } = useInboxChanges();
  const [isOpen, setIsOpen] = useState(false);
  const now = currentTime();
  const putOff = (until: Date) =>
    snooze.mutate(
      { ids: mails.map(({ id }) => id), until },
      {
        onSuccess: (answers) => {
          const changed = answers.flatMap(({ incoming_mail_ids }) => incoming_mail_ids);
          const before = Map.groupBy(
            mails.filter(({ id }) => changed.includes(id)),
            (mail) => (isSnoozed(mail, now) ? mail.snoozed_until : null),
          );
          const when = dayAndTime(until.toISOString(), now);
          toast(t("{mails} snoozed until {when}.", { mails: sayMails(changed.length), when }), {
            undo: async () => {
              for (const [earlier, some] of before)
                await snooze.mutateAsync({
                  ids: some.map(({ id }) => id),
                  until: earlier === null ? null : new Date(earlier),
                });
              onBack(...changed);
            },
          });
          onLeave(...(before.get(null) ?? []).map(({ id }) => id));
        },
      },
    );
  usePageKeys({ z: () => setIsOpen(true) });
  return (
    <>
      <LaterMenu
        isOpen={isOpen}
        onOpen={setIsOpen}
        position={position}
        title={t("Snooze until")}
        verb={t("Snooze")}
        onChoose={putOff}
      >
        <Button
          variant="default"
          leftSection={<IconClock size="0.875rem" aria-hidden />}
          loading={snooze.isPending}
        >
          {children}
        </Button>
      </LaterMenu>
      <Trouble error={snooze.error} doing="writing" />
    </>
  );
}
