import { Button, NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Segmented } from "../../parts/Segmented.tsx";
import { mailboxesQuery } from "../mailboxes/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import classes from "./Forecast.module.css";
import type { Wish } from "./queries.ts";

const SPANS = [
  { value: "14", label: "2 weeks" },
  { value: "42", label: "6 weeks" },
  { value: "84", label: "12 weeks" },
];

type Supposed = {
  sequence: string | null;
  count: number | "";
  mailbox: string | null;
  limit: number | "";
  more: number | "";
};

const NOTHING: Supposed = { sequence: null, count: "", mailbox: null, limit: "", more: "" };

type Props = { isBusy: boolean; onAsk: (wish: Wish) => void };

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
        <Segmented aria-label="How far ahead" data={SPANS} value={days} onChange={setDays} />
      </div>
      <div className={classes.asking}>
        <NumberInput
          label="What if so many contacts joined"
          placeholder="None"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={supposed.count}
          onChange={(count) => change({ count: count === "" ? "" : Number(count) })}
        />
        <Select
          label="… this sequence"
          placeholder="Choose one"
          data={sequences.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
          value={supposed.sequence}
          onChange={(sequence) => change({ sequence })}
          searchable
          clearable
          required={supposed.count !== ""}
          withAsterisk={false}
        />
        <NumberInput
          label="What if at most so many a day left"
          placeholder="As it is"
          min={0}
          max={100_000}
          allowDecimal={false}
          value={supposed.limit}
          onChange={(limit) => change({ limit: limit === "" ? "" : Number(limit) })}
        />
        <Select
          label="… this mailbox"
          placeholder="Choose one"
          data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
          value={supposed.mailbox}
          onChange={(mailbox) => change({ mailbox })}
          searchable
          clearable
          required={supposed.limit !== ""}
          withAsterisk={false}
        />
        <NumberInput
          label="What if there were one more mailbox, a day"
          placeholder="None"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={supposed.more}
          onChange={(more) => change({ more: more === "" ? "" : Number(more) })}
        />
      </div>
      <div>
        <Button type="submit" loading={isBusy}>
          Look ahead
        </Button>
      </div>
    </form>
  );
}

function wishOf(days: number, { sequence, count, mailbox, limit, more }: Supposed): Wish {
  const what_if = {
    ...(sequence && count !== "" && { add_contacts: { emailer_campaign_id: sequence, count } }),
    ...(mailbox && limit !== "" && { change_limits: { [mailbox]: { email_daily_threshold: limit } } }),
    ...(more !== "" && { add_mailboxes: [{ email_daily_threshold: more }] }),
  };
  return { days, ...(Object.keys(what_if).length > 0 && { what_if }) };
}
