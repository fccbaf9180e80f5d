// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold

import { Button, Popover } from "@mantine/core";
import { IconAlertTriangle, IconPencil } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, type RefObject, useCallback, useRef } from "react";
import { t } from "../../language/t.ts";
import { sayValue } from "../facts/say-value.ts";
import { CellEditor } from "./CellEditor.tsx";
import classes from "./Cells.module.css";
import type { CellEdit } from "./cell-edit.ts";
import type { RecordColumn } from "./columns.ts";
import tableClasses from "./RecordTable.module.css";
import { type CellActs, type OpenCell, whyFixed } from "./useCellEditing.ts";
import type { HeldValue } from "./useCellSaving.ts";

type Props<Row> = {
  column: RecordColumn<Row>;
  at: OpenCell<Row>;
  /** The record's name, which opens it. */
  isName: boolean;
  rowName: string;
  pin: { "data-pinned": string; style: CSSProperties } | undefined;
  acts: RefObject<CellActs<Row> | null>;
  isOpen: boolean;
  isExplained: boolean;
  held: HeldValue<Row> | undefined;
  children: ReactNode;
};

/** A cell that arrows and clicks go to, and that is edited in place where its column can be. */
export function EditableCell<Row>(props: Props<Row>) {
  const { column, at, isName, rowName, pin, acts, isOpen, isExplained, held, children } = props;
  const why = whyFixed(column, at.row);
  const begin = () => !isOpen && acts.current?.begin(at);
  return (
    <div
      role="cell"
      {...(!isName && { tabIndex: -1, "data-cell": column.id, onDoubleClick: begin })}
      aria-keyshortcuts={why || isName ? undefined : "F2"}
      className={`${tableClasses.cell} ${classes.cell}`}
      data-align={column.align}
      data-open={isOpen || undefined}
      data-held={held?.state}
      onBlur={isExplained ? () => acts.current?.explain(null) : undefined}
      {...pin}
    >
      {column.edit && (isOpen || held) ? (
        <Changed {...props} edit={column.edit} />
      ) : (
        <Noted says={isExplained && why}>{children}</Noted>
      )}
      {isName && column.edit && !why && !isOpen && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.pencil}
          aria-label={t("Edit {name}", { name: rowName })}
          onClick={begin}
        >
          <IconPencil size="0.875rem" stroke={1.75} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** What is being changed, or was and is not saved. */
function Changed<Row>({ at, acts, isOpen, held, edit }: Props<Row> & { edit: CellEdit<Row> }) {
  const input = edit.input(at.row);
  const refused = held?.state === "refused" ? held.says : undefined;
  if (isOpen)
    return (
      <Noted says={refused} role="alert">
        <CellEditor
          label={edit.label}
          input={input}
          begun={held?.value ?? input.value}
          isRefused={refused !== undefined}
          type={(value) => acts.current?.type(value)}
          save={(value, after) => acts.current?.save(value, after)}
          cancel={() => acts.current?.cancel()}
        />
      </Noted>
    );
  if (!held) return null;
  const mine = sayValue(input, held.value);
  const says = held.state === "unsaved" ? t("Not saved yet") : refused;
  const shown = (
    <span className={classes.mine} title={says}>
      {says && (
        <IconAlertTriangle
          size="0.875rem"
          role="img"
          aria-label={refused ? t("Not saved. {happened}", { happened: refused }) : says}
        />
      )}
      <span>{mine}</span>
    </span>
  );
  if (held.state !== "conflict") return shown;
  return (
    <Conflict
      label={edit.label}
      mine={mine}
      theirs={sayValue(edit.input(held.now), edit.input(held.now).value)}
      onSettle={(isMine) => acts.current?.settle(at, isMine)}
    >
      {shown}
    </Conflict>
  );
}

const BESIDE = {
  opened: true,
  position: "top-start",
  withRoles: false,
  returnFocus: false,
  closeOnClickOutside: false,
  closeOnEscape: false,
} as const;

type NotedProps = { says: string | false | undefined; role?: "status" | "alert"; children: ReactNode };

/** With a sentence over it. */
function Noted({ says, role = "status", children }: NotedProps) {
  if (!says) return children;
  return (
    <Popover {...BESIDE}>
      <Popover.Target>
        <div className={classes.content}>{children}</div>
      </Popover.Target>
      <Popover.Dropdown className={classes.note ?? ""}>
        <p role={role}>{says}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

type ConflictProps = {
  label: string;
  mine: string;
  theirs: string;
  onSettle: (isMine: boolean) => void;
  children: ReactNode;
};

/** Both values, and which of them is to stay. */
function Conflict({ label, mine, theirs, onSettle, children }: ConflictProps) {
  const cell = useRef<HTMLDivElement>(null);
  // Drawn elsewhere on the page; who has gone on to something else is not called back.
  const takeFocus = useCallback((button: HTMLButtonElement | null) => {
    const { activeElement: at } = document;
    if (at === document.body || at?.contains(cell.current)) button?.focus({ preventScroll: true });
  }, []);
  return (
    <Popover {...BESIDE}>
      <Popover.Target>
        <div ref={cell} className={classes.content}>
          {children}
        </div>
      </Popover.Target>
      <Popover.Dropdown className={classes.note ?? ""}>
        <div
          role="dialog"
          aria-label={t("{label} was changed meanwhile", { label })}
          className={classes.conflict}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onSettle(false);
          }}
        >
          <p>{t("A teammate or a program has changed this value since you loaded it.")}</p>
          <dl>
            <dt>{t("Saved now")}</dt>
            <dd>{theirs || t("(empty)")}</dd>
            <dt>{t("Your value")}</dt>
            <dd>{mine || t("(empty)")}</dd>
          </dl>
          <div className="row end">
            <Button ref={takeFocus} variant="default" size="xs" onClick={() => onSettle(false)}>
              {t("Keep the saved value")}
            </Button>
            <Button size="xs" onClick={() => onSettle(true)}>
              {t("Save your value")}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
