// Shares, with what they are shares of: a rate alone has started many an argument.

import { Tooltip } from "@mantine/core";
import { count, figure } from "../../parts/figures.ts";
import type { Sequence } from "./queries.ts";

const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

export function percent(share: number) {
  return PERCENT.format(share);
}

type Counted = Pick<Sequence, "unique_delivered" | "num_contacts"> & Partial<Sequence>;

type Kind = { counter: keyof Sequence; did: string; note?: string };

const KINDS = {
  opened: {
    counter: "unique_opened",
    did: "opened",
    note: "Only where opens are counted, and not what machines fetched.",
  },
  clicked: { counter: "unique_clicked", did: "clicked" },
  replied: { counter: "unique_replied", did: "answered", note: "Out-of-office notices do not count." },
  bounced: { counter: "unique_bounced", did: "bounced" },
  demoed: { counter: "unique_demoed", did: "led to a meeting" },
} as const satisfies Record<string, Kind>;

export type RateKind = keyof typeof KINDS;

/** "3.4%", and on hover of how many mails, and of how many people. */
export function Rate({ of, kind }: { of: Counted; kind: RateKind }) {
  const { counter, did, ...rest } = KINDS[kind];
  const n = Number(of[counter] ?? 0);
  // What bounced was not delivered, so it is a share of all that left.
  const mails = of.unique_delivered + (kind === "bounced" ? n : 0);
  if (mails === 0) return <span className="soft">–</span>;
  const whole = kind === "bounced" ? "mails that left" : "delivered mails";
  const says = `${figure(n)} of ${figure(mails)} ${whole} ${did} (${percent(n / mails)}).`;
  const people =
    of.num_contacts > 0
      ? ` For each of ${count(of.num_contacts, "contact")} that makes ${percent(n / of.num_contacts)}.`
      : "";
  return (
    <Tooltip multiline w={260} label={`${says}${people}${"note" in rest ? ` ${rest.note}` : ""}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what explains the number must be reachable by keys */}
      <span tabIndex={0} data-figures>
        {percent(n / mails)}
      </span>
    </Tooltip>
  );
}
