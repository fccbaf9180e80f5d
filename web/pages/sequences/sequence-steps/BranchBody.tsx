import { Button, NumberInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import classes from "./BranchBody.module.css";
import { type DraftCondition, newRule } from "./condition.ts";
import type { DraftStep } from "./draft.ts";
import { RuleFields } from "./RuleFields.tsx";
import body from "./StepBody.module.css";
import type { StepProps } from "./StepBody.tsx";

type Props = StepProps & { onChange: (change: Partial<DraftStep>) => void };

/** The condition of a branch: its rules, and how long it is waited for. */
export function BranchBody({ step, drafting: { draft }, mayEdit, onChange }: Props) {
  const { condition } = step;
  if (!condition) return null;
  const put = (next: Partial<DraftCondition>) => onChange({ condition: { ...condition, ...next } });
  const { match, waitDays, rules } = condition;
  return (
    <div className={body.body} inert={!mayEdit}>
      <p className="soft">
        {t(
          "Contacts who match take the yes path, all others the no path. After the last step of their path, they continue with the step after the branch.",
        )}
      </p>
      {rules.length > 1 && (
        <Segmented
          aria-label={t("Contacts must match")}
          value={match}
          onChange={(value) => put({ match: value as DraftCondition["match"] })}
          data={[
            { value: "all", label: t("All rules") },
            { value: "any", label: t("Any rule") },
          ]}
        />
      )}
      <div className={classes.rules}>
        {rules.map((rule, n) => (
          <RuleFields
            key={rule.key}
            rule={rule}
            number={n + 1}
            step={step}
            draft={draft}
            onChange={(next) => put({ rules: rules.with(n, next) })}
            onRemove={rules.length > 1 ? () => put({ rules: rules.toSpliced(n, 1) }) : null}
          />
        ))}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size="0.875rem" aria-hidden />}
            onClick={() => put({ rules: [...rules, newRule("contact")] })}
          >
            {t("Add a rule")}
          </Button>
        </div>
      </div>
      <NumberInput
        className={classes.wait}
        label={t("Days to wait for a match")}
        description={t(
          "Contacts who match within this time take the yes path at once. All others take the no path when it is over.",
        )}
        value={waitDays}
        min={0}
        max={365}
        allowDecimal={false}
        allowNegative={false}
        onChange={(value) => put({ waitDays: Number(value) || 0 })}
      />
    </div>
  );
}
