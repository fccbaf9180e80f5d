import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { type PastedCalls, readPasted } from "./pasted-calls.ts";
import classes from "./ScopePicker.module.css";

/** Selects the calls that a program's text makes, and says which of them it could not. */
export function PasteCalls({ onFound }: { onFound: (scopes: readonly string[]) => void }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<PastedCalls | null>(null);
  const read = () => {
    const calls = readPasted(text);
    setFound(calls);
    onFound(calls.scopes);
  };
  return (
    <details className={classes.pasted}>
      <summary className="small">{t("Paste your program's calls")}</summary>
      <div className="stack" style={{ gap: 8, marginTop: 8 }}>
        <Textarea
          label={t("Code or a list of addresses")}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={200_000}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <Button size="xs" variant="default" disabled={text.trim() === ""} onClick={read}>
            {t("Select these calls")}
          </Button>
        </div>
        <div role="status">{found && <Result found={found} />}</div>
      </div>
    </details>
  );
}

function Result({ found }: { found: PastedCalls }) {
  const { scopes, needNone, needMaster, unclear, unknown } = found;
  return (
    <div className="small">
      <p>
        {t("{calls, plural, =0 {No call selected.} one {# call selected.} other {# calls selected.}}", {
          calls: scopes.length,
        })}
      </p>
      <Calls says={t("Need no permission:")} calls={needNone} />
      <Calls says={t("Need a key with full access:")} calls={needMaster} />
      <Calls says={t("Write GET, POST, PUT, PATCH or DELETE before:")} calls={unclear} />
      <Calls says={t("Not known:")} calls={unknown} />
    </div>
  );
}

function Calls({ says, calls }: { says: string; calls: readonly string[] }) {
  if (calls.length === 0) return null;
  return (
    <p>
      {says}{" "}
      {calls.map((call) => (
        <code key={call} className={classes.call}>
          {call}
        </code>
      ))}
    </p>
  );
}
