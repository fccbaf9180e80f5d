import { useState } from "react";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import classes from "./Prompts.module.css";
import { usePrompts } from "./queries.ts";

const ABOUT = [
  { value: "opener", label: "For an opener" },
  { value: "reply_class", label: "For a reply" },
];

/** All that is sent, in the order it is sent in. */
export function Prompts() {
  const { data, error, refetch } = usePrompts();
  const [about, setAbout] = useState("opener");
  const prompt = about === "opener" ? data?.opener : data?.reply_class;
  return (
    <div className="stack">
      <div>
        <Segmented aria-label="Which prompt" data={ABOUT} value={about} onChange={setAbout} />
      </div>
      <Trouble error={error} onRetry={() => void refetch()} />
      {prompt?.messages.map(({ role, content }) => (
        <div key={role}>
          <p className="soft small">{role === "system" ? "What it is to do" : "What it is told of them"}</p>
          <pre className={classes.prompt}>{content}</pre>
        </div>
      ))}
    </div>
  );
}
