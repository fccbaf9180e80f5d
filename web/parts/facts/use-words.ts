import { useRef, useState } from "react";
import { t } from "../../language/t.ts";
import type { NotSaved } from "../fact-saved.ts";
import { readBegun, writeKept } from "../kept-storage.ts";
import { wordsIn } from "./fact.ts";

/** `shown`: what stood there when the field was opened. */
type Save = (value: string, shown: string) => Promise<NotSaved>;

/** `from`: what stood there when it was opened. `refused`: the text that was not taken, and why. */
type Editing = {
  draft: string;
  from: string;
  refused: { text: string; why: string; mayRepeat: boolean } | null;
};

/**
 * A text while it is edited in place. It stays open until it is saved. If the server refuses it, the field keeps the text and says why.
 * If a teammate has changed the value meanwhile, the field shows that value before it replaces it. A reload and an ended session bring
 * the open field back with what was typed.
 */
export function useWords(place: string, value: string, onSave: Save) {
  const [editing, setEditing] = useState<Editing | null>(() => keptEditing(place));
  const isSaving = useRef(false);
  const close = () => {
    setEditing(null);
    writeKept(place, null);
  };
  const type = (draft: string) => {
    if (!editing) return;
    setEditing({ ...editing, draft });
    writeKept(place, { base: editing.from, mine: draft });
  };

  async function keep() {
    if (!editing || isSaving.current) return;
    const { draft, from, refused } = editing;
    const text = draft.trim();
    if (text === from.trim() || text === value.trim()) return close();
    if (refused?.text === text && !refused.mayRepeat) return; // it would be refused again
    isSaving.current = true;
    const why = await onSave(text, from);
    if (why === null) close();
    else if (typeof why === "string")
      setEditing((then) => then && { ...then, refused: { text, why, mayRepeat: false } });
    else {
      const now = wordsIn(why.changedTo);
      const says = now
        ? t("Changed meanwhile to “{value}”. Press Enter to replace it, Esc to keep it.", { value: now })
        : t("Cleared meanwhile. Press Enter to save yours, Esc to leave it empty.");
      setEditing({ draft, from: now, refused: { text, why: says, mayRepeat: true } });
    }
    isSaving.current = false;
  }

  return {
    draft: editing?.draft ?? null,
    why: editing?.refused?.why ?? null,
    open: () => setEditing({ draft: value, from: value, refused: null }),
    type,
    close,
    keep,
  };
}

function keptEditing(place: string): Editing | null {
  const begun = readBegun<string>(place);
  return begun && { draft: begun.mine, from: begun.base, refused: null };
}
