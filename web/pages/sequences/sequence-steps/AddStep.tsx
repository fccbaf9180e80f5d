import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Fragment } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import classes from "./AddStep.module.css";
import type { StepType } from "./draft.ts";
import { StepIcon } from "./StepIcon.tsx";
import { STEP_ORDER, STEP_TYPES } from "./step-words.ts";

const GROUPS = perLanguage(() => [...new Set(STEP_ORDER.map((type) => STEP_TYPES[type].group))]);

type Props = {
  onAdd: (type: StepType) => void;
  isFirst: boolean;
  /** Where the path is named beside it: what a screen reader says. */
  label?: string;
  /** A branch is not put on the innermost path of all. */
  mayBranch?: boolean;
};

export function AddStep({ onAdd, isFirst, label, mayBranch = true }: Props) {
  const order = STEP_ORDER.filter((type) => mayBranch || type !== "branch");
  return (
    <div className={classes.add} data-first={isFirst || undefined}>
      <Menu width={320} position="bottom-start">
        <Menu.Target>
          <Button
            variant={isFirst ? "filled" : label ? "subtle" : "default"}
            size={label ? "compact-sm" : "sm"}
            leftSection={<IconPlus size="0.875rem" aria-hidden />}
            {...(label && { "aria-label": label })}
          >
            {isFirst ? t("Add the first step") : t("Add a step")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {GROUPS.filter((group) => order.some((type) => STEP_TYPES[type].group === group)).map((group) => (
            <Fragment key={group}>
              <Menu.Label>{group}</Menu.Label>
              {order
                .filter((type) => STEP_TYPES[type].group === group)
                .map((type) => (
                  <Menu.Item key={type} leftSection={<StepIcon type={type} />} onClick={() => onAdd(type)}>
                    {STEP_TYPES[type].name}
                    <span className={classes.does}>{STEP_TYPES[type].does}</span>
                  </Menu.Item>
                ))}
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
