import { DndContext, DragOverlay, KeyboardSensor, MouseSensor, TouchSensor, pointerWithin, rectIntersection, useSensor, useSensors, type CollisionDetection, type DragEndEvent } from "@dnd-kit/core";
import Box from "@mui/material/Box";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { aggregateQuery } from "../api/records";
import type { Field, Filter, ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { nameOf } from "../records/columns";
import { BoardColumn } from "./BoardColumn";
import { CardBody } from "./BoardCard";
import { amountField } from "./columns";
import { moveByColumn } from "./keyboard";
import { MoveDialog } from "./MoveDialog";
import type { Column } from "./useColumns";
import { useMove } from "./useMove";

interface BoardProps { object: ObjectDef; field: Field; columns: Column[]; filter: Filter | undefined; q: string }

const collisions: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : rectIntersection(args));

export function Board({ object, field, columns, filter, q }: BoardProps) {
  const t = useText();
  const amount = amountField(object);
  const totals = useQuery(aggregateQuery(object.name, {
    filter, group: [{ field: field.name }],
    measures: [{ measure: "count" }, ...(amount ? [{ measure: "sum", field: amount.name }] : [])],
  }));
  const move = useMove(object, field);
  const [dragged, setDragged] = useState<RecordData | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: moveByColumn }),
  );
  const labelOf = (key: unknown) => columns.find((column) => column.key === key)?.label ?? "";
  const recordOf = (event: Pick<DragEndEvent, "active">) => event.active.data.current as RecordData;
  const finish = (event: DragEndEvent) => {
    setDragged(null);
    const record = recordOf(event);
    const column = columns.find((candidate) => candidate.key === event.over?.id);
    if (column && record[field.name] !== column.key) move.to(record, column);
  };
  return (
    <DndContext
      sensors={sensors} collisionDetection={collisions} onDragStart={(event) => setDragged(recordOf(event))} onDragCancel={() => setDragged(null)} onDragEnd={finish}
      accessibility={{
        screenReaderInstructions: { draggable: t("board.instructions") },
        announcements: {
          onDragStart: ({ active }) => t("board.lifted", { name: nameOf(active.data.current as RecordData) }),
          onDragOver: ({ active, over }) => over ? t("board.over", { name: nameOf(active.data.current as RecordData), column: labelOf(over.id) }) : undefined,
          onDragEnd: ({ active, over }) => over ? t("board.dropped", { name: nameOf(active.data.current as RecordData), column: labelOf(over.id) }) : undefined,
          onDragCancel: ({ active }) => t("board.cancelled", { name: nameOf(active.data.current as RecordData) }),
        },
      }}
    >
      <Box sx={{ display: "flex", gap: 1.5, overflowX: "auto", pb: 2, alignItems: "stretch", scrollSnapType: dragged ? "none" : { xs: "x mandatory", md: "none" } }} tabIndex={0} role="region" aria-label={t("board.region", { objects: object.plural_label })}>
        {columns.map((column) => (
          <BoardColumn
            key={column.key} object={object} field={field} column={column} columns={columns} filter={filter} q={q} move={move}
            total={totals.data?.groups.find((group) => keyOf(group.keys[0]) === column.key)} counted={totals.data !== undefined} amount={amount}
          />
        ))}
      </Box>
      <DragOverlay>{dragged && <CardBody object={object} field={field} record={dragged} lifted />}</DragOverlay>
      {move.asking && <MoveDialog object={object} asking={move.asking} pending={move.pending} onConfirm={move.confirm} onClose={move.cancel} />}
    </DndContext>
  );
}

const keyOf = (key: unknown) => (typeof key === "object" && key !== null && "id" in key ? key.id : key);
