import { MultiSelect, Select } from "@mantine/core";
import { Fragment } from "react";
import { Section } from "../../parts/Page.tsx";
import { useStages } from "../stages/queries.ts";
import classes from "./SettingsTab.module.css";
import type { PartProps } from "./SettingsTab.tsx";

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
] as const;

/** Who is left alone because of their stage, and what moves whom to which. */
export function StagesPart({ values, change, mayEdit }: PartProps) {
  const contacts = useStages("contact").data ?? [];
  const accounts = useStages("account").data ?? [];
  const choices = (stages: readonly { id: string; name: string }[]) =>
    stages.map(({ id, name }) => ({ value: id, label: name }));
  const mapping = values.contact_email_event_to_stage_mapping;
  const move = (event: string, stage: string | null) => {
    const { [event]: _, ...rest } = mapping;
    change({ contact_email_event_to_stage_mapping: stage ? { ...rest, [event]: stage } : rest });
  };
  return (
    <Section
      title="Stages"
      note="Whoever is in a stage that is left out gets no mail from this sequence, also when they come to it later."
    >
      <MultiSelect
        label="Leave out contacts in"
        data={choices(contacts)}
        value={values.excluded_contact_stage_ids}
        disabled={!mayEdit}
        searchable
        onChange={(ids) => change({ excluded_contact_stage_ids: ids })}
      />
      <MultiSelect
        label="Leave out people of companies in"
        data={choices(accounts)}
        value={values.excluded_account_stage_ids}
        disabled={!mayEdit}
        searchable
        onChange={(ids) => change({ excluded_account_stage_ids: ids })}
      />
      <div className={classes.events}>
        {EVENTS.map(([event, says]) => (
          <Fragment key={event}>
            <span id={`stage-${event}`}>{says}</span>
            <Select
              aria-labelledby={`stage-${event}`}
              data={[{ value: "", label: "Stage as the ruleset has it" }, ...choices(contacts)]}
              value={mapping[event] ?? ""}
              disabled={!mayEdit}
              onChange={(stage) => move(event, stage || null)}
            />
          </Fragment>
        ))}
      </div>
    </Section>
  );
}
