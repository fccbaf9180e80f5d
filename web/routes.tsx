// Every address there is. Pages load when they are gone to.

import { createRouter } from "@tanstack/react-router";
import { Lost } from "./frame/Lost.tsx";
import { TroublePage } from "./parts/Trouble.tsx";
import { doors } from "./routes/doors.tsx";
import { pages } from "./routes/pages.tsx";
import { frame, root } from "./routes/root.tsx";
import { settingsPages } from "./routes/settings.tsx";

export const router = createRouter({
  routeTree: root.addChildren([frame.addChildren([...pages, settingsPages]), ...doors]),
  defaultPreload: "intent",
  defaultErrorComponent: ({ error }) => <TroublePage error={error} />,
  defaultNotFoundComponent: Lost,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
