import type { ReactNode } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import "@mantine/core/styles/Chip.css";
import { Chip, Select } from "@mantine/core";
import { useAddress } from "../../../parts/address.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import classes from "./ContactsTab.module.css";
import { STATES, VIEWS } from "./narrowed.ts";
import type { EnrollmentCounts } from "./queries.ts";
import { sayReason } from "./reasons.ts";

const WORDS: Record<string, string> = perLanguage(() => ({
  active: t("Active"),
  paused: t("Paused"),
  finished: t("Finished"),
  failed: t("Failed"),
  bounced: t("Bounced"),
  spam_blocked: t("Spam-blocked"),
  not_sent: t("Not sent"),
}));

/** The states add up to all; the views beside them look at the same people another way, and the page says so. */
export function StatusChips({
  counts,
  beside,
}: {
  counts: EnrollmentCounts | undefined;
  beside?: ReactNode;
}) {
  const [{ status = "", reason, q = "" }, change] = useAddress();
  const choose = (next: string) => change({ status: next || undefined, reason: undefined });
  const of = (name: keyof EnrollmentCounts["contact_statuses"]) => counts?.contact_statuses[name];
  return (
    <Chip.Group value={status} onChange={choose}>
      <div className={classes.chips} role="radiogroup" aria-label={t("Status")}>
        <One value="" word={t("All")} count={counts?.num_contacts} />
        {STATES.map((name) => (
          <One key={name} value={name} word={WORDS[name]} count={of(name)} />
        ))}
      </div>
      <div className={classes.views}>
        <div className={classes.chips} role="radiogroup" aria-label={t("Delivery problems")}>
          <span className="soft small">{t("Delivery problems")}</span>
          {VIEWS.map((name) => (
            <One key={name} value={name} word={WORDS[name]} count={of(name)} isView />
          ))}
        </div>
        <div className={classes.narrow}>
          <Select
            aria-label={t("Reason")}
            placeholder={t("Any reason")}
            clearable
            data={reasonsOf(counts, status)}
            value={reason ?? null}
            onChange={(next) => change({ reason: next ?? undefined })}
          />
          <SearchBox
            label={t("Search these contacts")}
            value={q}
            onChange={(next) => change({ q: next || undefined })}
          />
          {beside}
        </div>
      </div>
      <p className="soft small">
        {t(
          "Each contact is active, paused, finished or failed. Bounced and spam-blocked describe the last email, not sent the reason of a failure, so one contact may count in several.",
        )}
      </p>
    </Chip.Group>
  );
}

function One({
  value,
  word,
  count,
  isView = false,
}: {
  value: string;
  word: string | undefined;
  count: number | undefined;
  isView?: boolean;
}) {
  return (
    <Chip value={value} size="xs" variant={isView ? "outline" : "light"} classNames={{ label: classes.chip }}>
      {word} <span className={classes.count}>{count === undefined ? "…" : figure(count)}</span>
    </Chip>
  );
}

/** Reasons of the state that is looked at; the same reason may stand with two states, and is one choice. */
function reasonsOf(counts: EnrollmentCounts | undefined, status: string) {
  const reasons = (counts?.reasons ?? []).filter(
    (one) => !STATES.some((state) => state === status) || one.status === status,
  );
  const byReason = Map.groupBy(reasons, ({ reason }) => reason);
  return [...byReason].map(([value, all]) => {
    const total = all.reduce((sum, { count }) => sum + count, 0);
    const says = sayReason(value);
    return {
      value,
      label: `${says.charAt(0).toUpperCase()}${says.slice(1)} (${figure(total)})`,
    };
  });
}
