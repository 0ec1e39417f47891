//! Stages of a pipeline.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("stage", "stages", "Stage", "Stages")
        .plain()
        .hidden()
        .also_called(["phase", "step"])
        .description(
            "A step of a pipeline. It sets the probability of its deals and whether they are open, won or lost.",
        )
        .field(reference("pipeline_id", "Pipeline", "pipeline").required().indexed())
        .field(number("position", "Position").default(0))
        .field(percent("probability", "Probability").range(0.0, 100.0).default(0).required())
        .field(
            select("outcome", "Outcome", [("open", "Open"), ("won", "Won"), ("lost", "Lost")])
                .default("open")
                .required(),
        )
        .field(select("forecast_category", "Forecast category", super::deal::FORECAST_CATEGORIES))
        .field(
            json("required_fields", "Required fields")
                .description("Names of the deal's fields that must have a value on entering the stage."),
        )
        .build()
}
