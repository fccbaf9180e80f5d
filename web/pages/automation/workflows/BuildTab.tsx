import { Button, NumberInput, Select, Switch } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { ActionTree } from "./ActionTree.tsx";
import { CapFields } from "./CapFields.tsx";
import { trialOf, type WorkflowDraft } from "./draft.ts";
import { LookBack } from "./LookBack.tsx";
import type { Workflow } from "./queries.ts";
import { TriggerFields } from "./TriggerFields.tsx";
import { hasConditions } from "./trigger.ts";
import { Warnings } from "./Warnings.tsx";
import { WorkflowFilters } from "./WorkflowFilters.tsx";
import type { TabProps } from "./WorkflowPage.tsx";
import classes from "./Workflows.module.css";

/** Without an id it is not created yet. */
type Edited = Pick<Workflow, "entity" | "warnings"> & Partial<Pick<Workflow, "id" | "active" | "archived">>;
type Props = Omit<TabProps, "workflow"> & { workflow: Edited };

/** What sets it off, whom it takes, and what is done with them. */
export function BuildTab({ workflow, drafting, mayChange }: Props) {
  const { draft, change, undo, isDirty } = drafting;
  const [announced, announce] = useState("");
  const put = (part: Partial<WorkflowDraft>, tag?: string) => change((now) => ({ ...now, ...part }), tag);
  useHotkeys([["mod+Z", () => undo?.()]]);
  const isBatch = draft.trigger.type === "schedule";
  return (
    <div className={`stack ${classes.first}`}>
      {/* What is warned of is what is saved; the filters warn of what is not. */}
      {!isDirty && (
        <Warnings warnings={workflow.warnings.filter(({ code }) => code !== "matches_everybody")} />
      )}
      <Section
        title={t("Trigger")}
        note={t("A schedule, an event, a date or a webhook call starts the workflow.")}
      >
        <TriggerFields
          entity={workflow.entity}
          trigger={draft.trigger}
          onChange={mayChange ? (trigger) => put({ trigger }, "trigger") : null}
        />
      </Section>
      <Section title={t("Conditions")} note={t("All conditions must match.")}>
        <WorkflowFilters
          entity={workflow.entity}
          body={draft.filters}
          warning={isBatch ? t("No filter set: each run includes all records.") : null}
          note={
            hasConditions(draft.trigger)
              ? t("No filter set: the conditions of the trigger decide.")
              : t("No filter set: every trigger runs the actions.")
          }
          onChange={mayChange ? (filters) => put({ filters }, "filters") : null}
        />
        <Again draft={draft} mayChange={mayChange} put={put} isPeople={workflow.entity === "person"} />
      </Section>
      <Section title={t("Limits")} note={t("Extra records are skipped and logged.")}>
        <CapFields caps={draft.caps} onChange={mayChange ? (caps) => put({ caps }, "caps") : null} />
      </Section>
      <section className={classes.actions} aria-labelledby="actions">
        <div className={classes.actionsTop}>
          <h2 id="actions" className={classes.subtitle}>
            {t("Actions")}
          </h2>
          {undo && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconArrowBackUp size="0.875rem" aria-hidden />}
              onClick={undo}
            >
              {t("Undo")}
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
      {!workflow.active && !workflow.archived && (mayChange || !isDirty) && (
        <LookBack
          entity={workflow.entity}
          trigger={draft.trigger}
          wish={trialOf(workflow.id ?? null, workflow.entity, drafting)}
        />
      )}
      <p className={classes.announced} role="status">
        {announced}
      </p>
    </div>
  );
}

type AgainProps = {
  draft: WorkflowDraft;
  mayChange: boolean;
  isPeople: boolean;
  put: (part: Partial<WorkflowDraft>, tag?: string) => void;
};

/** Whether the workflow may take the same contact again. */
function Again({ draft: { trigger, reentry, net_new }, mayChange, isPeople, put }: AgainProps) {
  const isAfter = typeof reentry === "object";
  const isDate = trigger.type === "date_field";
  return (
    <div className={classes.two}>
      <Select
        label={t("Repeat")}
        data={[
          { value: "once", label: isDate ? t("Once per date") : t("Never: once per record") },
          ...(isDate ? [] : [{ value: "every_time", label: t("Every time") }]),
          { value: "days", label: t("After some days") },
        ]}
        value={isAfter ? "days" : isDate ? "once" : reentry}
        allowDeselect={false}
        disabled={!mayChange}
        onChange={(next) =>
          put({ reentry: next === "days" ? { days: 30 } : next === "once" ? next : "every_time" })
        }
      />
      {isAfter && (
        <NumberInput
          label={t("Days between")}
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
          label={t("Net new only")}
          description={t("Skips people who are already contacts")}
          checked={net_new}
          disabled={!mayChange}
          onChange={({ currentTarget }) => put({ net_new: currentTarget.checked })}
        />
      )}
    </div>
  );
}
