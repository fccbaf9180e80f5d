import { Select } from "@mantine/core";
import { t } from "../../../language/t.ts";

type Mailbox = { id: string; email: string };
type Props = { mailboxes: readonly Mailbox[]; value: string | null; onChange: (id: string) => void };

/** From which mailbox an email leaves. */
export function SenderChoice({ mailboxes, value, onChange }: Props) {
  const only = mailboxes.length === 1 ? mailboxes[0] : undefined;
  if (only && only.id === value) return only.email;
  return (
    <Select
      aria-label={t("Send from")}
      variant="unstyled"
      allowDeselect={false}
      data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
      value={value}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}
