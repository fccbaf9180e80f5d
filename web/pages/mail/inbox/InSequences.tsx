import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useContact, useSequenceNames } from "../../insight/story/queries.ts";
import { type ContactInSequence, useInboxChanges } from "./queries.ts";

/** What may be done with them in the sequences where they still are. */
export function InSequences({ contactId }: { contactId: string | null }) {
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
