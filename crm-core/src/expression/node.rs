//! The tree of an expression, and its text.

use std::fmt;

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Boolean(bool),
    /// Never negative: a sign is an operation.
    Number(f64),
    Text(String),
    Field(String),
    Not(Box<Node>),
    Negative(Box<Node>),
    Binary(Binary, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

/// An operation on two values, from the loosest to the tightest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Binary {
    /// How tightly it binds; `not` lies between `and` and the comparisons.
    pub(super) fn level(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide | Self::Remainder => 6,
            _ => 4,
        }
    }

    pub(super) fn is_comparison(self) -> bool {
        self.level() == 4
    }

    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

macro_rules! functions {
    ($($variant:ident $name:literal $least:literal..=$most:literal;)*) => {
        /// A function by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Function { $($variant,)* }

        impl Function {
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How many values it takes.
            pub(super) fn takes(self) -> std::ops::RangeInclusive<usize> {
                match self { $(Self::$variant => $least..=$most,)* }
            }
        }
    };
}

functions! {
    If "if" 3..=3;
    Coalesce "coalesce" 1..=10;
    Round "round" 1..=2;
    Abs "abs" 1..=1;
    Min "min" 2..=10;
    Max "max" 2..=10;
    Concat "concat" 1..=20;
    Upper "upper" 1..=1;
    Lower "lower" 1..=1;
    Length "length" 1..=1;
    IsEmpty "is_empty" 1..=1;
    Contains "contains" 2..=2;
    StartsWith "starts_with" 2..=2;
    DaysBetween "days_between" 2..=2;
    Year "year" 1..=1;
    Month "month" 1..=1;
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|function| function.name().eq_ignore_ascii_case(name))
    }
}

impl Node {
    /// Calls `see` with this node and all below it, from left to right.
    pub(super) fn visit<'n>(&'n self, see: &mut dyn FnMut(&'n Node)) {
        see(self);
        match self {
            Self::Not(inner) | Self::Negative(inner) => inner.visit(see),
            Self::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.visit(see)),
            _ => {}
        }
    }

    /// The same node over other children.
    pub(super) fn map<E>(self, change: &mut dyn FnMut(Node) -> Result<Node, E>) -> Result<Node, E> {
        Ok(match self {
            Self::Not(inner) => Self::Not(Box::new(change(*inner)?)),
            Self::Negative(inner) => Self::Negative(Box::new(change(*inner)?)),
            Self::Binary(op, left, right) => Self::Binary(op, Box::new(change(*left)?), Box::new(change(*right)?)),
            Self::Call(function, arguments) => {
                Self::Call(function, arguments.into_iter().map(change).collect::<Result<_, E>>()?)
            }
            leaf => leaf,
        })
    }

    /// By how many levels at most it makes its SQL deeper.
    pub(super) fn depth(&self) -> usize {
        match self {
            // One replacement for each letter on SQLite.
            Self::Call(Function::Upper | Function::Lower, _) => 80,
            Self::Call(_, arguments) => 12 + arguments.len(),
            // A remainder, or a day that is moved.
            Self::Binary(..) | Self::Not(_) | Self::Negative(_) => 6,
            _ => 1,
        }
    }

    fn level(&self) -> u8 {
        match self {
            Self::Binary(op, ..) => op.level(),
            Self::Not(_) => 3,
            Self::Negative(_) => 7,
            _ => 8,
        }
    }

    fn write(&self, least: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = self.level() >= least;
        if !bare {
            f.write_str("(")?;
        }
        match self {
            Self::Null => f.write_str("null")?,
            Self::Boolean(value) => write!(f, "{value}")?,
            Self::Number(number) => write!(f, "{number}")?,
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''"))?,
            Self::Field(name) => f.write_str(name)?,
            Self::Not(inner) => {
                f.write_str("not ")?;
                inner.write(3, f)?;
            }
            Self::Negative(inner) => {
                f.write_str("-")?;
                inner.write(7, f)?;
            }
            Self::Binary(op, left, right) => {
                // Comparisons do not chain; the others group to the left.
                left.write(op.level() + u8::from(op.is_comparison()), f)?;
                write!(f, " {} ", op.sign())?;
                right.write(op.level() + 1, f)?;
            }
            Self::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (i, argument) in arguments.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    argument.write(0, f)?;
                }
                f.write_str(")")?;
            }
        }
        if bare { Ok(()) } else { f.write_str(")") }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(0, f)
    }
}
