import { Button, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { downloadReport } from "../enrolling/report.ts";
import { Promised } from "../promises/Promised.tsx";
import classes from "./ActivityTab.module.css";
import { type EnrollmentVerdict, type Sought, verdictsQuery } from "./queries.ts";

type Props = { sequenceId: string; requestId: string; onClose: () => void };

/** What became of everybody whom one request named. It stays for 90 days. */
export function ReportDialog({ sequenceId, requestId, onClose }: Props) {
  const [sought, setSought] = useState<Sought>("all");
  const found = useInfiniteQuery(verdictsQuery(sequenceId, requestId, sought));
  const file = useMutation({ mutationFn: () => downloadReport(sequenceId, requestId) });
  const verdicts = found.data?.pages.flatMap((page) => page.verdicts) ?? [];
  const total = found.data?.pages[0]?.pagination.total_entries;
  return (
    <Dialog onClose={onClose} title={t("Report")} size="44rem">
      <div className="stack">
        <div className={classes.top}>
          <Segmented
            aria-label={t("Show")}
            data={[
              { value: "all", label: t("All") },
              { value: "added", label: t("Added") },
              { value: "skipped", label: t("Skipped") },
            ]}
            value={sought}
            onChange={(next) => setSought(next as Sought)}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size="0.875rem" aria-hidden />}
            loading={file.isPending}
            onClick={() => file.mutate()}
          >
            {t("Download CSV")}
          </Button>
        </div>
        <Trouble error={found.error ?? file.error} />
        <p className="soft small" role="status">
          {total === undefined ? "…" : t("{total, plural, one {# contact} other {# contacts}}", { total })}
          {verdicts[0] && (
            <>
              , <Moment at={verdicts[0].at} />
            </>
          )}
        </p>
        <Promised sequenceId={sequenceId} requestId={requestId} />
        {found.isPending && <Skeleton height={200} />}
        <ul className={classes.verdicts}>
          {verdicts.map((verdict) => (
            <Line key={verdict.contact_id} verdict={verdict} />
          ))}
        </ul>
        {found.hasNextPage && (
          <Button
            variant="subtle"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t("Show more")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Line({ verdict }: { verdict: EnrollmentVerdict }) {
  const { contact_id, contact_name, reasons } = verdict;
  const hasJoined = verdict.verdict === "added";
  return (
    <li className={classes.verdict}>
      <a href={`/contacts/${contact_id}`}>{contact_name ?? t("Deleted contact")}</a>
      <span>
        <State kind={hasJoined ? "good" : "waiting"}>{hasJoined ? t("Added") : t("Skipped")}</State>
        {reasons.map(({ code, sentence }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reason may hold for two sequences
          <span key={`${code} ${place}`} className={classes.print}>
            {sentence} <code>{code}</code>
          </span>
        ))}
      </span>
    </li>
  );
}
