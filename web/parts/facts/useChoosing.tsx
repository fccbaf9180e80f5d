import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { factNotSent, type NotSaved } from "../fact-saved.ts";
import { type FactValue, isAlike } from "./fact.ts";
import classes from "./useChoosing.module.css";

type Means<Value> = {
  /** What is saved, as far as the page knows. */
  saved: FactValue;
  onSave: (value: Value, shown: FactValue) => Promise<NotSaved>;
  say: (value: FactValue) => string;
};

type Pending<Value> = { value: Value; over: FactValue };

/**
 * Saves what is chosen at once, and shows it meanwhile. Where a teammate has chosen something else since the field was shown, nothing
 * is sent: the note names theirs and asks. A choice shows what is saved, so a message says why another one is not.
 */
export function useChoosing<Value extends FactValue>({ saved, onSave, say }: Means<Value>) {
  const [pending, setPending] = useState<Pending<Value> | null>(null);
  const [asked, setAsked] = useState<{ value: Value; changedTo: FactValue } | null>(null);
  const turn = useRef(Promise.resolve());
  if (pending && !isAlike(pending.over, saved)) setPending(null);
  const shown = pending ? pending.value : saved;

  const save = async (value: Value, from: FactValue) => {
    const why = await onSave(value, from);
    if (why === null) return;
    setPending(null);
    if (why === "") return;
    if (typeof why === "string") factNotSent(why);
    else setAsked({ value, ...why });
  };
  /** One after the other: several picked in a row are each seen by the next. */
  const choose = (value: Value, from: FactValue = shown) => {
    setAsked(null);
    setPending({ value, over: saved });
    turn.current = turn.current.then(() => save(value, from));
  };
  const [theirs, mine] = asked ? [say(asked.changedTo), say(asked.value)] : [];
  const note = asked && (
    <div role="alert" className={classes.note}>
      <p>{theirs ? t("Changed meanwhile to “{value}”.", { value: theirs }) : t("Cleared meanwhile.")}</p>
      <div className="row">
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => choose(asked.value, asked.changedTo)}
          autoFocus
        >
          {mine ? t("Replace with “{value}”", { value: mine }) : t("Clear it")}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsked(null)}>
          {t("Keep it")}
        </Button>
      </div>
    </div>
  );
  return { shown, choose: (value: Value) => choose(value), note };
}
