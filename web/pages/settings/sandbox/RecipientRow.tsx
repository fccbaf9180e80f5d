import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { durationOf, minutesOf } from "./after.ts";
import type { Prospect } from "./queries.ts";
import classes from "./Recipients.module.css";
import { DOES, PICKS, type Picks } from "./words.ts";

type Props = {
  row: Prospect;
  position: number;
  onChange: (row: Prospect) => void;
  onRemove: () => void;
};

/** Which emails it is about, and what their recipients do. */
export function RecipientRow({ row, position, onChange, onRemove }: Props) {
  const { does, after, text = "", until } = row;
  return (
    <li className={classes.row} aria-label={t("Row {position}", { position })}>
      <Match row={row} onChange={onChange} />
      <Select
        label={t("What happens")}
        data={DOES}
        value={does}
        allowDeselect={false}
        onChange={(next) => next && onChange(withWhat(row, next))}
      />
      <NumberInput
        label={t("After minutes")}
        min={0}
        max={5_256_000}
        allowDecimal={false}
        value={minutesOf(after)}
        onChange={(minutes) =>
          typeof minutes === "number" && onChange({ ...row, after: durationOf(minutes) })
        }
      />
      {does === "out_of_office" ? (
        <DayField
          label={t("Returns on")}
          clearable
          value={until?.slice(0, 10) ?? null}
          onChange={(day) => onChange(withOptional(row, "until", day ?? ""))}
        />
      ) : (
        <TextInput
          label={t("Text")}
          value={text}
          maxLength={20_000}
          onChange={(event) => onChange(withOptional(row, "text", event.currentTarget.value))}
        />
      )}
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        aria-label={t("Remove row {position}", { position })}
        onClick={onRemove}
      >
        <IconTrash size="1rem" stroke={1.75} />
      </ActionIcon>
    </li>
  );
}

function Match({ row, onChange }: Pick<Props, "row" | "onChange">) {
  const { email, domain, label, step, share } = row.match;
  const picks: Picks =
    email !== undefined ? "email" : domain !== undefined ? "domain" : label !== undefined ? "label" : "all";
  const others = { ...(step !== undefined && { step }), ...(share !== undefined && { share }) };
  const pick = (by: Picks, value: string) =>
    onChange({ ...row, match: by === "all" ? others : { ...others, [by]: value } });
  const limit = (key: "step" | "share", value: number | string) => {
    const { [key]: _, ...rest } = row.match;
    onChange({ ...row, match: typeof value === "number" ? { ...rest, [key]: value } : rest });
  };
  return (
    <>
      <Select
        label={t("Recipients")}
        data={PICKS}
        value={picks}
        allowDeselect={false}
        onChange={(by) => by && pick(by, email ?? domain ?? label ?? "")}
      />
      <TextInput
        label={t("Value")}
        value={email ?? domain ?? label ?? ""}
        disabled={picks === "all"}
        onChange={(event) => pick(picks, event.currentTarget.value)}
      />
      <NumberInput
        label={t("Step")}
        min={1}
        max={1000}
        allowDecimal={false}
        placeholder={t("Any")}
        value={step ?? ""}
        onChange={(value) => limit("step", value)}
      />
      <NumberInput
        label={t("Share in %")}
        min={0}
        max={100}
        placeholder="100"
        value={share ?? ""}
        onChange={(value) => limit("share", value)}
      />
    </>
  );
}

/** A day of return belongs to those who are away, and to no others. */
function withWhat({ until, ...row }: Prospect, does: Prospect["does"]): Prospect {
  return { ...row, does, ...(does === "out_of_office" && until !== undefined && { until }) };
}

function withOptional(row: Prospect, key: "text" | "until", value: string): Prospect {
  const { [key]: _, ...rest } = row;
  return value === "" ? rest : { ...rest, [key]: value };
}
