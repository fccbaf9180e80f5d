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

export function AddStep({ onAdd, isFirst }: { onAdd: (type: StepType) => void; isFirst: boolean }) {
  return (
    <div className={classes.add} data-first={isFirst || undefined}>
      <Menu width={320} position="bottom-start">
        <Menu.Target>
          <Button
            variant={isFirst ? "filled" : "default"}
            leftSection={<IconPlus size="0.875rem" aria-hidden />}
          >
            {isFirst ? t("Add the first step") : t("Add a step")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {GROUPS.map((group) => (
            <Fragment key={group}>
              <Menu.Label>{group}</Menu.Label>
              {STEP_ORDER.filter((type) => STEP_TYPES[type].group === group).map((type) => (
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
