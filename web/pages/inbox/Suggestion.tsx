import { Button } from "@mantine/core";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import classes from "./IncomingView.module.css";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { saySuggested, wishBefore } from "./words.ts";

/** What a language model takes it for. It has changed nothing; whoever takes it says it in their own name. */
export function Suggestion({ mail }: { mail: Incoming }) {
  const { decideSuggestion, overrule } = useInboxChanges();
  const { suggestion } = mail;
  const [word, already] = saySuggested(mail);
  if (suggestion?.state !== "suggested" || mail.overruled) return null;
  const take = () => {
    const before = wishBefore(mail);
    decideSuggestion.mutate(
      { id: mail.id, decision: "accept" },
      {
        onSuccess: () =>
          toast(`Now read as: ${word}.`, {
            ...(before && { undo: () => overrule.mutateAsync({ id: mail.id, ...before }) }),
          }),
      },
    );
  };
  return (
    <div className={classes.suggestion}>
      <p className={classes.because}>
        {already ? "The model says so too: " : "The model suggests: "}
        <strong>{word}</strong>. {suggestion.reason}
      </p>
      {!already && (
        <span className={classes.suggestionVerbs}>
          <Button size="compact-xs" variant="default" loading={decideSuggestion.isPending} onClick={take}>
            Take it
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => decideSuggestion.mutate({ id: mail.id, decision: "drop" })}
          >
            Drop it
          </Button>
        </span>
      )}
      <Trouble error={decideSuggestion.error} doing="writing" />
    </div>
  );
}
