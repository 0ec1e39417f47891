//! Pipelines: the ways that deals take.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("pipeline", "pipelines", "Pipeline", "Pipelines")
        .plain()
        .hidden()
        .description("A way that deals take, stage by stage.")
        .field(boolean("is_default", "Default").default(false))
        .field(number("position", "Position").default(0))
        .behaviour(crate::sales::PipelineRules)
        .build()
}
