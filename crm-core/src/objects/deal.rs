//! Deals: business that may be won.

use crate::query::{Filter, Measure};
use crate::schema::*;

pub(super) const FORECAST_CATEGORIES: [(&str, &str); 6] = [
    ("pipeline", "Pipeline"),
    ("best_case", "Best case"),
    ("most_likely", "Most likely"),
    ("commit", "Commit"),
    ("closed", "Closed"),
    ("omitted", "Omitted"),
];

pub(super) fn definition() -> ObjectDef {
    object("deal", "deals", "Deal", "Deals")
        .label_in("de", "Verkaufschance", "Verkaufschancen")
        .also_called(["opportunity", "opportunities", "opp"])
        .description("Business that may be won.")
        .field(auto_number("number", "Number", "D-"))
        .field(reference("account_id", "Account", "account").aka(["company", "customer", "client"]).indexed())
        .field(reference("contact_id", "Primary contact", "contact").aka(["person"]).indexed())
        .field(reference("product_id", "Product", "product").aka(["item"]).indexed())
        .field(references("contact_ids", "Contacts", "contact"))
        .field(money("amount", "Amount").aka(["value", "size", "worth", "volume"]).label_in("de", "Betrag").indexed())
        .field(reference("pipeline_id", "Pipeline", "pipeline").indexed())
        .field(
            reference("stage_id", "Stage", "stage").aka(["phase", "status", "step"]).label_in("de", "Phase").indexed(),
        )
        .field(
            percent("probability", "Probability")
                .aka(["chance", "likelihood", "odds"])
                .label_in("de", "Wahrscheinlichkeit")
                .range(0.0, 100.0)
                .indexed(),
        )
        .field(
            date("close_date", "Close date")
                .aka(["closing", "closes", "closed on", "closing date"])
                .label_in("de", "Abschlussdatum")
                .indexed(),
        )
        .field(formula("expected_revenue", "Expected revenue", "amount * probability / 100", ResultType::Number))
        .field(select("forecast_category", "Forecast category", FORECAST_CATEGORIES))
        .field(text("next_step", "Next step"))
        .field(text("lead_source", "Lead source").aka(["source"]))
        .field(text("lost_reason", "Lost because").aka(["loss reason", "reason"]))
        .field(boolean("is_closed", "Closed").read_only().default(false))
        .field(boolean("is_won", "Won").read_only().default(false))
        .field(datetime("stage_entered_at", "In stage since").read_only())
        .field(
            json("stage_history", "Stage history")
                .read_only()
                .description("Each stage the deal was in: stage, entered, left."),
        )
        .field(long_text("description", "Description"))
        .phrase(
            Phrase::saying("en", ["open", "active"])
                .or("de", ["offen"])
                .or("fr", ["ouvertes", "ouverte", "en cours", "actives"])
                .or("es", ["abiertas", "abierta", "en curso", "activas"])
                .or("pt", ["abertas", "aberta", "em aberto", "em curso", "ativas"])
                .which(open()),
        )
        .phrase(
            Phrase::saying("en", ["won", "win", "closed won"])
                .or("de", ["gewonnen"])
                .or("fr", ["gagnées", "gagnée", "remportées", "conclues et gagnées", "signées"])
                .or("es", ["ganadas", "ganada", "cerradas y ganadas", "cerradas ganadas"])
                .or("pt", ["ganhas", "ganha", "fechadas e ganhas"])
                .which(won())
                .on("close_date"),
        )
        .phrase(
            Phrase::saying("en", ["lost", "lose", "losses", "closed lost"])
                .or("de", ["verloren"])
                .or("fr", ["perdues", "perdue", "perdre", "conclues et perdues"])
                .or("es", ["perdidas", "perdida", "perder", "cerradas y perdidas", "cerradas perdidas"])
                .or("pt", ["perdidas", "perdida", "perder", "fechadas e perdidas"])
                .which(Filter::all([Filter::eq("is_closed", true), Filter::eq("is_won", false)]))
                .on("close_date"),
        )
        .phrase(
            Phrase::saying("en", ["closed"])
                .or("de", ["abgeschlossen"])
                .or("fr", ["clôturées", "clôturée", "conclues", "fermées"])
                .or("es", ["cerradas", "cerrada", "concluidas"])
                .or("pt", ["fechadas", "fechada", "encerradas", "concluídas"])
                .which(closed())
                .on("close_date"),
        )
        .phrase(
            Phrase::saying(
                "en",
                [
                    "sales",
                    "sold",
                    "sell",
                    "revenue",
                    "earned",
                    "earnings",
                    "earn",
                    "make",
                    "made",
                    "rev",
                    "bought",
                    "buy",
                    "purchased",
                ],
            )
            .or("de", ["Umsatz", "verkauft", "Verkäufe"])
            .or("fr", ["ventes", "chiffre d'affaires", "vendu", "CA"])
            .or("es", ["ventas", "vendido", "ingresos", "facturación"])
            .or("pt", ["vendas", "vendido", "receita", "faturação"])
            .which(won())
            .measuring(Measure::Sum { field: "amount".into() })
            .on("close_date"),
        )
        .phrase(
            Phrase::saying(
                "en",
                ["win rate", "success rate", "closing rate", "close rate", "conversion rate", "win ratio"],
            )
            .or("de", ["Gewinnquote", "Erfolgsquote"])
            .or("fr", ["taux de réussite", "taux de succès", "taux de signature"])
            .or("es", ["tasa de éxito", "tasa de cierre", "porcentaje de éxito"])
            .or("pt", ["taxa de sucesso", "taxa de fecho", "percentagem de sucesso"])
            .measuring(Measure::Ratio { of: won(), to: closed() })
            .on("close_date"),
        )
        .phrase(
            Phrase::saying(
                "en",
                ["in the pipeline", "pipeline", "pipeline report", "pipeline overview", "sales pipeline"],
            )
            .or("de", ["in der Pipeline", "Pipeline"])
            .or("fr", ["dans le pipeline", "pipeline", "pipeline commercial", "rapport de pipeline"])
            .or("es", ["en el pipeline", "pipeline", "embudo de ventas", "informe del pipeline"])
            .or("pt", ["no pipeline", "pipeline", "funil de vendas", "relatório do pipeline"])
            .which(open())
            .by("stage"),
        )
        .phrase(
            Phrase::saying("en", ["pipeline value"])
                .or("de", ["Pipelinewert"])
                .or("fr", ["valeur du pipeline", "montant du pipeline"])
                .or("es", ["valor del pipeline", "valor del embudo"])
                .or("pt", ["valor do pipeline", "valor do funil"])
                .which(open())
                .measuring(Measure::Sum { field: "amount".into() }),
        )
        .behaviour(crate::sales::DealRules)
        .build()
}

fn open() -> Filter {
    Filter::eq("is_closed", false)
}

fn closed() -> Filter {
    Filter::eq("is_closed", true)
}

fn won() -> Filter {
    Filter::eq("is_won", true)
}
