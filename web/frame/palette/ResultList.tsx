// biome-ignore-all lint/a11y/useSemanticElements: a list box with groups is no select, which could not be drawn so
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays in the field, as in every combobox
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are pressed in the field

import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef } from "react";
import { t } from "../../language/t.ts";
import { useLate } from "../../parts/late.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { Key } from "../Key.tsx";
import classes from "./Palette.module.css";
import type { Group, Row } from "./rows.ts";

type Props = {
  id: string;
  groups: readonly Group[];
  active: Row | undefined;
  typed: string;
  isLoading: boolean;
  error: unknown;
  onRun: (row: Row) => void;
};

export function ResultList({ id, groups, active, typed, isLoading, error, onRun }: Props) {
  const isLate = useLate(isLoading, 300);
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <div className={classes.results}>
      <VisuallyHidden role="status">
        {isLoading ? "" : t("{count, plural, one {# result} other {# results}}", { count })}
      </VisuallyHidden>
      {error !== null && error !== undefined && (
        <div className={classes.empty}>
          <Trouble error={error} />
        </div>
      )}
      {count > 0 ? (
        <div role="listbox" id={id} aria-label={t("Results")} className={classes.list}>
          {groups.map((group, at) => (
            <div key={group.name} role="group" aria-labelledby={`${id}-group-${at}`}>
              <div id={`${id}-group-${at}`} className={classes.group}>
                {group.name}
              </div>
              {group.rows.map((row) => (
                <Option
                  key={row.key}
                  id={`${id}-${row.key}`}
                  row={row}
                  isActive={row === active}
                  onRun={onRun}
                />
              ))}
            </div>
          ))}
        </div>
      ) : (
        !error && <p className={classes.empty}>{isLoading ? isLate && t("Searching …") : nothing(typed)}</p>
      )}
    </div>
  );
}

function nothing(typed: string) {
  return typed === "" ? t("Type a name.") : t("No results for “{typed}”. Try another word.", { typed });
}

type OptionProps = { id: string; row: Row; isActive: boolean; onRun: (row: Row) => void };

function Option({ id, row, isActive, onRun }: OptionProps) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) own.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  const { icon: Icon } = row;
  const isSimilar = "record" in row && row.record.match === "similar";
  return (
    <div
      ref={own}
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes.option}
      onMouseDown={(event) => event.preventDefault()} // the field keeps the focus
      onClick={() => onRun(row)}
    >
      <Icon size="1rem" stroke={1.75} aria-hidden className={classes.icon} />
      <span className={classes.name}>{row.name}</span>
      {row.detail && <span className={classes.detail}>{row.detail}</span>}
      {isSimilar && <span className={classes.similar}>{t("similar")}</span>}
      {row.letter && (
        <span className={classes.keys}>
          <Key name="G" />
          <Key name={row.letter.toUpperCase()} />
        </span>
      )}
    </div>
  );
}
