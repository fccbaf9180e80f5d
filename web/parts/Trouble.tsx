import { Unreached } from "@cadenza/sdk";
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Trans } from "../language/Trans.tsx";
import { t } from "../language/t.ts";
import { CopyButton } from "./CopyText.tsx";
import { Offline } from "./Offline.tsx";
import classes from "./Trouble.module.css";
import { accountFor, type Doing } from "./trouble.ts";

type Props = { error: unknown; doing?: Doing; onRetry?: () => void };

/** What went wrong, beside what it went wrong with. Draws nothing where nothing did. */
export function Trouble({ error, doing = "reading", onRetry }: Props) {
  if (!error) return null;
  const { happened, safe, todo, requestId, code } = accountFor(error, doing);
  return (
    <div role="alert" className={classes.trouble} ref={bringIntoView}>
      <IconAlertTriangle size="1rem" stroke={1.75} className={classes.sign} aria-hidden />
      <div className={classes.words}>
        <p className={classes.happened}>{happened}</p>
        {(safe || todo) && <p>{[safe, todo].filter(Boolean).join(" ")}</p>}
        {requestId && (
          <p className={classes.code}>
            <Trans
              text="Request ID <code>{requestId}</code>"
              values={{ requestId }}
              tags={{ code: <code /> }}
            />{" "}
            <CopyButton text={requestId} label={t("Copy request ID")} />
          </p>
        )}
        {!requestId && code && <p className={classes.code}>{code}</p>}
      </div>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t("Try again")}
        </Button>
      )}
    </div>
  );
}

/** At the foot of a long form it would not be seen. */
function bringIntoView(drawn: HTMLElement | null) {
  drawn?.scrollIntoView?.({ block: "nearest" });
}

/** Where a whole page could not be shown. */
export function TroublePage({ error }: { error: unknown }) {
  // A part of the app that is not loaded yet fails with an error of the browser's.
  if (error instanceof Unreached || !navigator.onLine) return <Offline />;
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{t("This page could not be loaded")}</h1>
      <Trouble error={error} onRetry={() => location.reload()} />
    </main>
  );
}
