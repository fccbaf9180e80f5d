import { Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowRight,
  IconCalendarPlus,
  IconCheck,
  IconDots,
  IconInbox,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { NewTaskDialog } from "../../work/tasks/NewTaskDialog.tsx";
import { AssignMenu } from "./AssignMenu.tsx";
import classes from "./IncomingView.module.css";
import { SequenceItems, useSequenceActions } from "./InSequences.tsx";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { SnoozeMenu } from "./SnoozeMenu.tsx";

const DealDialog = lazy(async () => ({
  default: (await import("../../work/deals/DealDialog.tsx")).DealDialog,
}));

const ForwardDialog = lazy(async () => ({
  default: (await import("./ForwardDialog.tsx")).ForwardDialog,
}));

type Props = {
  mail: Incoming;
  onReply: () => void;
  /** Null where the email is no contact's. */
  onNote: (() => void) | null;
  onBook: (() => void) | null;
  onLeave: () => void;
  /** Where the email stays open after its reply was sent. */
  onNext: (() => void) | null;
  onBack: () => void;
};

/** In one row: what is done most often. The rest is in a menu, and all have their keys. */
export function IncomingVerbs({ mail, onReply, onNote, onBook, onLeave, onNext, onBack }: Props) {
  const { handle } = useInboxChanges();
  const inSequences = useSequenceActions(mail.contact_id);
  const [makes, setMakes] = useState<"task" | "deal" | "forward" | null>(null);
  const done = () =>
    handle.mutate(
      { id: mail.id },
      {
        onSuccess: () => {
          toast(t("Marked as done."), {
            undo: async () => {
              await handle.mutateAsync({ id: mail.id, handled: false });
              onBack();
            },
          });
          onLeave();
        },
      },
    );
  const putBack = () =>
    handle.mutate(
      { id: mail.id, handled: false },
      {
        onSuccess: () =>
          toast(t("Moved back to the inbox."), { undo: () => handle.mutateAsync({ id: mail.id }) }),
      },
    );
  usePageKeys({
    e: mail.is_open ? done : (onNext ?? false),
    r: onReply,
    f: () => setMakes("forward"),
    b: onBook ?? false,
    m: onNote ?? false,
    n: () => setMakes("task"),
  });
  return (
    <>
      <div className={classes.verbs} data-verbs>
        <Button leftSection={<IconArrowBackUp size="0.875rem" />} onClick={onReply}>
          {t("Reply")} <Hint>R</Hint>
        </Button>
        {mail.is_open ? (
          <Button
            variant="default"
            leftSection={<IconCheck size="0.875rem" />}
            loading={handle.isPending}
            onClick={done}
          >
            {t("Done")} <Hint>E</Hint>
          </Button>
        ) : (
          mail.handled && (
            <Button
              variant="default"
              leftSection={<IconInbox size="0.875rem" />}
              loading={handle.isPending}
              onClick={putBack}
            >
              {t("Move back to inbox")}
            </Button>
          )
        )}
        {!mail.is_open && onNext && (
          <Button variant="default" leftSection={<IconArrowRight size="0.875rem" />} onClick={onNext}>
            {t("Next email")} <Hint>E</Hint>
          </Button>
        )}
        {mail.is_open && (
          <SnoozeMenu mails={[mail]} onLeave={onLeave} onBack={onBack} position="bottom-start">
            {t("Snooze")} <Hint>{t("Z")}</Hint>
          </SnoozeMenu>
        )}
        <AssignMenu mails={[mail]} onLeave={onLeave} onBack={onBack} hint={<Hint>A</Hint>} />
        <Menu position="bottom-end" width={260}>
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t("More")}>
              <IconDots size="1rem" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconArrowForwardUp size="1rem" stroke={1.75} />}
              rightSection={<Hint>F</Hint>}
              onClick={() => setMakes("forward")}
            >
              {t("Forward")}
            </Menu.Item>
            {onBook && (
              <Menu.Item
                leftSection={<IconCalendarPlus size="1rem" stroke={1.75} />}
                rightSection={<Hint>B</Hint>}
                onClick={onBook}
              >
                {t("Reply with your meeting link")}
              </Menu.Item>
            )}
            <Menu.Label>{t("Create")}</Menu.Label>
            {onNote && (
              <Menu.Item
                title={t("Only your team sees notes")}
                rightSection={<Hint>M</Hint>}
                onClick={onNote}
              >
                {t("Note")}
              </Menu.Item>
            )}
            <Menu.Item rightSection={<Hint>N</Hint>} onClick={() => setMakes("task")}>
              {t("Task …")}
            </Menu.Item>
            <Menu.Item onClick={() => setMakes("deal")}>{t("Deal …")}</Menu.Item>
            <SequenceItems places={inSequences.places} />
          </Menu.Dropdown>
        </Menu>
      </div>
      <Trouble error={handle.error ?? inSequences.error} doing="writing" />
      {makes === "task" && (
        <NewTaskDialog contactId={mail.contact_id ?? undefined} onClose={() => setMakes(null)} />
      )}
      {makes === "forward" && (
        <Suspense>
          <ForwardDialog mail={mail} onClose={() => setMakes(null)} />
        </Suspense>
      )}
      {makes === "deal" && (
        <Suspense>
          <DealDialog contactId={mail.contact_id ?? undefined} onClose={() => setMakes(null)} />
        </Suspense>
      )}
    </>
  );
}

function Hint({ children }: { children: string }) {
  return (
    <span className={classes.key} aria-hidden="true">
      {children}
    </span>
  );
}
