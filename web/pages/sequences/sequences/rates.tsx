// Shares, with what they are shares of: a rate alone has started many an argument.

import { Tooltip } from "@mantine/core";
import { numberFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Sequence } from "./queries.ts";

const PERCENT = numberFormat({ style: "percent", maximumFractionDigits: 1 });

export function percent(share: number) {
  return PERCENT.format(share);
}

type Counted = Pick<Sequence, "unique_delivered" | "num_contacts"> & Partial<Sequence>;

type Kind = { counter: keyof Sequence; did: string; note?: string };

const KINDS = perLanguage(
  () =>
    ({
      opened: {
        counter: "unique_opened",
        did: t("opened"),
        note: t("Counts tracked opens by people, not by mail servers."),
      },
      clicked: { counter: "unique_clicked", did: t("clicked") },
      replied: {
        counter: "unique_replied",
        did: t("got a reply"),
        note: t("Out-of-office messages do not count."),
      },
      bounced: { counter: "unique_bounced", did: t("bounced") },
      demoed: { counter: "unique_demoed", did: t("led to a meeting") },
    }) as const satisfies Record<string, Kind>,
);

export type RateKind = keyof typeof KINDS;

/** "3.4%", and on hover of how many mails, and of how many people. */
export function Rate({ of, kind }: { of: Counted; kind: RateKind }) {
  const { counter, did, ...rest } = KINDS[kind];
  const n = Number(of[counter] ?? 0);
  // What bounced was not delivered, so it is a share of all that left.
  const mails = of.unique_delivered + (kind === "bounced" ? n : 0);
  if (mails === 0) return <span className="soft">–</span>;
  const whole = kind === "bounced" ? t("sent emails") : t("delivered emails");
  const says = t("{n, number} of {mails, number} {whole} {did} ({percent}).", {
    n,
    mails,
    whole,
    did,
    percent: percent(n / mails),
  });
  const people =
    of.num_contacts > 0
      ? t(" That is {percent} of {num_contacts, plural, one {# contact} other {# contacts}}.", {
          percent: percent(n / of.num_contacts),
          num_contacts: of.num_contacts,
        })
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
