import Box from "@mui/material/Box";
import SvgIcon from "@mui/material/SvgIcon";
import type { ObjectDef } from "../api/types";
import { pictures } from "./pictures";

/** A tile that stands for an object: a picture for a word among its names, else its first letter; its hue follows its name. */
export function ObjectPicture({ object, size = 24 }: { object: Pick<ObjectDef, "name" | "label" | "also_called">; size?: number }) {
  const path = [object.name, ...(object.also_called ?? [])].map((word) => pictures[word.toLowerCase()]).find((found) => found !== undefined);
  const hue = hueOf(object.name);
  return (
    <Box
      aria-hidden
      sx={(theme) => ({
        width: size, height: size, flex: "none", borderRadius: `${size / 4}px`, display: "grid", placeItems: "center",
        fontSize: size * 0.48, fontWeight: 700, color: `hsl(${hue} 55% 30%)`, bgcolor: `hsl(${hue} 50% 91%)`,
        ...theme.applyStyles("dark", { color: `hsl(${hue} 60% 80%)`, bgcolor: `hsl(${hue} 30% 22%)` }),
      })}
    >
      {path ? <SvgIcon sx={{ fontSize: size * 0.62 }}><path d={path} /></SvgIcon> : object.label.charAt(0).toUpperCase()}
    </Box>
  );
}

function hueOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
  return (hash * 47) % 360;
}
