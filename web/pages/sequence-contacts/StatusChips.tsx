import { figure } from "../../parts/figures.ts";
import "@mantine/core/styles/Chip.css";
import { Chip, Select } from "@mantine/core";
import { useAddress } from "../../parts/address.ts";
import { SearchBox } from "../../parts/SearchBox.tsx";
import classes from "./ContactsTab.module.css";
import { STATES, VIEWS } from "./narrowed.ts";
import type { Counts } from "./queries.ts";

const WORDS: Record<string, string> = {
  active: "Active",
  paused: "Paused",
  finished: "Finished",
  failed: "Failed",
  bounced: "Bounced",
  spam_blocked: "Spam-blocked",
  not_sent: "Not sent",
};

/** The states add up to all; the views beside them look at the same people another way, and the page says so. */
export function StatusChips({ counts }: { counts: Counts | undefined }) {
  const [{ status = "", reason, q = "" }, change] = useAddress();
  const choose = (next: string) => change({ status: next || undefined, reason: undefined });
  const of = (name: keyof Counts["contact_statuses"]) => counts?.contact_statuses[name];
  return (
    <Chip.Group value={status} onChange={choose}>
      <div className={classes.chips} role="radiogroup" aria-label="State">
        <One value="" word="All" count={counts?.num_contacts} />
        {STATES.map((name) => (
          <One key={name} value={name} word={WORDS[name]} count={of(name)} />
        ))}
      </div>
      <div className={classes.views}>
        <div className={classes.chips} role="radiogroup" aria-label="Looked at another way">
          <span className="soft small">Of these</span>
          {VIEWS.map((name) => (
            <One key={name} value={name} word={WORDS[name]} count={of(name)} isView />
          ))}
        </div>
        <div className={classes.narrow}>
          <Select
            aria-label="Why"
            placeholder="Any reason"
            clearable
            data={reasonsOf(counts, status)}
            value={reason ?? null}
            onChange={(next) => change({ reason: next ?? undefined })}
          />
          <SearchBox
            label="Search these contacts"
            value={q}
            onChange={(next) => change({ q: next || undefined })}
          />
        </div>
      </div>
      <p className="soft small">
        Everybody is in one of active, paused, finished and failed. Bounced and spam-blocked look at
        somebody's last mail, not sent at why they failed, so the same person may be in several.
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
function reasonsOf(counts: Counts | undefined, status: string) {
  const reasons = (counts?.reasons ?? []).filter(
    (one) => !STATES.some((state) => state === status) || one.status === status,
  );
  const byReason = Map.groupBy(reasons, ({ reason }) => reason);
  return [...byReason].map(([value, all]) => {
    const total = all.reduce((sum, { count }) => sum + count, 0);
    const says = all[0]?.says ?? value;
    return {
      value,
      label: `${says.charAt(0).toUpperCase()}${says.slice(1)} (${figure(total)})`,
    };
  });
}
