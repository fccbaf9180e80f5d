import { Link } from "@tanstack/react-router";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { ScorePreview } from "./queries.ts";
import classes from "./Score.module.css";
import { TENS } from "./words.ts";

type Props = { preview: ScorePreview | undefined; error: unknown };

/** What the draft comes to: how many stand where, before and after, and who moves most. */
export function Preview({ preview, error }: Props) {
  if (error) return <Trouble error={error} doing="writing" />;
  if (!preview) return <p className="soft small">{t("Calculating …")}</p>;
  if (preview.counted === 0) return <p className="soft small">{t("No contacts to score yet.")}</p>;
  const most = Math.max(1, ...preview.before, ...preview.after);
  const share = (count: number) => `${Math.round((100 * count) / most)}%`;
  return (
    <div className="stack" aria-live="polite">
      <table className={classes.spread}>
        <caption className="soft small">
          <Trans
            text="{counted, number} contacts: now {span}, after saving"
            values={{
              counted: preview.counted,
              span: <span className={classes.before} aria-hidden="true" />,
            }}
          />{" "}
          <span className={classes.after} aria-hidden="true" />
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("Score")}</th>
            <th scope="col">{t("Now")}</th>
            <th scope="col">{t("After saving")}</th>
          </tr>
        </thead>
        <tbody>
          {TENS.map((ten, n) => (
            <tr key={ten}>
              <th scope="row">{ten}</th>
              {(["before", "after"] as const).map((when) => (
                <td key={when}>
                  <span className={classes[when]} style={{ width: share(preview[when][n] ?? 0) }} />
                  {figure(preview[when][n] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={classes.movers}>
        {preview.contacts.map(({ id, name, title, before, after, parts }) => (
          <li key={id}>
            <span>
              <Link to="/contacts/$id" params={{ id }}>
                {name ?? t("Unnamed contact")}
              </Link>
              <span className="soft small">
                {title && ` ${title}.`}{" "}
                {parts
                  .map(({ says, points }) => (points === 0 ? says : `${says} ${signed(points)}`))
                  .join(", ")}
              </span>
            </span>
            <span className={classes.moved}>
              {before} → {after}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function signed(points: number) {
  return points < 0 ? `−${-points}` : `+${points}`;
}
