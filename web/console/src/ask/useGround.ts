import { useColorScheme } from "@mui/material/styles";
import type { Ground } from "./chart";

/** Whether the page is light or dark, as somebody chose it or their system has it. */
export function useGround(): Ground {
  const { mode, systemMode } = useColorScheme();
  return (mode === "system" ? systemMode : mode) === "dark" ? "dark" : "light";
}
