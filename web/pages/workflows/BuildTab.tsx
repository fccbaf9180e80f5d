import { Button, NumberInput, Select, Switch } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { Section } from "../../parts/Page.tsx";
import { ActionTree } from "./ActionTree.tsx";
import { CapFields } from "./CapFields.tsx";
import type { Draft } from "./draft.ts";
import { TriggerFields } from "./TriggerFields.tsx";
import { Warnings } from "./Warnings.tsx";
import { WorkflowFilters } from "./WorkflowFilters.tsx";
import type { TabProps } from "./WorkflowPage.tsx";
import classes from "./Workflows.module.css";

/** What sets it off, whom it takes, and what is done with them. */
export function BuildTab({ workflow, drafting, mayChange }: TabProps) {
  const { draft, change, undo, isDirty } = drafting;
  const [announced, announce] = useState("");
  const put = (part: Partial<Draft>, tag?: string) => change((now) => ({ ...now, ...part }), tag);
  useHotkeys([["mod+Z", () => undo?.()]]);
  const isBatch = draft.trigger.type === "schedule";
  return (
    <div className={`stack ${classes.first}`}>
      {/* What is warned of is what is saved; the filters warn of what is not. */}
      {!isDirty && (
        <Warnings warnings={workflow.warnings.filter(({ code }) => code !== "matches_everybody")} />
      )}
      <Section title="Begins" note="By a clock, by what happens here, or by a call from outside.">
        <TriggerFields
          entity={workflow.entity}
          trigger={draft.trigger}
          onChange={mayChange ? (trigger) => put({ trigger }, "trigger") : null}
        />
      </Section>
      <Section title="Takes" note="Only those for whom all of these hold.">
        <WorkflowFilters
          entity={workflow.entity}
          body={draft.filters}
          warning={
            isBatch
              ? "No filter is set: each run takes everybody there is."
              : "No filter is set: whoever sets it off is taken."
          }
          onChange={mayChange ? (filters) => put({ filters }, "filters") : null}
        />
        <Again draft={draft} mayChange={mayChange} put={put} isPeople={workflow.entity === "person"} />
      </Section>
      <Section title="At most" note="Whoever is beyond is left out, and the log says so.">
        <CapFields caps={draft.caps} onChange={mayChange ? (caps) => put({ caps }, "caps") : null} />
      </Section>
      <section className={classes.actions} aria-labelledby="actions">
        <div className={classes.actionsTop}>
          <h2 id="actions" className={classes.subtitle}>
            Does
          </h2>
          {undo && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconArrowBackUp size="0.875rem" aria-hidden />}
              onClick={undo}
            >
              Undo
            </Button>
          )}
        </div>
        <ActionTree
          entity={workflow.entity}
          actions={draft.actions}
          onChange={
            mayChange ? (how, tag) => change((now) => ({ ...now, actions: how(now.actions) }), tag) : null
          }
          announce={announce}
        />
      </section>
      <p className={classes.announced} role="status">
        {announced}
      </p>
    </div>
  );
}

type AgainProps = {
  draft: Draft;
  mayChange: boolean;
  isPeople: boolean;
  put: (part: Partial<Draft>, tag?: string) => void;
};

/** Whether somebody may be taken again. */
function Again({ draft: { reentry, net_new }, mayChange, isPeople, put }: AgainProps) {
  const isAfter = typeof reentry === "object";
  return (
    <div className={classes.two}>
      <Select
        label="Takes somebody"
        data={[
          { value: "once", label: "Once only" },
          { value: "every_time", label: "Every time" },
          { value: "days", label: "Again after some days" },
        ]}
        value={isAfter ? "days" : reentry}
        allowDeselect={false}
        disabled={!mayChange}
        onChange={(next) =>
          put({ reentry: next === "days" ? { days: 30 } : next === "once" ? next : "every_time" })
        }
      />
      {isAfter && (
        <NumberInput
          label="Days between"
          min={1}
          max={3650}
          allowDecimal={false}
          value={reentry.days}
          disabled={!mayChange}
          onChange={(days) => typeof days === "number" && days > 0 && put({ reentry: { days } }, "days")}
        />
      )}
      {isPeople && (
        <Switch
          label="Net new only"
          description="Nobody who is a contact already"
          checked={net_new}
          disabled={!mayChange}
          onChange={({ currentTarget }) => put({ net_new: currentTarget.checked })}
        />
      )}
    </div>
  );
}
