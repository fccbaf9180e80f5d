import { ActionIcon, Tooltip } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { t } from "../../language/t.ts";
import { useLastKnown } from "../useLastKnown.ts";
import classes from "./Desk.module.css";

type Props = {
  title: string;
  /** One line of state in words. */
  state?: ReactNode;
  action?: ReactNode;
  /** Which part of all there is. */
  tabs?: ReactNode;
  /** What the list is narrowed to. */
  filters?: ReactNode;
  list: ReactNode;
  /** What is worked on, and what there is to know about it. */
  children: ReactNode;
  story?: ReactNode;
  /** On a phone one of the two is to be seen: the list, or what is open. */
  isOpen: boolean;
  /** The id of what is open: it is read from its beginning. */
  openId?: string | undefined;
  onBack: () => void;
};

/** A place to work through things one after the other: the list, the thing, its story. Fills the window. */
export function Desk(props: Props) {
  const { title, state, action, tabs, filters, list, children, story, isOpen, openId, onBack } = props;
  useDocumentTitle(t("{title} · Cadenza", { title }));
  const said = useLastKnown(state, title);
  const middle = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is open
  useEffect(() => void middle.current?.scrollTo(0, 0), [openId]);
  return (
    <div className={classes.desk} data-desk data-open={isOpen || undefined}>
      <header className={classes.top}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          <p className={classes.state}>{said || "\u00a0"}</p>
        </div>
        {action && <div data-main-action>{action}</div>}
        {tabs && <div className={classes.tabs}>{tabs}</div>}
      </header>
      <div className={classes.panes} data-story={story ? true : undefined}>
        <section className={classes.list} aria-label={t("{title}: list", { title })}>
          {filters && <div className={classes.filters}>{filters}</div>}
          <div className={classes.rows} data-desk-rows>
            {list}
          </div>
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
        <section ref={middle} className={classes.middle} aria-label={t("Details")} tabIndex={0}>
          {isOpen && (
            <div className={classes.back}>
              <Tooltip label={t("Back to the list")}>
                <ActionIcon variant="subtle" color="gray" onClick={onBack} aria-label={t("Back to the list")}>
                  <IconArrowLeft size="1rem" stroke={1.75} />
                </ActionIcon>
              </Tooltip>
            </div>
          )}
          {children}
          {story && <div className={classes.below}>{story}</div>}
        </section>
        {story && (
          /* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */
          <aside className={classes.story} aria-label={t("Contact")} tabIndex={0}>
            {story}
          </aside>
        )}
      </div>
    </div>
  );
}
