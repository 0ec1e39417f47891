import AttachFileIcon from "@mui/icons-material/AttachFile";
import Button, { type ButtonProps } from "@mui/material/Button";
import { useRef } from "react";

/** A button that asks for a file. */
export function FileButton({ onFile, children, ...props }: Omit<ButtonProps, "onClick"> & { onFile: (file: File) => void; "data-field"?: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button startIcon={<AttachFileIcon />} {...props} onClick={() => input.current?.click()}>{children}</Button>
      <input
        ref={input} type="file" hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
