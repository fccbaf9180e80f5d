import { Button, NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { mailboxesQuery } from "../../mail/mailboxes/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import classes from "./Forecast.module.css";
import type { ForecastInput } from "./queries.ts";

const SPANS = perLanguage(() => [
  { value: "14", label: t("2 weeks") },
  { value: "42", label: t("6 weeks") },
  { value: "84", label: t("12 weeks") },
]);

type Supposed = {
  sequence: string | null;
  count: number | "";
  mailbox: string | null;
  limit: number | "";
  more: number | "";
};

const NOTHING: Supposed = { sequence: null, count: "", mailbox: null, limit: "", more: "" };

type Props = { isBusy: boolean; onAsk: (wish: ForecastInput) => void };

/** How far ahead, and what to suppose. */
export function Asking({ isBusy, onAsk }: Props) {
  const [days, setDays] = useState("42");
  const [supposed, setSupposed] = useState(NOTHING);
  const change = (next: Partial<Supposed>) => setSupposed((now) => ({ ...now, ...next }));
  const mailboxes = useQuery(mailboxesQuery).data ?? [];
  const sequences = useQuery(sequencesQuery({ per_page: 100 })).data?.emailer_campaigns ?? [];
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(wishOf(Number(days), supposed));
      }}
    >
      <div>
        <Segmented aria-label={t("Forecast period")} data={SPANS} value={days} onChange={setDays} />
      </div>
      <div className={classes.asking}>
        <NumberInput
          label={t("What if: contacts added")}
          placeholder={t("None")}
          min={1}
          max={100_000}
          allowDecimal={false}
          value={supposed.count}
          onChange={(count) => change({ count: count === "" ? "" : Number(count) })}
        />
        <Select
          label={t("To this sequence")}
          placeholder={t("Choose one")}
          data={sequences.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
          value={supposed.sequence}
          onChange={(sequence) => change({ sequence })}
          searchable
          clearable
          required={supposed.count !== ""}
          withAsterisk={false}
        />
        <NumberInput
          label={t("What if: emails per day")}
          placeholder={t("Current limit")}
          min={0}
          max={100_000}
          allowDecimal={false}
          value={supposed.limit}
          onChange={(limit) => change({ limit: limit === "" ? "" : Number(limit) })}
        />
        <Select
          label={t("From this mailbox")}
          placeholder={t("Choose one")}
          data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
          value={supposed.mailbox}
          onChange={(mailbox) => change({ mailbox })}
          searchable
          clearable
          required={supposed.limit !== ""}
          withAsterisk={false}
        />
        <NumberInput
          label={t("What if: emails per day from a new mailbox")}
          placeholder={t("None")}
          min={1}
          max={100_000}
          allowDecimal={false}
          value={supposed.more}
          onChange={(more) => change({ more: more === "" ? "" : Number(more) })}
        />
      </div>
      <div>
        <Button type="submit" loading={isBusy}>
          {t("Run forecast")}
        </Button>
      </div>
    </form>
  );
}

function wishOf(days: number, { sequence, count, mailbox, limit, more }: Supposed): ForecastInput {
  const what_if = {
    ...(sequence && count !== "" && { add_contacts: { emailer_campaign_id: sequence, count } }),
    ...(mailbox && limit !== "" && { change_limits: { [mailbox]: { email_daily_threshold: limit } } }),
    ...(more !== "" && { add_mailboxes: [{ email_daily_threshold: more }] }),
  };
  return { days, ...(Object.keys(what_if).length > 0 && { what_if }) };
}
