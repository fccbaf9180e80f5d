// The look as Mantine understands it. Colors are named once, in look.css; here Mantine's own variables
// are pointed at them, so that its parts and ours cannot drift apart.

import type {
  ButtonProps,
  CheckboxProps,
  CSSVariablesResolver,
  InputWrapperProps,
  MantineColorsTuple,
  MantineTheme,
  MenuProps,
  ModalProps,
  PasswordInputProps,
  RadioProps,
  SelectProps,
  SkeletonProps,
  TooltipProps,
} from "@mantine/core";
import { createTheme } from "@mantine/core";
import { t } from "./language/t.ts";

const accent: MantineColorsTuple = [
  "#eef2ff",
  "#e0e7ff",
  "#c7d2fe",
  "#a5b4fc",
  "#818cf8",
  "#6366f1",
  "#4f46e5",
  "#4338ca",
  "#3730a3",
  "#312e81",
];

const still = { transitionProps: { duration: 120, transition: "fade" } } as const;

// Mantine takes its grays by number; these are look.css's, so that nothing of its own shines through.
const gray: MantineColorsTuple = [
  "#f8f8fa",
  "#f1f1f4",
  "#e7e7ec",
  "#dcdce2",
  "#d2d2da",
  "#a9a9b4",
  "#74757f",
  "#5d5e69",
  "#3a3a42",
  "#1b1b20",
];
const dark: MantineColorsTuple = [
  "#ececf1",
  "#c9c9d2",
  "#9d9daa",
  "#7d7d8a",
  "#3a3a46",
  "#26262e",
  "#191920",
  "#131317",
  "#0e0e11",
  "#0a0a0c",
];

export const theme = createTheme({
  colors: { accent, gray, dark },
  primaryColor: "accent",
  primaryShade: 6,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.45", sm: "1.45", md: "1.45", lg: "1.45", xl: "1.45" },
  spacing: { xs: "0.25rem", sm: "0.5rem", md: "0.75rem", lg: "1rem", xl: "1.5rem" },
  radius: { xs: "4px", sm: "6px", md: "6px", lg: "8px", xl: "8px" },
  defaultRadius: "sm",
  shadows: { xs: "none", sm: "none", md: "none", lg: "none", xl: "none" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: parts(),
});

/** Mantine's parts by their names, not imported: each loads with the first page that has one. */
function parts(): MantineTheme["components"] {
  return {
    Button: {
      defaultProps: { size: "sm" } satisfies Partial<ButtonProps>,
      vars: () => ({ root: { "--button-height": "var(--control)", "--button-padding-x": "0.75rem" } }),
    },
    Input: { vars: () => ({ wrapper: { "--input-height": "var(--control)" } }) },
    InputWrapper: {
      defaultProps: {
        inputWrapperOrder: ["label", "input", "description", "error"],
      } satisfies Partial<InputWrapperProps>,
    },
    Select: {
      defaultProps: { comboboxProps: still, allowDeselect: false } satisfies Partial<SelectProps>,
    },
    Modal: {
      defaultProps: {
        ...still,
        centered: false,
        yOffset: "5vh",
        padding: "lg",
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: {
          get "aria-label"() {
            return t("Close");
          },
        },
      } satisfies Partial<ModalProps>,
    },
    PasswordInput: {
      defaultProps: {
        visibilityToggleButtonProps: {
          get "aria-label"() {
            return t("Show or hide the password");
          },
        },
      } satisfies Partial<PasswordInputProps>,
    },
    Checkbox: { defaultProps: { size: "xs" } satisfies Partial<CheckboxProps> },
    Radio: { defaultProps: { size: "xs" } satisfies Partial<RadioProps> },
    Menu: {
      defaultProps: {
        ...still,
        position: "bottom-end",
        withInitialFocusPlaceholder: false,
      } satisfies Partial<MenuProps>,
    },
    Tooltip: { defaultProps: { ...still, openDelay: 300 } satisfies Partial<TooltipProps> },
    Skeleton: { defaultProps: { radius: "xs" } satisfies Partial<SkeletonProps> },
  };
}

export const pointAtOurColors: CSSVariablesResolver = () => {
  const ours = {
    "--mantine-color-body": "var(--bg)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--soft)",
    "--mantine-color-placeholder": "var(--soft)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default": "var(--raised)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-disabled": "var(--hover)",
    "--mantine-color-disabled-color": "var(--soft)",
    "--mantine-color-disabled-border": "var(--line)",
  };
  return { variables: {}, light: ours, dark: ours };
};
