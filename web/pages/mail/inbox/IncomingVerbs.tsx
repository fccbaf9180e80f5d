import { Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconChevronDown, IconInbox } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useContact, useSequenceNames } from "../../insight/story/queries.ts";
import { NewTaskDialog } from "../../work/tasks/NewTaskDialog.tsx";
import classes from "./IncomingView.module.css";
import { type ContactInSequence, type Incoming, useInboxChanges } from "./queries.ts";

const DealDialog = lazy(async () => ({
  default: (await import("../../work/deals/DealDialog.tsx")).DealDialog,
}));

type Props = { mail: Incoming; onReply: () => void; onLeave: () => void; onBack: () => void };

export function IncomingVerbs({ mail, onReply, onLeave, onBack }: Props) {
  const { handle } = useInboxChanges();
  const [makes, setMakes] = useState<"task" | "deal" | null>(null);
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
    handle.mutate({ id: mail.id, handled: false }, { onSuccess: () => toast(t("Moved back to the inbox.")) });
  usePageKeys({ e: mail.is_open && done, r: onReply, n: () => setMakes("task") });
  return (
    <>
      <div className={classes.verbs}>
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
        <InSequences contactId={mail.contact_id} />
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size="0.875rem" />}>
              {t("Create")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setMakes("task")}>{t("Task …")}</Menu.Item>
            <Menu.Item onClick={() => setMakes("deal")}>{t("Deal …")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Trouble error={handle.error} doing="writing" />
      {makes === "task" && (
        <NewTaskDialog contactId={mail.contact_id ?? undefined} onClose={() => setMakes(null)} />
      )}
      {makes === "deal" && (
        <Suspense>
          <DealDialog contactId={mail.contact_id ?? undefined} onClose={() => setMakes(null)} />
        </Suspense>
      )}
    </>
  );
}

/** What may be done with them in the sequences where they still are. */
function InSequences({ contactId }: { contactId: string | null }) {
  const { data } = useContact(contactId);
  const changes = useInboxChanges();
  const live = (data?.contact.contact_campaign_statuses ?? []).filter(
    ({ status }) => status === "active" || status === "paused",
  );
  const names = useSequenceNames(live.map(({ emailer_campaign_id }) => emailer_campaign_id));
  if (!contactId || live.length === 0) return null;
  const change = (verb: "finish" | "pause" | "resume", place: ContactInSequence, says: string) =>
    changes[verb].mutate(place, {
      onSuccess: (answer) => {
        const made = "change" in answer ? answer.change : null;
        toast(says, { ...(made?.undo_until && { undo: () => changes.undo.mutateAsync(made.id) }) });
      },
    });
  const who = data?.contact.name ?? t("The contact");
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size="0.875rem" />}>
            {t("Sequence actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {live.map(({ id, emailer_campaign_id: sequenceId, status }) => {
            const place = { contactId, sequenceId };
            const name = names.get(sequenceId) ?? t("the sequence");
            return (
              <div key={id}>
                <Menu.Label>{name}</Menu.Label>
                <Menu.Item
                  onClick={() =>
                    change("finish", place, t("{who} marked as finished in {name}.", { who, name }))
                  }
                >
                  {t("Finish")}
                </Menu.Item>
                {status === "active" ? (
                  <Menu.Item
                    onClick={() => change("pause", place, t("{who} paused in {name}.", { who, name }))}
                  >
                    {t("Pause")}
                  </Menu.Item>
                ) : (
                  <Menu.Item
                    onClick={() => change("resume", place, t("{who} resumed in {name}.", { who, name }))}
                  >
                    {t("Resume")}
                  </Menu.Item>
                )}
              </div>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <Trouble error={changes.finish.error ?? changes.pause.error ?? changes.resume.error} doing="writing" />
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
