import { ActionIcon, MultiSelect, NativeSelect } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { WorkflowFilters } from "../../automation/workflows/WorkflowFilters.tsx";
import { REPLY_CLASSES } from "../../mail/inbox/words.ts";
import classes from "./BranchBody.module.css";
import { type DraftRule, newRule, OUTCOMES, RULE_TYPES, type RuleType } from "./condition.ts";
import { type DraftStep, isEmail, type StepsDraft } from "./draft.ts";
import { nameOf } from "./step-words.ts";
import { onTheWayTo } from "./tree.ts";

type Props = {
  rule: DraftRule;
  number: number;
  step: DraftStep;
  draft: StepsDraft;
  onChange: (next: DraftRule) => void;
  /** Null for the only one. */
  onRemove: (() => void) | null;
};

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** One rule: what it asks about, and whether that must be so or must not. */
export function RuleFields({ rule, number, step, draft, onChange, onRemove }: Props) {
  const put = (next: Partial<DraftRule>) => onChange({ ...rule, ...next });
  const { key, not } = rule;
  return (
    <fieldset className={classes.rule} aria-label={t("Rule {number}", { number })}>
      <div className={classes.head}>
        <NativeSelect
          className={classes.type}
          aria-label={t("Type of rule {number}", { number })}
          data={optionsOf(RULE_TYPES)}
          value={rule.type}
          onChange={({ currentTarget }) => onChange(newRule(currentTarget.value as RuleType, { key, not }))}
        />
        <NativeSelect
          aria-label={t("Rule {number} must be", { number })}
          data={[
            { value: "is", label: t("is true") },
            { value: "not", label: t("is not true") },
          ]}
          value={not ? "not" : "is"}
          onChange={({ currentTarget }) => put({ not: currentTarget.value === "not" })}
        />
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("Remove rule {number}", { number })}
            onClick={onRemove}
          >
            <IconTrash size="1rem" stroke={1.75} />
          </ActionIcon>
        )}
      </div>
      <Details rule={rule} number={number} before={onTheWayTo(draft, step)} draft={draft} put={put} />
    </fieldset>
  );
}

type DetailsProps = Pick<Props, "rule" | "number" | "draft"> & {
  before: StepsDraft;
  put: (next: Partial<DraftRule>) => void;
};

function Details({ rule, number, before, draft, put }: DetailsProps) {
  switch (rule.type) {
    case "contact":
      return (
        <WorkflowFilters
          entity="contact"
          body={rule.filters}
          warning={t("Add a filter: without one, the rule says nothing.")}
          onChange={(filters) => put({ filters })}
        />
      );
    case "replied":
      return (
        <MultiSelect
          label={t("Reply classes of rule {number}", { number })}
          description={t("If empty, any reply.")}
          data={optionsOf(REPLY_CLASSES)}
          value={rule.classes}
          clearable
          onChange={(chosen) => put({ classes: chosen })}
        />
      );
    case "task":
      return (
        <>
          <StepChoice
            rule={rule}
            number={number}
            draft={draft}
            put={put}
            steps={before.filter(({ type }) => type !== "auto_email" && type !== "branch")}
            none={t("Choose a step")}
          />
          <MultiSelect
            label={t("Outcomes of rule {number}", { number })}
            data={optionsOf(OUTCOMES)}
            value={rule.outcomes}
            onChange={(outcomes) => outcomes.length > 0 && put({ outcomes })}
          />
        </>
      );
    default:
      return (
        <StepChoice
          rule={rule}
          number={number}
          draft={draft}
          put={put}
          steps={before.filter(({ type }) => isEmail(type))}
          none={t("Any email before")}
        />
      );
  }
}

type ChoiceProps = Pick<DetailsProps, "rule" | "number" | "draft" | "put"> & {
  steps: StepsDraft;
  none: string;
};

function StepChoice({ rule, number, draft, put, steps, none }: ChoiceProps) {
  return (
    <NativeSelect
      label={t("Step of rule {number}", { number })}
      data={[
        { value: "", label: none },
        ...steps.map((step) => ({
          value: step.key,
          label: t("Step {position}: {type}", { position: draft.indexOf(step) + 1, type: nameOf(step.type) }),
        })),
      ]}
      value={rule.step ?? ""}
      onChange={({ currentTarget }) => put({ step: currentTarget.value || null })}
    />
  );
}
