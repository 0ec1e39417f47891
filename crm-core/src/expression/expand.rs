//! The whole tree of an expression: fields by their full names, and other formulas in place of theirs.
//!
//! Formulas within formulas grow without anybody writing a long text, so the tree is bounded here, in breadth and in
//! depth: everything after this walks it by recursion, and so do the engines.

use super::Expression;
use super::node::Node;
use crate::error::FieldError;
use crate::schema::{FieldType, ObjectDef};

/// The most parts of a whole tree.
const MOST_NODES: usize = 2_000;
/// The most [`Node::depth`] from the top to a leaf. SQLite takes 1,000 levels, of which the fields and the query
/// around the expression need some.
const DEEPEST: usize = 800;

pub(super) fn expand(node: Node, object: &ObjectDef) -> Result<Node, FieldError> {
    Expander { object, inside: Vec::new(), nodes: MOST_NODES }.expand(node, DEEPEST)
}

struct Expander<'o> {
    object: &'o ObjectDef,
    /// The formulas that the node is in.
    inside: Vec<&'o str>,
    /// How many more parts there may be.
    nodes: usize,
}

impl<'o> Expander<'o> {
    /// `room` is the depth that is left.
    fn expand(&mut self, node: Node, room: usize) -> Result<Node, FieldError> {
        self.nodes = self.nodes.checked_sub(1).ok_or_else(too_large)?;
        match node {
            Node::Field(name) => self.field(name, room),
            node => {
                let room = room.checked_sub(node.depth()).ok_or_else(too_large)?;
                node.map(&mut |child| self.expand(child, room))
            }
        }
    }

    fn field(&mut self, name: String, room: usize) -> Result<Node, FieldError> {
        let Some(field) = self.object.field(&name) else { return Ok(Node::Field(name)) };
        let FieldType::Formula { formula, .. } = &field.kind else { return Ok(Node::Field(field.name.clone())) };
        if self.inside.contains(&field.name.as_str()) {
            return Err(circle(&self.inside, &field.name));
        }
        // A formula that is only another's name is a level too.
        let room = room.checked_sub(1).ok_or_else(too_large)?;
        self.inside.push(&field.name);
        let expanded = self.expand(Expression::parse(formula)?.0, room);
        self.inside.pop();
        expanded
    }
}

pub(super) fn too_large() -> FieldError {
    FieldError::new("expression", "too_long", "The expression, with the formulas that it uses, has too many parts.")
        .hint("Use fewer formulas and functions within one another.")
}

fn circle(inside: &[&str], name: &str) -> FieldError {
    let way: Vec<&str> = inside.iter().copied().chain([name]).collect();
    let message = format!("The formulas use one another in a circle: {}.", way.join(" → "));
    FieldError::new("expression", "circular", message).hint("Let one of them use stored fields only.")
}
