import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { savedFact, type WhyNotSaved } from "../../../parts/fact-saved.ts";
import { FactField } from "../../../parts/facts/FactField.tsx";
import { InlineField } from "../../../parts/InlineField.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { clockIn } from "../../../parts/when.ts";
import { queries } from "../../../session.ts";
import { contactQuery } from "../../insight/story/queries.ts";
import { OwnFields } from "../../settings/fields/OwnFields.tsx";
import { ScoreParts } from "../../settings/score/ScoreParts.tsx";
import { AddressCheck } from "../../settings/verification/AddressCheck.tsx";
import { OnLists } from "../lists/OnLists.tsx";
import { type ContactValues, useContactFacts } from "./contact-facts.ts";
import { Paused } from "./Paused.tsx";
import { type Contact, useChangeContact } from "./queries.ts";
import { Reach } from "./Reach.tsx";
import { Touched } from "./Touched.tsx";
import { MailStanding } from "./words.tsx";

/** Everything known of a contact, each fact edited in place. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const facts = useContactFacts();
  const save = useSaveFact(contact);
  const read = async () => (await queries.fetchQuery({ ...contactQuery(contact.id), staleTime: 0 })).contact;
  const shown = { of: contact, read, save };
  return (
    <>
      <FactGroup title={t("About")}>
        <dl>
          <FactField fact={facts.firstName} {...shown} />
          <FactField fact={facts.lastName} {...shown} />
          <FactField fact={facts.title} {...shown} />
          <FactField fact={facts.company} {...shown} />
          <FactField fact={facts.stage} {...shown} />
          <FactField fact={facts.owner} {...shown} />
        </dl>
        {contact.account_id && (
          <p className="small">
            <Link to="/companies/$id" params={{ id: contact.account_id }}>
              {t("Open {organization_name}", {
                organization_name: contact.organization_name ?? t("the company"),
              })}
            </Link>
          </p>
        )}
      </FactGroup>
      <Reach contact={contact} save={save} />
      <AddressCheck contactId={contact.id} email={contact.email} status={contact.email_status} />
      <ScoreParts contact={contact} />
      <Paused contact={contact} save={save} />
      <Touched id={contact.id} />
      <FactGroup title={t("Lists")}>
        <OnLists of="contacts" id={contact.id} listIds={contact.label_ids} />
      </FactGroup>
      <FactGroup title={t("More")}>
        <dl>
          <FactField fact={facts.address} {...shown} />
          <FactField fact={facts.linkedin} {...shown} />
          <InlineField
            recordId={contact.id}
            label={t("Time zone")}
            value={contact.time_zone ?? ""}
            {...(contact.time_zone && {
              says: `${contact.time_zone.replaceAll("_", " ")} (${clockIn(contact.time_zone, currentTime())} now)`,
            })}
            onSave={(value) => save(t("Time zone"), { time_zone: value }, { time_zone: contact.time_zone })}
          />
          <OwnFields modality="contact" {...shown} />
        </dl>
      </FactGroup>
      <p className="soft small">
        <MailStanding contact={contact} /> {t("· Added")} <Moment at={contact.created_at} />
      </p>
    </>
  );
}

export type SaveFact = (label: string, next: ContactValues, before: ContactValues) => Promise<WhyNotSaved>;

/** Saved at once, with a way back. */
function useSaveFact({ id }: Contact): SaveFact {
  const change = useChangeContact();
  return (label, next, before) =>
    savedFact(
      label,
      async () => (await change.mutateAsync({ id, ...next })).contact.custom_field_errors,
      () => change.mutateAsync({ id, ...before }),
    );
}
