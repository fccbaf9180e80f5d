import { useInfiniteQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import { rowsQuery, type Stat } from "./queries.ts";

const NAMES: Partial<Record<Stat, string>> = perLanguage(() => ({
  delivered: t("Delivered emails"),
  opened: t("Opened emails"),
  clicked: t("Clicked emails"),
  replied: t("Emails with a reply"),
  bounced: t("Bounced emails"),
  unsubscribed: t("Emails that led to an unsubscribe"),
}));

type Props = { sequenceId: string; from: string | undefined; whole: FullSequence };

/** The mails that a number counts, the latest first. */
export function MailRows({ sequenceId, from, whole }: Props) {
  const [address, change] = useAddress();
  const stat = (address.kind ?? "delivered") as Stat;
  const { step: stepId, open: touchId } = address;
  const found = useInfiniteQuery({
    ...rowsQuery({
      stat,
      sequenceId,
      ...(stepId && { stepId }),
      ...(touchId && { touchId }),
      ...(from && { from }),
    }),
    enabled: stat in NAMES,
  });
  const step = whole.emailer_steps.find(({ id }) => id === stepId);
  const mails = found.data?.pages.flat();
  return (
    <RowsPanel
      title={NAMES[stat] ?? t("Emails")}
      says={[
        step
          ? t("Step {position}", { position: step.position })
          : touchId
            ? t("One variant")
            : t("Whole sequence"),
      ]}
      found={found}
      rows={mails?.map((mail) => ({
        id: mail.id,
        at: mail.completed_at ?? mail.failed_at ?? mail.due_at,
        head: mail.contact_id ? (
          <a href={`/contacts/${mail.contact_id}`}>{mail.to_name || mail.to_email}</a>
        ) : (
          <span>{mail.to_name || mail.to_email || t("Deleted contact")}</span>
        ),
        note: mail.subject || t("(no subject)"),
      }))}
      empty={t("No emails.")}
      onClose={() => change({ kind: undefined, step: undefined, open: undefined })}
    />
  );
}
