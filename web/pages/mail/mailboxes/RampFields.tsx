import { Checkbox, NumberInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { t } from "../../../language/t.ts";
import classes from "./MailboxPage.module.css";
import type { Mailbox } from "./queries.ts";
import { proposedRamp } from "./wish.ts";

type RampValues = {
  ramps: boolean;
  rampStart: number | string;
  rampStep: number | string;
  rampDays: number | string;
  rampCeiling: number | string;
};

type Props<Fields extends RampValues> = { mailbox: Mailbox; form: UseFormReturnType<Fields> };

/** A daily limit that grows: with how many emails it begins, and how it goes on. */
export function RampFields<Fields extends RampValues>({ mailbox: { ramp }, form }: Props<Fields>) {
  return (
    <div className={classes.elsewhere}>
      <Checkbox
        label={t("Start slowly")}
        description={t("A daily limit that grows with each day of sending, while few emails bounce.")}
        {...form.getInputProps("ramps", { type: "checkbox" })}
      />
      {form.values.ramps && (
        <div className={classes.limits}>
          <Count form={form} name="rampStart" label={t("Emails on the first day")} />
          <Count form={form} name="rampStep" label={t("Emails more each time")} />
          <Count form={form} name="rampDays" label={t("Days of sending until it grows")} />
          <Count form={form} name="rampCeiling" label={t("Emails a day at most")} />
        </div>
      )}
      {ramp && (
        <p className={classes.sentFolder} data-trouble={ramp.waits_because !== null}>
          {t(
            "Today: {limit} emails (ramp: {ramp}), after {days, plural, one {# day} other {# days}} that counted.",
            {
              limit: ramp.limit_today,
              ramp: ramp.words,
              days: ramp.sending_days,
            },
          )}{" "}
          {ramp.waits_because}
        </p>
      )}
    </div>
  );
}

function Count<Fields extends RampValues>({
  form,
  name,
  label,
}: {
  form: UseFormReturnType<Fields>;
  name: keyof RampValues;
  label: string;
}) {
  return (
    <NumberInput
      label={label}
      min={1}
      required
      withAsterisk={false}
      allowDecimal={false}
      {...form.getInputProps(name)}
    />
  );
}

export function rampFieldsOf({ ramp, email_daily_threshold: limit }: Mailbox): RampValues {
  const { start, step, every_days, ceiling } = ramp ??
    proposedRamp(limit) ?? { start: 10, step: 2, every_days: 1, ceiling: 50 };
  return {
    ramps: ramp !== null,
    rampStart: start,
    rampStep: step,
    rampDays: every_days,
    rampCeiling: ceiling,
  };
}

export function rampFrom({ ramps, rampStart, rampStep, rampDays, rampCeiling }: RampValues) {
  if (!ramps) return null;
  return {
    start: Number(rampStart),
    step: Number(rampStep),
    every_days: Number(rampDays),
    ceiling: Number(rampCeiling),
  };
}
