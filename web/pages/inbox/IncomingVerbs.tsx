import { Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconChevronDown, IconInbox } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { usePageKeys } from "../../parts/pageKeys.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { useContact, useSequenceNames } from "../story/queries.ts";
import { NewTaskDialog } from "../tasks/NewTaskDialog.tsx";
import classes from "./IncomingView.module.css";
import { type Incoming, type Place, useInboxChanges } from "./queries.ts";

const DealDialog = lazy(async () => ({ default: (await import("../deals/DealDialog.tsx")).DealDialog }));

type Props = { mail: Incoming; onReply: () => void; onLeave: () => void; onBack: () => void };

export function IncomingVerbs({ mail, onReply, onLeave, onBack }: Props) {
  const { handle } = useInboxChanges();
  const [makes, setMakes] = useState<"task" | "deal" | null>(null);
  const done = () =>
    handle.mutate(
      { id: mail.id },
      {
        onSuccess: () => {
          toast("Seen to.", {
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
    handle.mutate({ id: mail.id, handled: false }, { onSuccess: () => toast("Back in the inbox.") });
  usePageKeys({ e: mail.is_open && done, r: onReply, n: () => setMakes("task") });
  return (
    <>
      <div className={classes.verbs}>
        <Button leftSection={<IconArrowBackUp size="0.875rem" />} onClick={onReply}>
          Reply <Hint>R</Hint>
        </Button>
        {mail.is_open ? (
          <Button
            variant="default"
            leftSection={<IconCheck size="0.875rem" />}
            loading={handle.isPending}
            onClick={done}
          >
            Done <Hint>E</Hint>
          </Button>
        ) : (
          mail.handled && (
            <Button
              variant="default"
              leftSection={<IconInbox size="0.875rem" />}
              loading={handle.isPending}
              onClick={putBack}
            >
              Back into the inbox
            </Button>
          )
        )}
        <InSequences contactId={mail.contact_id} />
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size="0.875rem" />}>
              Make
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setMakes("task")}>A task …</Menu.Item>
            <Menu.Item onClick={() => setMakes("deal")}>A deal …</Menu.Item>
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
  const change = (verb: "finish" | "pause" | "resume", place: Place, says: string) =>
    changes[verb].mutate(place, {
      onSuccess: (answer) => {
        const made = "change" in answer ? answer.change : null;
        toast(says, { ...(made?.undo_until && { undo: () => changes.undo.mutateAsync(made.id) }) });
      },
    });
  const who = data?.contact.name ?? "They";
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size="0.875rem" />}>
            In the sequence
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {live.map(({ id, emailer_campaign_id: sequenceId, status }) => {
            const place = { contactId, sequenceId };
            const name = names.get(sequenceId) ?? "the sequence";
            return (
              <div key={id}>
                <Menu.Label>{name}</Menu.Label>
                <Menu.Item onClick={() => change("finish", place, `${who} is finished in ${name}.`)}>
                  Finish
                </Menu.Item>
                {status === "active" ? (
                  <Menu.Item onClick={() => change("pause", place, `${who} is paused in ${name}.`)}>
                    Pause
                  </Menu.Item>
                ) : (
                  <Menu.Item onClick={() => change("resume", place, `${who} goes on in ${name}.`)}>
                    Resume
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
