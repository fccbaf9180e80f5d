import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { MailboxPicker } from "../../mail/mailboxes/MailboxPicker.tsx";
import { useSendable } from "../../mail/mailboxes/queries.ts";
import { AllowChoice } from "../enrolling/AllowChoice.tsx";
import { listsQuery } from "../enrolling/queries.ts";
import type { AllowFlag } from "../enrolling/wish.ts";
import type { Sequence } from "../sequences/queries.ts";
import { useStartTrial } from "./queries.ts";
import { REPLIES, SPANS } from "./words.ts";

type Props = { sequence: Sequence; onStarted: (id: string) => void; onClose: () => void };

/** For how long, with whom besides those who are in it, and what they do. */
export function StartTrialDialog({ sequence, onStarted, onClose }: Props) {
  const start = useStartTrial();
  const lists = useQuery(listsQuery).data ?? [];
  const [first] = useSendable();
  const [days, setDays] = useState("28");
  const [replies, setReplies] = useState<(typeof REPLIES)[number]["value"]>("none");
  const [list, setList] = useState("");
  const [mailboxIds, setMailboxIds] = useState<readonly string[] | null>(null);
  const [waived, setWaived] = useState<readonly AllowFlag[]>([]);
  const mailboxes = mailboxIds ?? (first ? [first.id] : []);
  const inIt = sequence.contact_statuses.active + sequence.contact_statuses.paused;
  const send = () =>
    start.mutate(
      {
        id: sequence.id,
        days: Number(days),
        replies,
        ...(list !== "" && {
          label_names: [list],
          send_email_from_email_account_id: [...mailboxes],
          ...Object.fromEntries(waived.map((flag) => [flag, true])),
        }),
      },
      { onSuccess: ({ id }) => onStarted(id) },
    );
  return (
    <Dialog title={t("Try {name}", { name: sequence.name })} size="34rem" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>
          {t(
            "The sequence and its contacts are copied into a sandbox, where the weeks pass in minutes. No email leaves, and nothing changes here.",
          )}
        </p>
        <div>
          <Segmented aria-label={t("Period")} data={SPANS} value={days} onChange={setDays} />
        </div>
        <NativeSelect
          label={t("Replies")}
          description={t("What the contacts do with the emails.")}
          data={REPLIES}
          value={replies}
          onChange={(event) => setReplies(event.currentTarget.value as typeof replies)}
        />
        <NativeSelect
          label={t("Also add contacts of a list")}
          description={t(
            "{inIt, plural, =0 {No contact is} one {# contact is} other {# contacts are}} in the sequence now. A list is added to the copy only.",
            { inIt },
          )}
          data={[
            { value: "", label: t("None") },
            ...lists.map(({ name, cached_count }) => ({
              value: name,
              label: t("{name} ({cached_count, number})", { name, cached_count }),
            })),
          ]}
          value={list}
          onChange={(event) => setList(event.currentTarget.value)}
        />
        {list !== "" && (
          <>
            <MailboxPicker value={mailboxes} onChange={setMailboxIds} />
            <AllowChoice
              value={waived}
              onChange={setWaived}
              description={t("These contacts are skipped by default. The report shows how many.")}
            />
          </>
        )}
        <Trouble error={start.error} doing="writing" />
        <div className="row">
          <Button type="submit" loading={start.isPending}>
            {t("Start the trial run")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
