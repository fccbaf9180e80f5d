import { Menu } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { useContact, useSequenceNames } from "../../insight/story/queries.ts";
import { type ContactInSequence, useInboxChanges } from "./queries.ts";

type SequenceActions = ReturnType<typeof useSequenceActions>;

/** What may be done with a contact in the sequences where it still is. A menu that closes does not end what was begun in it. */
export function useSequenceActions(contactId: string | null) {
  const { data } = useContact(contactId);
  const changes = useInboxChanges();
  const live = (data?.contact.contact_campaign_statuses ?? []).filter(
    ({ status }) => status === "active" || status === "paused",
  );
  const names = useSequenceNames(live.map(({ emailer_campaign_id }) => emailer_campaign_id));
  const who = data?.contact.name ?? t("The contact");
  const change = (verb: "finish" | "pause" | "resume", place: ContactInSequence, says: string) =>
    changes[verb].mutate(place, {
      onSuccess: (answer) => {
        const made = "change" in answer ? answer.change : null;
        toast(says, { ...(made?.undo_until && { undo: () => changes.undo.mutateAsync(made.id) }) });
      },
    });
  const places = live.map(({ id, emailer_campaign_id: sequenceId, status }) => {
    const place = { contactId: contactId ?? "", sequenceId };
    const name = names.get(sequenceId) ?? t("the sequence");
    return {
      id,
      name,
      finish: () => change("finish", place, t("{who} marked as finished in {name}.", { who, name })),
      pause:
        status === "active"
          ? () => change("pause", place, t("{who} paused in {name}.", { who, name }))
          : null,
      resume: () => change("resume", place, t("{who} resumed in {name}.", { who, name })),
    };
  });
  return {
    places: contactId ? places : [],
    error: changes.finish.error ?? changes.pause.error ?? changes.resume.error,
  };
}

/** Sequence by sequence, in a menu. */
export function SequenceItems({ places }: Pick<SequenceActions, "places">) {
  return places.map(({ id, name, finish, pause, resume }) => (
    <div key={id}>
      <Menu.Label>{t("In {name}", { name })}</Menu.Label>
      <Menu.Item onClick={finish}>{t("Finish")}</Menu.Item>
      {pause ? (
        <Menu.Item onClick={pause}>{t("Pause")}</Menu.Item>
      ) : (
        <Menu.Item onClick={resume}>{t("Resume")}</Menu.Item>
      )}
    </div>
  ));
}
