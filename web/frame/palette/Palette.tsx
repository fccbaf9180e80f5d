import { CloseButton, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { useIsAdmin } from "../../session.ts";
import { Key } from "../KeyHelp.tsx";
import type { Hands } from "../verbs.tsx";
import { actsFor, type FoundRecord, type RecordAct } from "./acts.ts";
import { localEntries } from "./entries.ts";
import { openRecord } from "./open-record.ts";
import classes from "./Palette.module.css";
import { ResultList } from "./ResultList.tsx";
import { groupsFor, groupsOf, nameOf, type Row } from "./rows.ts";
import { useFound } from "./useFound.ts";

type Props = { hands: Hands; onAct: (act: RecordAct) => void; onClose: () => void };

/** Records, pages and actions by name; and for a record, what can be done with it. */
export function Palette({ hands, onAct, onClose }: Props) {
  const isNarrow = useMediaQuery("(max-width: 29.99em)", undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      fullScreen={!!isNarrow}
      size={600}
      padding={0}
      yOffset="12vh"
      transitionProps={{ duration: 120, transition: "fade" }}
      overlayProps={{ backgroundOpacity: 0.4 }}
      attributes={{ content: { "aria-label": t("Search") } }}
      classNames={{ content: classes.content, body: classes.body }}
    >
      <Search hands={hands} onAct={onAct} onClose={onClose} />
    </Modal>
  );
}

const LIST = "palette-results";

function Search({ hands, onAct, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const [of, setOf] = useState<FoundRecord | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isAdmin = useIsAdmin();
  const entries = useMemo(() => localEntries(isAdmin), [isAdmin]);
  const words = typed.trim();
  const found = useFound(of ? "" : words);
  const groups = of ? groupsOf(of, words) : groupsFor(words, entries, found.records);
  const rows = groups.flatMap((group) => group.rows);
  const active = rows.find(({ key }) => key === chosen) ?? rows[0];
  const run = useRun({ hands, onAct, onClose });

  const type = (next: string) => {
    setTyped(next);
    setChosen(null);
  };
  const lookInto = (record: FoundRecord | null) => {
    type("");
    setOf(record);
    field.current?.focus(); // the button that was pressed is gone
  };
  const walk = (by: 1 | -1) => {
    const at = rows.findIndex(({ key }) => key === active?.key);
    setChosen(rows.at((at + by) % rows.length)?.key ?? null);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const does = keyDoes(event, { active, of, typed });
    if (does === null) return;
    event.preventDefault();
    if (does === "down") walk(1);
    else if (does === "up") walk(-1);
    else if (does === "run" && active) run(active);
    else if (does === "into" && active && "record" in active) lookInto(active.record);
    else if (does === "back") lookInto(null);
    else if (does === "close") onClose();
  };
  return (
    <>
      <div className={classes.top}>
        <IconSearch size="1rem" stroke={1.75} aria-hidden />
        <input
          type="text"
          role="combobox"
          className={classes.field}
          data-autofocus
          data-mantine-stop-propagation // the field hears Escape itself; the buttons below leave it to the dialog
          ref={field}
          autoComplete="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded={rows.length > 0}
          aria-controls={rows.length > 0 ? LIST : undefined}
          aria-activedescendant={active ? `${LIST}-${active.key}` : undefined}
          aria-label={placeholder(of)}
          placeholder={placeholder(of)}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
        />
        <CloseButton className={classes.close} aria-label={t("Close")} onClick={onClose} />
      </div>
      <ResultList
        id={LIST}
        groups={groups}
        active={active}
        typed={words}
        isLoading={!of && found.isLoading}
        error={of ? null : found.error}
        onRun={run}
      />
      <Foot active={active} of={of} onInto={lookInto} />
    </>
  );
}

function placeholder(of: FoundRecord | null) {
  return of ? t("Actions for {name}", { name: nameOf(of) }) : t("Search records, pages and actions");
}

type Situation = { active: Row | undefined; of: FoundRecord | null; typed: string };

function keyDoes(event: KeyboardEvent<HTMLInputElement>, { active, of, typed }: Situation) {
  if (event.nativeEvent.isComposing) return null;
  const atEnd = event.currentTarget.selectionStart === typed.length;
  switch (event.key) {
    case "ArrowDown":
      return "down";
    case "ArrowUp":
      return "up";
    case "Enter":
      return "run";
    case "Escape":
      return of ? "back" : "close";
    case "ArrowRight":
    case "Tab":
      return !event.shiftKey && active && "record" in active && atEnd ? "into" : null;
    case "ArrowLeft":
    case "Backspace":
      return of && typed === "" ? "back" : null;
    default:
      return null;
  }
}

function useRun({ hands, onAct, onClose }: Props) {
  const navigate = useNavigate();
  return (row: Row) => {
    onClose();
    if ("entry" in row) return row.entry.run(hands);
    if ("record" in row) return openRecord(navigate, row.record);
    const { act, of } = row;
    if (act.name === "open") return openRecord(navigate, of);
    if (act.name === "contact") return openRecord(navigate, { type: "contact", id: of.contact_id ?? "" });
    onAct({ name: act.name, record: of });
  };
}

type FootProps = {
  active: Row | undefined;
  of: FoundRecord | null;
  onInto: (of: FoundRecord | null) => void;
};

/** What the keys do, as buttons too, for fingers. */
function Foot({ active, of, onInto }: FootProps) {
  const record = active && "record" in active ? active.record : null;
  return (
    <div className={classes.foot}>
      {of && (
        <button type="button" className={classes.hint} onClick={() => onInto(null)}>
          <Key name="←" /> {t("Back")}
        </button>
      )}
      {record && actsFor(record).length > 1 && (
        <button type="button" className={classes.hint} onClick={() => onInto(record)}>
          <Key name="→" /> {t("Actions for {name}", { name: nameOf(record) })}
        </button>
      )}
      {!of && !record && (
        <span className={classes.said}>{t("Names, companies, subjects, pages, settings")}</span>
      )}
      <span className={classes.said} aria-hidden="true">
        <Key name="↵" /> {of ? t("Run") : t("Open")}
      </span>
    </div>
  );
}
