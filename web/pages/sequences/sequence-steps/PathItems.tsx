import { Menu } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import type { DraftStep, StepsDraft } from "./draft.ts";
import { PATHS, type Place, TRUNK, withPaths } from "./tree.ts";

type Props = { draft: StepsDraft; step: DraftStep; onMove: (place: Place) => void };

/** In the menu of a step: every path it could be moved to, and out of all of them. */
export function PathItems({ draft, step, onMove }: Props) {
  const own = withPaths(draft, step.key);
  const branches = draft.filter((one) => one.type === "branch" && !own.includes(one));
  const places: { place: Place; label: string }[] = [
    { place: TRUNK, label: t("To the end of the sequence, on no path") },
    ...branches.flatMap(({ key }) => {
      const at = draft.findIndex((one) => one.key === key) + 1;
      return PATHS.map((path) => ({
        place: { parent: key, path },
        label:
          path === "yes"
            ? t("To the yes path of step {step}", { step: at })
            : t("To the no path of step {step}", { step: at }),
      }));
    }),
  ].filter(({ place }) => place.parent !== step.parent || place.path !== step.path);
  if (branches.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("Move to a path")}</Menu.Label>
      {places.map(({ place, label }) => (
        <Menu.Item
          key={label}
          leftSection={<IconArrowsSplit2 size="1rem" stroke={1.75} />}
          onClick={() => onMove(place)}
        >
          {label}
        </Menu.Item>
      ))}
    </>
  );
}
