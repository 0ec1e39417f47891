// What others' programs say of Parley's Model Context Protocol server. Run by scripts/test-mcp.
import { conformance } from "./conformance.mjs";
import { inspector } from "./inspector.mjs";

const postgres = process.env.PARLEY_TEST_POSTGRES;
await conformance();
await inspector([undefined, ...(postgres ? [postgres] : [])]);
