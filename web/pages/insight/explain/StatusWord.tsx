import { VisuallyHidden } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { State } from "../../../parts/State.tsx";
import classes from "./StatusWord.module.css";
import { type ExplainSubject, writeSubject } from "./subject.ts";
import { stateWords } from "./words.ts";

type Props = {
  of: ExplainSubject;
  /** The state's code, as the API has it. */
  state: string;
  /** What else belongs to the word: a reason, a date. */
  note?: string | null | undefined;
};

/** A state that can be asked why. Behind it is the Why panel, by the address, so that Back closes it. */
export function StatusWord({ of, state, note }: Props) {
  const [, change] = useAddress();
  const { kind, word } = stateWords(state);
  return (
    <button
      type="button"
      className={classes.word}
      onClick={(event) => {
        event.stopPropagation(); // a click on the row opens something else
        change({ why: writeSubject(of) });
      }}
      onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
    >
      <State kind={kind}>{word}</State>
      {note && <span className={classes.note}>{note}</span>}
      <VisuallyHidden> {t("Why?")}</VisuallyHidden>
    </button>
  );
}
