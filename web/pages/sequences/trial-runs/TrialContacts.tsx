import { Anchor } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import { type ContactsAsked, contactsQuery, type TrialContact } from "./queries.ts";
import { contactStateWord, endingWords } from "./words.ts";

type Props = {
  runId: string;
  asked: ContactsAsked;
  title: string;
  onEmails: (contact: TrialContact["contact"]) => void;
  onClose: () => void;
};

/** The contacts behind a number of the report. Each leads to the emails it would get. */
export function TrialContacts({ runId, asked, title, onEmails, onClose }: Props) {
  const found = useInfiniteQuery(contactsQuery(runId, asked));
  const total = found.data?.pages[0]?.pagination.total_entries;
  const contacts = found.data?.pages.flatMap((page) => page.contacts);
  return (
    <RowsPanel
      title={title}
      says={[total !== undefined && t("{total, plural, one {# contact} other {# contacts}}", { total })]}
      found={found}
      rows={contacts?.map((one) => ({
        id: one.contact.id,
        head: <Head one={one} onEmails={onEmails} />,
        at: one.next_at ?? undefined,
        note: noteOf(one),
      }))}
      empty={t("No contacts.")}
      onClose={onClose}
    />
  );
}

function Head({ one, onEmails }: { one: TrialContact; onEmails: Props["onEmails"] }) {
  const { contact, emails } = one;
  const name = contact.name ?? t("Unnamed contact");
  if (emails === 0) return <span>{name}</span>;
  return (
    <Anchor component="button" type="button" onClick={() => onEmails(contact)}>
      {t("{name}: {emails, plural, one {# email} other {# emails}}", { name, emails })}
    </Anchor>
  );
}

function noteOf(one: TrialContact) {
  const waited =
    one.waited_for !== null && one.waited_hours > 0
      ? t("Emails waited for {hours, number} h.", { hours: one.waited_hours })
      : null;
  return [`${contactStateWord(one.state)}: ${endingWords(one)}`, waited].filter(Boolean).join(" · ");
}
