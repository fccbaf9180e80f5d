// Where toasts appear. It loads after the page, because there is nothing to say before something was done.

import { Notifications } from "@mantine/notifications";
import { MOST_TOASTS } from "../parts/toast.tsx";

export function Toasts() {
  return <Notifications position="bottom-right" limit={MOST_TOASTS} autoClose={5000} containerWidth={380} />;
}
