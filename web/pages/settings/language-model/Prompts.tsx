import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./Prompts.module.css";
import { usePrompts } from "./queries.ts";

const ABOUT = perLanguage(() => [
  { value: "opener", label: t("Opener") },
  { value: "reply_class", label: t("Reply") },
]);

/** All that is sent, in the order it is sent in. */
export function Prompts() {
  const { data, error, refetch } = usePrompts();
  const [about, setAbout] = useState("opener");
  const prompt = about === "opener" ? data?.opener : data?.reply_class;
  return (
    <div className="stack">
      <div>
        <Segmented aria-label={t("Prompt")} data={ABOUT} value={about} onChange={setAbout} />
      </div>
      <Trouble error={error} onRetry={() => void refetch()} />
      {prompt?.messages.map(({ role, content }) => (
        <div key={role}>
          <p className="soft small">{role === "system" ? t("Instructions") : t("Contact data")}</p>
          <pre className={classes.prompt}>{content}</pre>
        </div>
      ))}
    </div>
  );
}
