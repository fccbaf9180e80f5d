// What belongs to a contact: where they are in sequences, what is to be done, what they may buy.

import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { RecordLines } from "../../../parts/RecordLines.tsx";
import { api } from "../../../session.ts";
import { StatusWord } from "../../insight/explain/StatusWord.tsx";
import { writeSubject } from "../../insight/explain/subject.ts";
import { useSequenceNames } from "../../insight/story/queries.ts";
import { MemberActions } from "../../sequences/sequence-contacts/MemberActions.tsx";
import { DealLines } from "../../work/deals/DealLines.tsx";
import { TaskLines } from "../../work/tasks/TaskLines.tsx";
import type { Contact } from "./queries.ts";

export function ContactSequences({ contact }: { contact: Contact }) {
  const all = contact.contact_campaign_statuses;
  const names = useSequenceNames(all.map(({ emailer_campaign_id }) => emailer_campaign_id));
  return (
    <RecordLines
      none={<InNoSequence id={contact.id} />}
      lines={all.map((one) => ({
        key: one.id,
        name: (
          <Link to="/sequences/$id" params={{ id: one.emailer_campaign_id }}>
            {names.get(one.emailer_campaign_id) ?? t("Sequence")}
          </Link>
        ),
        note: (
          <StatusWord
            of={{ type: "enrollment", id: one.id }}
            state={one.status}
            note={
              one.current_step_position === null
                ? null
                : t("step {current_step_position}", { current_step_position: one.current_step_position })
            }
          />
        ),
        at: <Moment at={one.added_at} />,
        act: (
          <MemberActions
            sequenceId={one.emailer_campaign_id}
            sequenceName={names.get(one.emailer_campaign_id) ?? t("Sequence")}
            contactId={contact.id}
            status={one.status}
          />
        ),
      }))}
    />
  );
}

/** What would keep them out of one, or that nothing would. */
function InNoSequence({ id }: { id: string }) {
  const [, change] = useAddress();
  return (
    <>
      {t("Not in any sequence.")}{" "}
      <Anchor
        component="button"
        type="button"
        onClick={() => change({ why: writeSubject({ type: "contact", id }) })}
      >
        {t("Why?")}
      </Anchor>
    </>
  );
}

export function ContactTasks({ id }: { id: string }) {
  const tasks = useQuery({
    queryKey: ["tasks", "of", id],
    queryFn: async () =>
      (await api.tasks.search({ contact_id: id, per_page: 50, sort_by_field: "task_due_at" })).tasks,
  });
  return <TaskLines found={tasks} />;
}

export function ContactDeals({ id }: { id: string }) {
  const deals = useQuery({
    queryKey: ["deals", "of", id],
    queryFn: async () => (await api.opportunities.ofContact({ id })).opportunities,
  });
  return <DealLines found={deals} none={t("No deals with this contact or company.")} />;
}
