import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { factRefused, factSaved } from "../../../parts/fact-saved.ts";
import { InlineField } from "../../../parts/InlineField.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { clockIn } from "../../../parts/when.ts";
import { useMe } from "../../../session.ts";
import { OwnFields } from "../../settings/fields/OwnFields.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { ScoreParts } from "../../settings/score/ScoreParts.tsx";
import { useStages } from "../../settings/stages/queries.ts";
import { AddressCheck } from "../../settings/verification/AddressCheck.tsx";
import { OnLists } from "../lists/OnLists.tsx";
import { Paused } from "./Paused.tsx";
import { type Contact, type ContactChange, useChangeContact } from "./queries.ts";
import { Reach } from "./Reach.tsx";
import { Touched } from "./Touched.tsx";
import { MailStanding } from "./words.tsx";

/** Everything known of a contact, each fact edited in place. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const { data: stages = [] } = useStages("contact");
  const { data: people = [] } = usePeople();
  const { user } = useMe();
  const save = useSaveFact(contact);
  const text = (label: string, key: TextKey, kind: "text" | "url" = "text") => (
    <InlineField
      label={label}
      kind={kind}
      value={contact[key] ?? ""}
      onSave={(value) => save(label, { [key]: value }, { [key]: contact[key] })}
    />
  );
  return (
    <>
      <FactGroup title={t("About")}>
        <dl>
          {text(t("First name"), "first_name")}
          {text(t("Last name"), "last_name")}
          {text(t("Title"), "title")}
          {text(t("Company"), "organization_name")}
          <InlineField
            label={t("Stage")}
            kind="choice"
            value={contact.contact_stage_id}
            choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
            onSave={(id) =>
              save(t("Stage"), { contact_stage_id: id }, { contact_stage_id: contact.contact_stage_id })
            }
          />
          <InlineField
            label={t("Owner")}
            kind="choice"
            mayClear
            value={contact.owner_id}
            choices={people
              .filter(({ id, state }) => state === "active" || id === contact.owner_id)
              .map(({ id, name }) => ({ value: id, label: id === user.id ? `${name} (you)` : name }))}
            onSave={(id) => save(t("Owner"), { owner_id: id || null }, { owner_id: contact.owner_id })}
          />
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
          {text(t("Address"), "present_raw_address")}
          {text("LinkedIn", "linkedin_url", "url")}
          <InlineField
            label={t("Time zone")}
            value={contact.time_zone ?? ""}
            {...(contact.time_zone && {
              says: `${contact.time_zone.replaceAll("_", " ")} (${clockIn(contact.time_zone, currentTime())} now)`,
            })}
            onSave={(value) => save(t("Time zone"), { time_zone: value }, { time_zone: contact.time_zone })}
          />
          <OwnFields
            modality="contact"
            values={contact.typed_custom_fields}
            onSave={(label, value, before) =>
              save(label, { typed_custom_fields: value }, { typed_custom_fields: before })
            }
          />
        </dl>
      </FactGroup>
      <p className="soft small">
        <MailStanding contact={contact} /> {t("· Added")} <Moment at={contact.created_at} />
      </p>
    </>
  );
}

type TextKey =
  | "first_name"
  | "last_name"
  | "title"
  | "organization_name"
  | "present_raw_address"
  | "linkedin_url";

type Said = Omit<ContactChange, "id">;
export type SaveFact = (label: string, next: Said, before: Said) => void;

/** Saved at once, with a way back; what the server does not take is said. */
function useSaveFact({ id }: Contact): SaveFact {
  const change = useChangeContact();
  return (label, next, before) =>
    change.mutate(
      { id, ...next },
      {
        onSuccess: ({ contact }) =>
          factSaved(label, contact.custom_field_errors, () => change.mutateAsync({ id, ...before })),
        onError: factRefused,
      },
    );
}
