import { useColorScheme } from "@mui/material/styles";
import { useNavigate } from "@tanstack/react-router";
import { mayAnswer, useSchema } from "../api/schema";
import { useAbility } from "../api/session";
import { useText } from "../i18n";

export interface Command { key: string; title: string; creates?: boolean; run: () => void }

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What can be gone to or begun, as far as it fits what was typed: every word of it must begin some word of the command. */
export function useCommands(typed: string): Command[] {
  const t = useText();
  const schema = useSchema();
  const navigate = useNavigate();
  const { mode, setMode } = useColorScheme();
  const configure = useAbility("configure");
  const audit = useAbility("read_audit");
  const keys = useAbility("manage_keys");
  const objects = schema.objects.filter((object) => object.rights.read);
  const all: (Command & { words?: string[] })[] = [
    { key: "home", title: t("home.title"), run: () => void navigate({ to: "/" }) },
    ...(mayAnswer(schema) ? [{ key: "inbox", title: t("inbox.title"), run: () => void navigate({ to: "/inbox" }) }] : []),
    ...objects.filter((object) => object.in_navigation && object.rights.create).map((object) => ({ key: `new ${object.name}`, title: t("record.new", { object: object.label }), creates: true, words: [object.name, ...(object.also_called ?? [])], run: () => void navigate({ to: "/records/$object/new", params: { object: object.name } }) })),
    ...objects.map((object) => ({ key: `go ${object.name}`, title: t("command.go", { place: object.plural_label }), words: [object.name, ...(object.also_called ?? [])], run: () => void navigate({ to: "/records/$object", params: { object: object.name } }) })),
    { key: "settings", title: t("settings.title"), run: () => void navigate({ to: "/settings" }) },
    ...(configure ? [{ key: "objects", title: t("admin.objects"), run: () => void navigate({ to: "/admin/objects" }) }] : []),
    ...(keys ? [{ key: "keys", title: t("admin.keys"), run: () => void navigate({ to: "/admin/api-keys" }) }] : []),
    ...(audit ? [{ key: "audit", title: t("admin.audit"), run: () => void navigate({ to: "/admin/audit" }) }] : []),
    { key: "theme", title: t("command.theme"), run: () => setMode(mode === "dark" ? "light" : "dark") },
  ];
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  const fits = ({ title, words = [] }: (typeof all)[number]) => {
    const own = fold([title, ...words].join(" ")).split(/[\s_-]+/);
    return wanted.every((word) => own.some((candidate) => candidate.startsWith(word)));
  };
  return all.filter(fits).slice(0, wanted.length > 0 ? 6 : 9);
}
