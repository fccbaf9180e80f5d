import { CopyText } from "../../parts/CopyText.tsx";
import { useIsAdmin } from "../../session.ts";
import classes from "./PointClient.module.css";

/** What somebody with a program that calls Apollo needs to make it call us. */
export function PointClient() {
  const isAdmin = useIsAdmin();
  const base = location.origin;
  return (
    <section className={classes.part} aria-labelledby="client">
      <div>
        <h2 id="client" className={classes.title}>
          Point an Apollo client here
        </h2>
        <p className="soft">
          Cadenza answers Apollo's calls in Apollo's words. Change the address, use a key made here
          {isAdmin ? "" : " by an admin"}, and keep the rest.
        </p>
      </div>
      <div className={classes.field}>
        <h3 className={classes.label}>Base URL, in place of https://api.apollo.io</h3>
        <CopyText label="the base URL" text={base} wraps />
      </div>
      <div className={classes.field}>
        <h3 className={classes.label}>Try it</h3>
        <CopyText label="the example" text={exampleFor(base)} wraps />
      </div>
      <p className="small">
        <a href="/docs">API reference</a> <span className="soft">·</span>{" "}
        <a href="/openapi.json">openapi.json</a>
      </p>
    </section>
  );
}

function exampleFor(base: string) {
  return `curl "${base}/api/v1/users/search?per_page=5" \\\n  -H "x-api-key: YOUR_KEY"`;
}
