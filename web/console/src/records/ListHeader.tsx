import AddIcon from "@mui/icons-material/Add";
import MoreIcon from "@mui/icons-material/MoreVert";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { useShortcut } from "../shell/shortcuts";
import { ButtonLink } from "../ui/links";
import { MenuItemLink } from "../ui/MenuItemLink";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import type { ListState } from "./useListState";

/** The heading of a list or board of an object's records. */
export function ListHeader({ object, count, state }: { object: ObjectDef; count?: number; state: ListState }) {
  const t = useText();
  const navigate = useNavigate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useShortcut("c", () => void navigate({ to: "/records/$object/new", params: { object: object.name } }), object.rights.create);
  return (
    <PageHeader title={object.plural_label} picture={<ObjectPicture object={object} size={36} />} subtitle={count === undefined ? undefined : t("list.count", { count })}>
      {object.rights.create && (
        <ButtonLink variant="contained" startIcon={<AddIcon />} to="/records/$object/new" params={{ object: object.name }} aria-keyshortcuts="c">{t("record.new", { object: object.label })}</ButtonLink>
      )}
      <IconButton aria-label={t("action.more")} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><MoreIcon /></IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => { setAnchor(null); state.set({ deleted: true }); }}>{t("list.showDeleted")}</MenuItem>
        {object.rights.configure && <MenuItemLink to="/admin/objects/$object" params={{ object: object.name }}>{t("list.configure")}</MenuItemLink>}
      </Menu>
    </PageHeader>
  );
}
