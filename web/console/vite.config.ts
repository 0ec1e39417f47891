import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

/** MUI's parts that the first page does without: loaded together, with the first list or form. */
const controls = new RegExp(
  `@mui/material/(${["Autocomplete", "Backdrop", "Checkbox", "Chip", "Dialog\\w*", "Drawer", "FilledInput", "FormControlLabel", "FormGroup", "Input", "InputAdornment", "Menu", "MenuItem", "MenuList", "Modal", "NativeSelect", "Popover", "Popper", "Portal", "Radio\\w*", "Rating", "Select", "Slide", "Snackbar\\w*", "Switch", "Table\\w*", "Tabs?", "TextField", "ToggleButton\\w*", "Tooltip", "useAutocomplete", "Unstable_TrapFocus", "ClickAwayListener"].join("|")})/|@popperjs`,
);
const foundation = /node_modules\/(@emotion|stylis|@mui\/(system|private-theming|styled-engine|utils\/(?!useRovingTabIndex|useSlotProps)|material\/(styles|utils|colors|ButtonBase|Button|IconButton|CircularProgress|Paper|Typography|Link|Box|SvgIcon|CssBaseline|Skeleton|Alert|AlertTitle|internal\/svg-icons)\/))/;
/** Our own small modules that nearly every page shares. */
const common = /console\/src\/(api\/|values\/(format|duration)|i18n\/index|ui\/(problem|notify|useTitle|NotFound|EmptyState|links|PageHeader|Waiting|ProblemAlert|PageProblem|ObjectPicture|pictures|Card|Hidden)\.|inbox\/(tabs|types|attention)\.|records\/useListState|shell\/shortcuts)/;
/** Those that pages of records share. */
const records = /console\/src\/(values\/|records\/columns|fields\/valueText)/;

// Two pages: the console itself, and the API try-out page under /api/.
export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2023",
    // A strict content security policy has no room for data: scripts or inlined assets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { console: resolve(here, "index.html"), api: resolve(here, "api/index.html") },
      output: {
        hashCharacters: "hex",
        codeSplitting: {
          groups: [
            { name: "react", priority: 4, test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack)\// },
            { name: "inputs", priority: 2, test: /@mui\/material\/(InputBase|OutlinedInput|InputLabel|FormControl|FormLabel|FormHelperText|TextareaAutosize)\// },
            { name: "common", priority: 2, test: common },
            { name: "records", priority: 1, test: records },
            { name: "controls", priority: 1, test: controls },
            { name: "foundation", priority: 3, test: foundation },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api/v1": process.env.PARLEY_SERVER ?? "http://127.0.0.1:8080" } },
  test: { include: ["src/**/*.test.ts"] },
});
