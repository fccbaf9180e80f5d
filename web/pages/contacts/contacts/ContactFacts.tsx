import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { FactField } from "../../../parts/facts/FactField.tsx";
import { type Fact, orNull } from "../../../parts/facts/fact.ts";
import type { FactSource } from "../../../parts/facts/save-fact.ts";
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
  const source = useContactSource(contact);
  const shown = { of: contact, source };
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
      <Reach contact={contact} source={source} />
      <AddressCheck contactId={contact.id} email={contact.email} status={contact.email_status} />
      <ScoreParts contact={contact} />
      <Paused contact={contact} source={source} />
      <Touched id={contact.id} />
      <FactGroup title={t("Lists")}>
        <OnLists of="contacts" id={contact.id} listIds={contact.label_ids} />
      </FactGroup>
      <FactGroup title={t("More")}>
        <dl>
          <FactField fact={facts.address} {...shown} />
          <FactField fact={facts.linkedin} {...shown} />
          <FactField fact={TIME_ZONE()} {...shown} />
          <OwnFields modality="contact" {...shown} />
        </dl>
      </FactGroup>
      <p className="soft small">
        <MailStanding contact={contact} /> {t("· Added")} <Moment at={contact.created_at} />
      </p>
    </>
  );
}

const TIME_ZONE = (): Fact<Contact, ContactValues> => ({
  label: t("Time zone"),
  input: ({ time_zone: zone }) => ({
    value: zone ?? "",
    ...(zone && { says: `${zone.replaceAll("_", " ")} (${clockIn(zone, currentTime())} now)` }),
  }),
  change: (value) => ({ time_zone: orNull(value) }),
});

export type ContactSource = FactSource<Contact, ContactValues>;

function useContactSource({ id }: Contact): ContactSource {
  const change = useChangeContact();
  return {
    read: async () => (await queries.fetchQuery({ ...contactQuery(id), staleTime: 0 })).contact,
    write: async (values, given) =>
      (await change.mutateAsync({ ...values, id, ...given })).contact.custom_field_errors,
  };
}
