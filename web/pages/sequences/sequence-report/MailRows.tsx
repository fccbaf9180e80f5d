import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import classes from "../../../parts/Lines.module.css";
import { Moment } from "../../../parts/Moment.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
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
    <SidePanel
      title={NAMES[stat] ?? t("Emails")}
      says={
        step
          ? t("Step {position}", { position: step.position })
          : touchId
            ? t("One variant")
            : t("Whole sequence")
      }
      takesFocus
      onClose={() => change({ kind: undefined, step: undefined, open: undefined })}
    >
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <ul className={classes.rows}>
        {mails?.map((mail) => (
          <li key={mail.id} className={classes.row}>
            <span className={classes.top}>
              {mail.contact_id ? (
                <a href={`/contacts/${mail.contact_id}`}>{mail.to_name || mail.to_email}</a>
              ) : (
                <span>{mail.to_name || mail.to_email || t("Deleted contact")}</span>
              )}
              <Moment at={mail.completed_at ?? mail.failed_at ?? mail.due_at} />
            </span>
            <span className="soft">{mail.subject || t("(no subject)")}</span>
          </li>
        ))}
      </ul>
      {mails?.length === 0 && <p className="soft">{t("No emails.")}</p>}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("Show more")}
        </Button>
      )}
    </SidePanel>
  );
}
