import Button, { type ButtonProps } from "@mui/material/Button";
import IconButton, { type IconButtonProps } from "@mui/material/IconButton";
import MuiLink, { type LinkProps as MuiLinkProps } from "@mui/material/Link";
import { createLink } from "@tanstack/react-router";
import type { Ref } from "react";

/** MUI's controls as links of the router: real addresses, opened in a new tab like any other. */
type Anchored<P> = Omit<P, "href" | "ref"> & { ref?: Ref<HTMLAnchorElement> };

export const Link = createLink(({ ref, ...props }: Anchored<MuiLinkProps>) => <MuiLink ref={ref} {...props} />);
export const ButtonLink = createLink(({ ref, ...props }: Anchored<ButtonProps<"a">>) => <Button component="a" ref={ref} {...props} />);
export const IconLink = createLink(({ ref, ...props }: Anchored<IconButtonProps<"a">>) => <IconButton component="a" ref={ref} {...props} />);
