import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import classes from "./TaskView.module.css";

/** A text to say or to send, with a button that copies it. */
export function Script({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <div className={classes.scriptHead}>
        <h3 style={{ font: "inherit" }}>{title}</h3>
        <CopyButton text={text} label={t("Copy the text")} />
      </div>
      <div className={classes.script}>{text}</div>
    </section>
  );
}
