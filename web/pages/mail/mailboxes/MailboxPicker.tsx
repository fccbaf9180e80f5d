import { MultiSelect } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useSendable, useStandings } from "./queries.ts";

type Props = {
  value: readonly string[];
  onChange: (ids: string[]) => void;
  label?: string;
  description?: string;
  error?: string | null;
};

/** One mailbox, or several to take turns; each with what it may still send today. */
export function MailboxPicker({ value, onChange, label = t("Send from"), description, error }: Props) {
  const mailboxes = useSendable();
  const { data: standings = [] } = useStandings();
  const free = new Map(standings.map((standing) => [standing.email_account_id, freeIn(standing.sending)]));
  return (
    <MultiSelect
      label={label}
      {...(description && { description })}
      error={error}
      searchable={mailboxes.length > 6}
      clearable
      hidePickedOptions
      placeholder={value.length === 0 ? t("Choose a mailbox") : ""}
      data={mailboxes.map(({ id, email }) => ({ value: id, label: `${email} (${free.get(id) ?? "…"})` }))}
      value={[...value]}
      onChange={onChange}
    />
  );
}

function freeIn({
  limit_today: limit,
  sent_last_day: sent,
}: {
  limit_today: number | null;
  sent_last_day: number;
}) {
  return limit === null
    ? t("no limit")
    : t("{max} of {limit} free", { max: Math.max(limit - sent, 0), limit });
}
