import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { RecordLines } from "../../../parts/RecordLines.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { StatusWord } from "../../insight/explain/StatusWord.tsx";
import { useSequenceNames } from "../../insight/story/queries.ts";
import { MemberActions } from "../../sequences/sequence-contacts/MemberActions.tsx";
import { nameOf } from "../contacts/words.tsx";
import { MOST_PEOPLE, peopleOfCompany, type ShownCompany } from "./queries.ts";

/** Where the contacts of a company are in sequences: those who are still in one come first. */
export function CompanySequences({ company }: { company: ShownCompany }) {
  const people = useQuery(peopleOfCompany(company.id));
  const all = (people.data?.contacts ?? [])
    .flatMap((contact) => contact.contact_campaign_statuses.map((one) => ({ contact, one })))
    .toSorted((a, b) => Number(isOver(a.one.status)) - Number(isOver(b.one.status)));
  const names = useSequenceNames(all.map(({ one }) => one.emailer_campaign_id));
  if (people.error) return <Trouble error={people.error} onRetry={() => void people.refetch()} />;
  return (
    <>
      <RecordLines
        none={t("No contact of this company is in a sequence.")}
        lines={
          people.data &&
          all.map(({ contact, one }) => ({
            key: one.id,
            name: (
              <>
                <Link to="/contacts/$id" params={{ id: contact.id }}>
                  {nameOf(contact)}
                </Link>
                {" · "}
                <Link to="/sequences/$id" params={{ id: one.emailer_campaign_id }}>
                  {names.get(one.emailer_campaign_id) ?? t("Sequence")}
                </Link>
              </>
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
                sequenceName={`${names.get(one.emailer_campaign_id) ?? t("Sequence")}, ${nameOf(contact)}`}
                contactId={contact.id}
                status={one.status}
              />
            ),
          }))
        }
      />
      {company.num_contacts > MOST_PEOPLE && (
        <p className="soft small">
          {t("Of the first {most} contacts of the company.", { most: MOST_PEOPLE })}
        </p>
      )}
    </>
  );
}

const isOver = (status: string) => status !== "active" && status !== "paused";
