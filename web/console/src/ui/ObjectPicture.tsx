import Box from "@mui/material/Box";
import type { ObjectDef } from "../api/types";
import { pictureFor } from "./pictures";

/** A tile that stands for an object: a picture for a word among its names, else its first letter; its hue follows its name. */
export function ObjectPicture({ object, size = 24 }: { object: Pick<ObjectDef, "name" | "label" | "also_called">; size?: number }) {
  const picture = pictureFor([object.name, ...(object.also_called ?? [])]);
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
      {picture ? <svg width={size * 0.62} height={size * 0.62} fill="currentColor"><use href={picture} /></svg> : object.label.charAt(0).toUpperCase()}
    </Box>
  );
}

function hueOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
  return (hash * 47) % 360;
}
