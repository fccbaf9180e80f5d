import { t } from "../../../language/t.ts";
import { FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { useMailboxes } from "./queries.ts";

export function MailboxChoice() {
  const { data: mailboxes = [] } = useMailboxes();
  const choices = mailboxes.map(({ id, email }) => ({ value: id, label: email }));
  return <FilterChoice name="mailbox" label={t("Mailbox")} choices={choices} />;
}
