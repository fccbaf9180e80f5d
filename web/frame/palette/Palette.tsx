import { CloseButton, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { useIsAdmin } from "../../session.ts";
import { Key } from "../Key.tsx";
import type { Hands } from "../verbs.tsx";
import { type ActEntry, actsFor, type FoundRecord, type NamedAct, type RecordAct } from "./acts.ts";
import { localEntries } from "./entries.ts";
import { openRecord } from "./open-record.ts";
import classes from "./Palette.module.css";
import { ResultList } from "./ResultList.tsx";
import { groupsFor, groupsForAct, groupsOf, nameOf, type Row } from "./rows.ts";
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
  const [act, setAct] = useState<Picked>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isAdmin = useIsAdmin();
  const entries = useMemo(() => localEntries(isAdmin), [isAdmin]);
  const words = typed.trim();
  const found = useFound(of ? "" : words);
  const groups = of
    ? groupsOf(of, words)
    : act
      ? groupsForAct(act.name, words, found.records)
      : groupsFor(words, entries, found.records);
  const rows = groups.flatMap((group) => group.rows);
  const active = rows.find(({ key }) => key === chosen) ?? rows[0];
  const carryOut = useRun({ hands, onAct, onClose });

  const type = (next: string) => {
    setTyped(next);
    setChosen(null);
  };
  const lookInto = (record: FoundRecord | null) => {
    type("");
    setOf(record);
    field.current?.focus(); // the button that was pressed is gone
  };
  const pick = (next: Picked) => {
    type("");
    setAct(next);
    field.current?.focus();
  };
  const run = (row: Row) => {
    if ("entry" in row && "act" in row.entry) return pick(row.entry.act);
    if (!act || !("record" in row)) return carryOut(row);
    onClose();
    onAct({ name: act.name, record: row.record });
  };
  const walk = (by: 1 | -1) => {
    const at = rows.findIndex(({ key }) => key === active?.key);
    setChosen(rows.at((at + by) % rows.length)?.key ?? null);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const does = keyDoes(event, { active, isInside: Boolean(of || act), mayLookInto: !act, typed });
    if (does === null) return;
    event.preventDefault();
    if (does === "down") walk(1);
    else if (does === "up") walk(-1);
    else if (does === "run" && active) run(active);
    else if (does === "into" && active && "record" in active) lookInto(active.record);
    else if (does === "back") of ? lookInto(null) : pick(null);
    else if (does === "close") onClose();
  };
  return (
    <>
      <div className={classes.top}>
        <IconSearch size="1rem" stroke={1.75} aria-hidden />
        {(of || act) && <Chosen of={of} act={act} onRemove={() => (of ? lookInto(null) : pick(null))} />}
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
          aria-label={askedFor(of, act)}
          placeholder={act ? t("Search for a record") : of ? t("Search actions") : askedFor(of, act)}
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
      <Foot
        active={active}
        of={of}
        act={act}
        onInto={lookInto}
        onBack={() => (of ? lookInto(null) : pick(null))}
      />
    </>
  );
}

type Picked = (ActEntry & { name: NamedAct }) | null;

const withoutDots = (label: string) => label.replace(/ ?…$/, "");

type ChosenProps = { of: FoundRecord | null; act: Picked; onRemove: () => void };

/** The action that is to be done, or the record whose actions are listed: it stays in sight while one types. */
function Chosen({ of, act, onRemove }: ChosenProps) {
  const name = of ? nameOf(of) : withoutDots(act?.label ?? "");
  return (
    <button
      type="button"
      className={classes.chosen}
      aria-label={t("Remove {name}", { name })}
      onClick={onRemove}
    >
      <span>{name}</span>
      <IconX size="0.875rem" stroke={1.75} aria-hidden />
    </button>
  );
}

/** What the field asks for, in words. */
function askedFor(of: FoundRecord | null, act: Picked) {
  if (act) return t("{act}: search for a record", { act: withoutDots(act.label) });
  return of ? t("Actions for {name}", { name: nameOf(of) }) : t("Search records, pages and actions");
}

type Situation = { active: Row | undefined; isInside: boolean; mayLookInto: boolean; typed: string };

function keyDoes(
  event: KeyboardEvent<HTMLInputElement>,
  { active, isInside, mayLookInto, typed }: Situation,
) {
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
      return isInside ? "back" : "close";
    case "ArrowRight":
    case "Tab":
      return !event.shiftKey && mayLookInto && active && "record" in active && atEnd ? "into" : null;
    case "ArrowLeft":
    case "Backspace":
      return isInside && typed === "" ? "back" : null;
    default:
      return null;
  }
}

function useRun({ hands, onAct, onClose }: Props) {
  const navigate = useNavigate();
  return (row: Row) => {
    onClose();
    if ("entry" in row) return "run" in row.entry ? row.entry.run(hands) : undefined;
    if ("record" in row) return openRecord(navigate, row.record);
    const { act, of } = row;
    if (act.name === "open") return openRecord(navigate, of);
    if (act.name === "contact") return openRecord(navigate, { type: "contact", id: of.contact_id ?? "" });
    if (act.name === "write") return location.assign(`mailto:${encodeURIComponent(of.detail ?? "")}`);
    onAct({ name: act.name, record: of });
  };
}

type FootProps = {
  active: Row | undefined;
  of: FoundRecord | null;
  act: Picked;
  onInto: (of: FoundRecord) => void;
  onBack: () => void;
};

/** What the keys do, as buttons too, for fingers. */
function Foot({ active, of, act, onInto, onBack }: FootProps) {
  const record = active && !act && "record" in active ? active.record : null;
  return (
    <div className={classes.foot}>
      {(of || act) && (
        <button type="button" className={classes.hint} onClick={onBack}>
          <Key name="←" /> {t("Back")}
        </button>
      )}
      {record && actsFor(record).length > 1 && (
        <button type="button" className={classes.hint} onClick={() => onInto(record)}>
          <Key name="→" /> {t("Actions for {name}", { name: nameOf(record) })}
        </button>
      )}
      {!of && !act && !record && (
        <span className={classes.said}>{t("Names, companies, subjects, pages, settings")}</span>
      )}
      <span className={classes.said} aria-hidden="true">
        <Key name="↵" /> {of || act ? t("Run") : t("Open")}
      </span>
    </div>
  );
}
