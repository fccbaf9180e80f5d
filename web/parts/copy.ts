/** True if the text is on the clipboard now. */
export async function copyText(text: string): Promise<boolean> {
  // Browsers offer the clipboard to https and localhost only, and many run Cadenza on a plain address.
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {}
  }
  return copyBySelection(text);
}

function copyBySelection(text: string) {
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  // Inside the open dialog, if there is one: its focus trap would take the selection away from the body.
  (document.activeElement?.parentElement ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
