import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import { FactGroup } from "../../../parts/RecordPage.tsx";
import { placeOf } from "../../../parts/told.ts";
import type { Contact } from "../../contacts/contacts/queries.ts";
import { signed } from "./Preview.tsx";
import classes from "./Score.module.css";

/** A contact's score and what it is made of: each signal's points, and the value that earned them. */
export function ScoreParts({ contact }: { contact: Contact }) {
  const { prospect_score: score, prospect_score_parts: parts, prospect_score_out_of: outOf } = contact;
  const sum = parts.reduce((all, { points }) => all + points, 0);
  return (
    <FactGroup title={t("Score {score}", { score })}>
      {parts.length === 0 ? (
        <p className="soft small">{t("No signals match this contact.")}</p>
      ) : (
        <ul className={classes.parts}>
          {parts.map(({ code, signal, points, says, seen }) => (
            <li key={signal ?? code}>
              <span>
                {says}
                <Seen code={code} says={says} seen={seen} />
              </span>
              {signal !== null && <span className={classes.moved}>{signed(points)}</span>}
            </li>
          ))}
        </ul>
      )}
      {(outOf !== 100 || sum < 0 || sum > 100) && parts.some(({ signal }) => signal !== null) && (
        <p className="soft small">{t("{sum} of {outOf} points", { sum, outOf })}</p>
      )}
    </FactGroup>
  );
}

type SeenProps = { code: string; says: string; seen: string | null };

/** The value in people's words, where it says more than the signal's name does. */
function Seen({ code, says, seen }: SeenProps) {
  if (!seen || /^[0-9a-f]{24}/.test(seen)) return null;
  const words = code === "time_zone" ? placeOf(seen) : seen.replaceAll("_", " ");
  if (says.toLowerCase().includes(words.toLowerCase())) return null;
  return <span className="soft"> {code === "seniority" ? sayRank(words) : words}</span>;
}

function sayRank(words: string) {
  return words === "vp" ? "VP" : words === "c suite" ? "C-suite" : capital(words);
}
