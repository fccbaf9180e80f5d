import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Key } from "../frame/Key.tsx";
import { t } from "../language/t.ts";
import type { Sides } from "./kept.ts";
import { VersionChoice } from "./OtherVersion.tsx";
import { Trouble } from "./Trouble.tsx";
import classes from "./UnsavedBar.module.css";

type Props = {
  says: string;
  /** Others saved another version meanwhile: the one that is shown is saved. */
  sides?: Sides | null;
  isBusy: boolean;
  error: unknown;
  onDiscard: () => void;
  onSave: () => void;
};

/** Stays in sight while something is not saved. ⌘S saves, also from within a field. */
export function UnsavedBar({ says, sides = null, isBusy, error, onDiscard, onSave }: Props) {
  useHotkeys([["mod+S", () => !isBusy && onSave()]], [], true);
  return (
    <section className={classes.bar} aria-label={t("Unsaved changes")} data-foot>
      <Trouble error={error} doing="writing" />
      <div className={classes.line}>
        <p className={classes.says}>
          <span className={classes.mark} aria-hidden="true" />
          {says}
        </p>
        {sides && <VersionChoice sides={sides} />}
        <Button variant="default" onClick={onDiscard}>
          {sides ? t("Discard mine") : t("Discard")}
        </Button>
        <Button onClick={onSave} loading={isBusy} rightSection={<Keys />}>
          {t("Save")}
        </Button>
      </div>
    </section>
  );
}

function Keys() {
  return (
    <span aria-hidden="true" className={classes.keys}>
      <Key name="mod" /> <Key name="S" />
    </span>
  );
}
