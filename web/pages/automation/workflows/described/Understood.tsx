import { listFormat } from "../../../../language/formats.ts";
import { t } from "../../../../language/t.ts";
import { kindOf } from "../kinds.ts";
import { sayTrigger, type Trigger } from "../trigger.ts";
import type { Described } from "./describe.ts";

const inWords = listFormat();

/** What a sentence was taken to mean, and which parts of it were not. */
export function Understood({
  described: { trigger, conditions, actions, missed },
}: {
  described: Described;
}) {
  const parts = [
    ...(trigger ? [sayTrigger(trigger as Trigger)] : []),
    ...conditions.map(({ says }) => says()),
    ...actions.map(({ type }) => kindOf(type).name),
  ];
  return (
    <ul className="small" aria-label={t("What was understood")} style={{ margin: 0, paddingLeft: 18 }}>
      <li>{t("Understood: {parts}.", { parts: parts.join(" → ") })}</li>
      {!trigger && <li>{t("No trigger was understood: choose one in the editor.")}</li>}
      {actions.length === 0 && <li>{t("No action was understood: add one in the editor.")}</li>}
      {missed.length > 0 && (
        <li>{t("Not understood: {parts}.", { parts: inWords.format(missed.map((part) => `“${part}”`)) })}</li>
      )}
    </ul>
  );
}
