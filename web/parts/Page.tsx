import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import classes from "./Page.module.css";
import { useLastKnown } from "./useLastKnown.ts";

type Props = {
  title: string;
  /** One line of state in words. */
  state?: ReactNode;
  /** The list it belongs to, where it is one record. */
  within?: ReactNode;
  /** The one filled button, if the page has something to begin. */
  action?: ReactNode;
  /** Takes the whole height and width there is: for a list that scrolls by itself. */
  fills?: true;
  children: ReactNode;
};

/** Every page's top: what it is, its state, and its actions. */
export function Page({ title, state, within, action, fills, children }: Props) {
  useDocumentTitle(t("{title} · Cadenza", { title }));
  const said = useLastKnown(state, title);
  return (
    <div className={classes.page} data-fills={fills}>
      <header className={classes.top}>
        <div className={classes.words}>
          {within && (
            <nav aria-label={t("Breadcrumb")} className={classes.within}>
              {within}
            </nav>
          )}
          <h1 className={classes.title}>{title}</h1>
          {/* Keeps its line while no state is known yet, so that nothing below jumps. */}
          <p className={classes.state}>{said || "\u00a0"}</p>
        </div>
        {action && <div data-main-action>{action}</div>}
      </header>
      {children}
    </div>
  );
}

type SectionProps = {
  title: string;
  note?: ReactNode;
  /** For a table or an editor that needs the page's whole width. */
  wide?: true;
  children: ReactNode;
};

/** A part of a page under a small heading, divided by a line. */
export function Section({ title, note, wide, children }: SectionProps) {
  return (
    <section className={classes.section} data-wide={wide}>
      <div className={classes.heading}>
        <h2 className={classes.subtitle}>{title}</h2>
        {note && <p className="soft small">{note}</p>}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
