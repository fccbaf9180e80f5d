import { Select } from "@mantine/core";
import { Fragment } from "react";
import { useStages } from "../stages/queries.ts";
import type { Ruleset } from "./queries.ts";
import classes from "./RuleFields.module.css";

const EVENTS = [
  ["delivered", "A mail arrives"],
  ["opened", "They open one"],
  ["clicked", "They click a link"],
  ["replied", "They answer"],
  ["interested", "They are interested"],
  ["demoed", "A meeting comes of it"],
  ["out_of_office", "They are out of office"],
  ["bounced", "Their address bounces"],
  ["spam_blocked", "A mail is taken for spam"],
  ["unsubscribed", "They unsubscribe"],
  ["not_sent", "A mail cannot be sent"],
  ["finished", "They come to the end"],
  ["unresponsive", "They never answer"],
  ["job_changed", "They work elsewhere now"],
] as const;

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
