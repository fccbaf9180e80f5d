import "./pages/account/authorize/fold.ts";
import "./pages/mail/mailbox-sign-in/returned.ts";
import "@fontsource-variable/inter/wght.css";
import "./mantine.css";
import "./look.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ComponentType, lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { InLanguage } from "./language/InLanguage.tsx";
import { startLanguage } from "./language/languages.ts";
import { applyRows } from "./pages/account/appearance/rows.ts";
import { nonce } from "./parts/nonce.ts";
import { router } from "./routes.tsx";
import { queries } from "./session.ts";
import { pointAtOurColors, theme } from "./theme.ts";
import { listenForInstallPrompt } from "./worker/install-prompt.ts";
import { registerWorker } from "./worker/register.ts";

/** Where its file cannot be had, the page stays without it. */
const Toasts = lazy<ComponentType>(() =>
  import("./frame/Toasts.tsx").then(
    (file) => ({ default: file.Toasts }),
    () => ({ default: () => null }),
  ),
);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
applyRows();
registerWorker();
listenForInstallPrompt();
// Asked for before the first text is drawn with another font, which would move as soon as this one is there.
void document.fonts.load("1em 'Inter Variable'");

// Not awaited at the top: a module that waits cannot share its file with what the pages import from it.
void startLanguage().then(() =>
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={pointAtOurColors}
        defaultColorScheme="auto"
        colorSchemeManager={localStorageColorSchemeManager()}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queries}>
          <InLanguage>
            <RouterProvider router={router} />
            <Suspense>
              <Toasts />
            </Suspense>
          </InLanguage>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  ),
);
