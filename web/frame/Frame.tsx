import { useMantineColorScheme } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { t } from "../language/t.ts";
import { WorkLines } from "../pages/insight/progress/WorkLines.tsx";
import type { Address } from "../parts/address.ts";
import { useMe } from "../session.ts";
import { BottomBar } from "./BottomBar.tsx";
import { EnrolHost } from "./EnrolHost.tsx";
import classes from "./Frame.module.css";
import { useKeys } from "./keys.ts";
import { Notices } from "./Notices.tsx";
import { OfflineNotice } from "./OfflineNotice.tsx";
import { useKeepOpened } from "./palette/opened.ts";
import { PaletteHost } from "./palette/PaletteHost.tsx";
import { Rail } from "./Rail.tsx";
import { SandboxBar } from "./SandboxBar.tsx";
import type { Hands } from "./verbs.tsx";
import { WhyHost } from "./WhyHost.tsx";

const KeyHelp = lazy(async () => ({ default: (await import("./KeyHelp.tsx")).KeyHelp }));

/** The frame around every page of a signed-in user. */
export function Frame() {
  const [isFolded, setIsFolded] = useLocalStorage({
    key: "cadenza-rail-folded",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [showsKeys, setShowsKeys] = useState(false);
  const [isSearching, setIsSearching] = useState(false);
  const search = () => setIsSearching(true);
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const hands: Hands = {
    go: (path, search = {}) => void navigate({ to: path, search }),
    color: setColorScheme,
    foldRail: () => setIsFolded((now) => !now),
    showKeys: () => setShowsKeys(true),
  };
  useKeys({ go: ({ path }) => hands.go(path), showKeys: hands.showKeys, foldRail: hands.foldRail });
  const main = useFocusOnArrival();
  const { pathname, search: shown } = useLocation();
  useKeepOpened(useMe().user.id, pathname, (shown as Address).open);

  return (
    <div className={classes.frame} data-folded={isFolded || undefined}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t("Skip to content")}
      </button>
      <Rail isFolded={isFolded} hands={hands} onSearch={search} />
      <div className={classes.column}>
        <SandboxBar />
        <OfflineNotice />
        <Notices />
        <main id="content" ref={main} tabIndex={-1} className={classes.main}>
          <div className={classes.content}>
            <Outlet />
          </div>
        </main>
        <WorkLines />
      </div>
      <BottomBar onSearch={search} />
      <PaletteHost hands={hands} isOpen={isSearching} onOpen={search} onClose={() => setIsSearching(false)} />
      <WhyHost />
      <EnrolHost />
      {showsKeys && (
        <Suspense>
          <KeyHelp onClose={() => setShowsKeys(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Going somewhere takes the focus along, so that keys and screen readers start where the eye does. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return; // also at the first page, where the browser knows best
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
  }, [pathname]);
  return main;
}
