// Whether a letter pressed just now is meant as a key, or belongs to the field that the user types in.

// texts: not translated, these are selectors
const TAKES_LETTERS = "input, textarea, select, [contenteditable], [role=listbox], [role=menu]";
// texts: not translated, these are selectors
const TAKES_NO_LETTERS = "input[type=checkbox], input[type=radio]";

export function isBusyElsewhere(event: KeyboardEvent) {
  const target = event.target instanceof Element ? event.target : null;
  const isTyping = target?.closest(TAKES_LETTERS) && !target.matches(TAKES_NO_LETTERS);
  return Boolean(isTyping) || document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}

export function hasModifier(event: KeyboardEvent) {
  return event.ctrlKey || event.metaKey || event.altKey;
}
