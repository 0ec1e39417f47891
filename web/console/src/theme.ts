import { createTheme } from "@mui/material/styles";

/** Calm and dense: one accent, hairlines instead of shadows, small controls. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data-theme" },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: "#0b6b66", dark: "#084f4b", light: "#3f8f8a", contrastText: "#ffffff" },
        secondary: { main: "#4a4fb3" },
        error: { main: "#b3261e" },
        warning: { main: "#8a5300" },
        success: { main: "#1b6e3c" },
        info: { main: "#1a5fa8" },
        background: { default: "#f5f6f7", paper: "#ffffff" },
        text: { primary: "#1a2024", secondary: "#56616a" },
        divider: "#e1e5e8",
      },
    },
    dark: {
      palette: {
        primary: { main: "#5fc9c1", dark: "#3fa9a1", light: "#8be0d9", contrastText: "#04211f" },
        secondary: { main: "#a9adf5" },
        error: { main: "#ff8a80" },
        warning: { main: "#f2b45c" },
        success: { main: "#74d196" },
        info: { main: "#86bdf4" },
        background: { default: "#101417", paper: "#181d21" },
        text: { primary: "#e8ecee", secondary: "#a3adb5" },
        divider: "#2b3339",
      },
    },
  },
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: '"Inter", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    fontSize: 13,
    htmlFontSize: 16,
    h1: { fontSize: "1.375rem", fontWeight: 650, letterSpacing: "-0.01em", lineHeight: 1.3 },
    h2: { fontSize: "1rem", fontWeight: 650, lineHeight: 1.4 },
    h3: { fontSize: "0.875rem", fontWeight: 650, lineHeight: 1.4 },
    button: { textTransform: "none", fontWeight: 600 },
    overline: { fontSize: "0.6875rem", fontWeight: 650, letterSpacing: "0.06em", lineHeight: 2 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontSize: "0.875rem" },
        ":focus-visible": { outline: "2px solid var(--mui-palette-primary-main)", outlineOffset: "1px" },
        "@media (prefers-reduced-motion: reduce)": { "*, *::before, *::after": { animationDuration: "0.01ms !important", animationIterationCount: "1 !important", transition: "none !important" } },
      },
    },
    MuiButton: { defaultProps: { size: "small", disableElevation: true }, styleOverrides: { root: { minHeight: 32, paddingInline: 12 } } },
    MuiIconButton: { defaultProps: { size: "small" } },
    MuiInputBase: { styleOverrides: { root: { fontSize: "0.875rem", "@media (pointer: coarse)": { fontSize: "1rem" } } } },
    MuiTextField: { defaultProps: { size: "small", fullWidth: true } },
    MuiFormControl: { defaultProps: { size: "small" } },
    MuiSelect: { defaultProps: { size: "small" } },
    MuiAutocomplete: { defaultProps: { size: "small" } },
    MuiChip: { defaultProps: { size: "small" }, styleOverrides: { root: { borderRadius: 6 } } },
    MuiTable: { defaultProps: { size: "small" } },
    // What is hidden inside must scroll along, else it widens the page.
    MuiTableContainer: { styleOverrides: { root: { position: "relative" } } },
    MuiTableCell: { styleOverrides: { sizeSmall: { paddingInline: 12 }, root: { fontSize: "0.8125rem", borderColor: "var(--mui-palette-divider)" }, head: { fontWeight: 600, color: "var(--mui-palette-text-secondary)", whiteSpace: "nowrap" } } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" }, outlined: { borderColor: "var(--mui-palette-divider)" } } },
    MuiCheckbox: { defaultProps: { size: "small" } },
    MuiSwitch: { defaultProps: { size: "small" } },
    MuiTooltip: { defaultProps: { enterDelay: 400 } },
    MuiListItemButton: { styleOverrides: { root: { borderRadius: 6 } } },
    MuiLink: { defaultProps: { underline: "hover" } },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: "sm" } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: "1.0625rem", fontWeight: 650 } } },
    MuiTab: { styleOverrides: { root: { minHeight: 40, textTransform: "none", fontWeight: 600 } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 40 } } },
    MuiAlert: { styleOverrides: { root: { alignItems: "center" } } },
  },
});
