//! All that the rules of a language find in a text, from the words upwards.

use super::actions::Context;
use super::grammar::{Grammar, Rule};
use super::said::Said;
use super::token::Token;

/// A piece of a text, and what it says.
#[derive(Debug)]
pub(super) struct Edge {
    /// The first token, and the one behind the last.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) said: Said,
    /// What speaks against this reading where another says the same words.
    pub(super) cost: u32,
    things: Vec<u16>,
}

/// A rule, some of whose things are found.
#[derive(Debug, Clone, Copy)]
struct Partial {
    node: usize,
    start: usize,
    edge: usize,
    before: Option<usize>,
}

/// No expression is longer, in tokens.
const LONGEST: usize = 28;

/// So many pieces at one place are enough: what says more is not language.
const CROWD: usize = 160;

#[derive(Debug)]
pub(super) struct Chart<'a> {
    pub(super) grammar: &'a Grammar,
    tokens: &'a [Token],
    context: &'a Context,
    pub(super) edges: Vec<Edge>,
    /// The edges that begin at a token.
    beginning: Vec<Vec<usize>>,
    partials: Vec<Partial>,
    /// The partial rules that wait for something at a token.
    waiting: Vec<Vec<usize>>,
    /// The edge that the rules see now; they have seen those before it.
    present: usize,
}

impl<'a> Chart<'a> {
    /// All that is found in some tokens.
    pub(super) fn of(tokens: &'a [Token], grammar: &'a Grammar, context: &'a Context) -> Self {
        let places = || vec![Vec::new(); tokens.len() + 1];
        let mut chart = Self {
            grammar,
            tokens,
            context,
            edges: Vec::new(),
            beginning: places(),
            partials: Vec::new(),
            waiting: places(),
            present: 0,
        };
        for start in 0..tokens.len() {
            super::literal::literals(&tokens[start..], grammar.decimal, |length, said| {
                chart.add(start, start + length, said, 0)
            });
            grammar.phrases(&tokens[start..], |length, said| chart.add(start, start + length, said.clone(), 0));
        }
        while chart.present < chart.edges.len() {
            chart.follow(chart.present);
            chart.present += 1;
        }
        chart
    }

    fn add(&mut self, start: usize, end: usize, said: Said, cost: u32) {
        let known = self.beginning[start]
            .iter()
            .copied()
            .find(|edge| self.edges[*edge].end == end && self.edges[*edge].said == said);
        if let Some(known) = known {
            self.edges[known].cost = self.edges[known].cost.min(cost);
            return;
        }
        if self.beginning[start].len() >= CROWD {
            return;
        }
        self.beginning[start].push(self.edges.len());
        self.edges.push(Edge { start, end, things: Grammar::things(&said), said, cost });
    }

    /// Lets all rules see an edge: those that begin with it, and those that waited for it.
    fn follow(&mut self, edge: usize) {
        let start = self.edges[edge].start;
        self.step(0, start, edge, None);
        let mut index = 0;
        while let Some(partial) = self.waiting[start].get(index).copied() {
            index += 1;
            let Partial { node, start, .. } = self.partials[partial];
            self.step(node, start, edge, Some(partial));
        }
    }

    fn step(&mut self, node: usize, start: usize, edge: usize, before: Option<usize>) {
        let grammar = self.grammar;
        let found = &self.edges[edge];
        if found.end - start > LONGEST {
            return;
        }
        let glued = before.is_some() && self.tokens[found.start].glued;
        let next: Vec<usize> = grammar.node(node).after(&found.things, glued).collect();
        for node in next {
            self.reach(Partial { node, start, edge, before });
        }
    }

    /// Takes a partial rule into the chart: finishes it, and goes on with what already stands behind it.
    fn reach(&mut self, partial: Partial) {
        let end = self.edges[partial.edge].end;
        let index = self.partials.len();
        self.partials.push(partial);
        let node = self.grammar.node(partial.node);
        for rule in &node.done {
            self.finish(rule, index);
        }
        if self.waiting[end].len() >= CROWD * 4 || self.grammar.node(partial.node).is_last() {
            return;
        }
        self.waiting[end].push(index);
        for edge in self.beginning[end].clone() {
            // Those to come will find this rule waiting.
            if edge <= self.present {
                self.step(partial.node, partial.start, edge, Some(index));
            }
        }
    }

    fn finish(&mut self, rule: &Rule, last: usize) {
        let mut children = Vec::with_capacity(6);
        let mut at = Some(last);
        let mut cost = rule.cost;
        while let Some(partial) = at.map(|at| self.partials[at]) {
            children.push(&self.edges[partial.edge]);
            cost += self.edges[partial.edge].cost;
            at = partial.before;
        }
        let said: Vec<&Said> =
            children.iter().rev().map(|edge| &edge.said).filter(|said| !matches!(said, Said::Word(_))).collect();
        let start = self.partials[last].start;
        let end = self.edges[self.partials[last].edge].end;
        if let Some(said) = (rule.action)(&said, &rule.numbers, self.context) {
            self.add(start, end, said, cost);
        }
    }
}
