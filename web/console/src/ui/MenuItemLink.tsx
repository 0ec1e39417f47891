import MenuItem, { type MenuItemProps } from "@mui/material/MenuItem";
import { createLink } from "@tanstack/react-router";
import type { Ref } from "react";

/** A menu's item that is a link of the router. Apart from `links`, as the first page needs no menus. */
export const MenuItemLink = createLink(({ ref, ...props }: Omit<MenuItemProps<"a">, "href" | "ref"> & { ref?: Ref<HTMLAnchorElement> }) => <MenuItem component="a" ref={ref} {...props} />);
