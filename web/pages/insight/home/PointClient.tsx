import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import { keysQuery } from "../../settings/api-keys/queries.ts";
import classes from "./PointClient.module.css";

/** What the owner of a program that calls Apollo needs to make it call Cadenza, once they have created a key. */
export function PointClient() {
  const { data: keys = [] } = useQuery(keysQuery);
  if (keys.length === 0) return null;
  const base = location.origin;
  return (
    <section className={classes.part} aria-labelledby="client">
      <div>
        <h2 id="client" className={classes.title}>
          {t("Connect an Apollo client")}
        </h2>
        <p className="soft">
          {t(
            "Cadenza is compatible with Apollo's API. Change the base URL and use an API key. Keep everything else.",
          )}
        </p>
      </div>
      <div className={classes.field}>
        <h3 className={classes.label}>{t("Base URL (instead of https://api.apollo.io)")}</h3>
        <CopyText label={t("the base URL")} text={base} wraps />
      </div>
      <div className={classes.field}>
        <h3 className={classes.label}>{t("Try it")}</h3>
        <CopyText label={t("the example")} text={exampleFor(base)} wraps />
      </div>
      <p className="small">
        <a href="/docs">{t("API reference")}</a> <span className="soft">·</span>{" "}
        <a href="/openapi.json">{t("openapi.json")}</a>
      </p>
    </section>
  );
}

function exampleFor(base: string) {
  return `curl "${base}/api/v1/users/search?per_page=5" \\\n  -H "x-api-key: YOUR_KEY"`;
}
