import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import classes from "./Door.module.css";
import { Logo } from "./Logo.tsx";

/** A page outside the frame: one thing to do, in the middle. */
export function Door({ title, says, children }: { title: string; says?: ReactNode; children?: ReactNode }) {
  useDocumentTitle(t("{title} · Cadenza", { title }));
  return (
    <main className={classes.door}>
      <div className={classes.inner}>
        <Logo size={32} />
        <div>
          <h1 className={classes.title}>{title}</h1>
          {says && <p className="soft">{says}</p>}
        </div>
        {children}
      </div>
    </main>
  );
}
