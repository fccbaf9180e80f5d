import { Select } from "@mantine/core";
import { Fragment } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useStages } from "../stages/queries.ts";
import type { Ruleset } from "./queries.ts";
import classes from "./RuleFields.module.css";

const EVENTS = perLanguage(
  () =>
    [
      ["delivered", t("Email delivered")],
      ["opened", t("Email opened")],
      ["clicked", t("Link clicked")],
      ["replied", t("Replied")],
      ["interested", t("Interested")],
      ["demoed", t("Meeting booked")],
      ["out_of_office", t("Out of office")],
      ["bounced", t("Email bounced")],
      ["spam_blocked", t("Blocked as spam")],
      ["unsubscribed", t("Unsubscribed")],
      ["not_sent", t("Email not sent")],
      ["finished", t("Sequence finished")],
      ["unresponsive", t("No reply")],
      ["job_changed", t("Changed job")],
    ] as const,
);

export type StageMapping = Ruleset["contact_email_event_to_stage_mapping"];

type Props = {
  mapping: StageMapping;
  /** What is shown where nothing is said here. */
  silent: string;
  isReadOnly: boolean;
  onChange: (mapping: StageMapping) => void;
};

/** Which event moves a contact to which stage. */
export function StageMoves({ mapping, silent, isReadOnly, onChange }: Props) {
  const stages = useStages("contact").data ?? [];
  const move = (event: (typeof EVENTS)[number][0], stage: string | null) => {
    const { [event]: _, ...rest } = mapping;
    onChange(stage ? { ...rest, [event]: stage } : rest);
  };
  return (
    <div className={classes.events}>
      {EVENTS.map(([event, says]) => (
        <Fragment key={event}>
          <span id={`stage-${event}`}>{says}</span>
          <Select
            aria-labelledby={`stage-${event}`}
            data={[
              { value: "", label: silent },
              ...stages.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={mapping[event] ?? ""}
            disabled={isReadOnly}
            onChange={(stage) => move(event, stage || null)}
          />
        </Fragment>
      ))}
    </div>
  );
}
